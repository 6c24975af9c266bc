#include "publish/adapters/sqlite_disclosure_store.h"

#include <sqlite3.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "publish/testing/disclosure_store_contract.h"
#include "publish/testing/in_memory_disclosure_store.h"

namespace jixiao::publish {
namespace {

using testing::ADisclosure;
using testing::AKey;
using testing::DisclosureStoreContract;

std::string FreshFolder() {
  std::string folder = (std::filesystem::temp_directory_path() / "jixiao_publish_XXXXXX").string();
  return mkdtemp(folder.data());
}

std::unique_ptr<DisclosureStore> FreshStore() {
  return SqliteDisclosureStore::Open(FreshFolder() + "/publish.db").value();
}

INSTANTIATE_TEST_SUITE_P(Sqlite, DisclosureStoreContract, ::testing::Values(testing::StoreFactory(FreshStore)));

INSTANTIATE_TEST_SUITE_P(InMemory, DisclosureStoreContract, ::testing::Values(testing::StoreFactory([] {
                           return std::make_unique<testing::InMemoryDisclosureStore>();
                         })));

TEST(SqliteDisclosureStoreTest, KeepsEverythingAcrossARestart) {
  const std::string path = FreshFolder() + "/publish.db";
  ASSERT_TRUE(SqliteDisclosureStore::Open(path).value()->Insert(ADisclosure(AKey(), 1)).ok());

  const auto reopened = SqliteDisclosureStore::Open(path).value();

  EXPECT_EQ(testing::Load(*reopened, {AKey(), 1}).value(), "content");
}

TEST(SqliteDisclosureStoreTest, RefusesADatabaseThatIsInUse) {
  const std::string path = FreshFolder() + "/publish.db";
  const auto first = SqliteDisclosureStore::Open(path).value();

  const auto second = SqliteDisclosureStore::Open(path);

  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(SqliteDisclosureStoreTest, RefusesWhatIsNoDatabase) {
  EXPECT_FALSE(SqliteDisclosureStore::Open("/proc/version").ok());
  EXPECT_FALSE(SqliteDisclosureStore::Open("/nowhere/at/all.db").ok());
}

TEST(SqliteDisclosureStoreTest, RefusesANewerSchema) {
  const std::string path = FreshFolder() + "/publish.db";
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database, "PRAGMA user_version = 99", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);

  const auto opened = SqliteDisclosureStore::Open(path);

  EXPECT_THAT(std::string(opened.status().message()), ::testing::HasSubstr("newer"));
}

TEST(SqliteDisclosureStoreTest, NoticesDamagedBytes) {
  const std::string path = FreshFolder() + "/publish.db";
  ASSERT_TRUE(SqliteDisclosureStore::Open(path).value()->Insert(ADisclosure(AKey(), 1)).ok());
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database, "UPDATE disclosures SET disclosure = x'00'", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);

  const auto reopened = SqliteDisclosureStore::Open(path).value();

  EXPECT_EQ(testing::Load(*reopened, {AKey(), 1}).status().code(), absl::StatusCode::kDataLoss);
}

TEST(SqliteDisclosureStoreTest, ProbesByCommitting) {
  EXPECT_TRUE(SqliteDisclosureStore::Open(FreshFolder() + "/publish.db").value()->Probe().ok());
}

}  // namespace
}  // namespace jixiao::publish
