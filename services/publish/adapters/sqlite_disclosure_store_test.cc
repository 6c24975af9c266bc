#include "publish/adapters/sqlite_disclosure_store.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "common/sqlite/sqlite_connection.h"
#include "common/testing/failing_file_system.h"
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

// As somebody with the file in hand would.
void Edit(const std::string& path, const char* sql) {
  const auto connection = SqliteConnection::Open(path, SqliteConnection::Mode::kReadWrite).value();
  ASSERT_TRUE(connection->Execute(sql).ok());
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

TEST(SqliteDisclosureStoreTest, KeepsItsFilesFromOtherUsers) {
  const std::string path = FreshFolder() + "/publish.db";
  const auto store = SqliteDisclosureStore::Open(path).value();

  EXPECT_EQ(std::filesystem::status(path).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(SqliteDisclosureStoreTest, RefusesAStoreOfSomethingElse) {
  const std::string path = FreshFolder() + "/publish.db";
  ASSERT_TRUE(SqliteDisclosureStore::Open(path).ok());
  Edit(path, "PRAGMA application_id = 1");

  EXPECT_EQ(ReasonOf(SqliteDisclosureStore::Open(path).status()), "STORE_FOREIGN");
}

TEST(SqliteDisclosureStoreDeathTest, EndsTheProcessWhenAFlushFails) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(
      {
        const std::string vfs = ::jixiao::testing::FailingFileSystem::Register();
        const auto store = SqliteDisclosureStore::Open(FreshFolder() + "/publish.db", vfs).value();
        if (!store->Insert(ADisclosure(AKey(), 1)).ok()) std::exit(1);
        ::jixiao::testing::FailingFileSystem::flush_fails = true;
        (void)store->Insert(ADisclosure(AKey(), 2, "second"));
        std::exit(0);  // an answer came, whatever it was
      },
      ::testing::ExitedWithCode(74), "store_io_error");
}

TEST(SqliteDisclosureStoreTest, RefusesANewerSchema) {
  const std::string path = FreshFolder() + "/publish.db";
  Edit(path, "PRAGMA user_version = 99");

  const auto opened = SqliteDisclosureStore::Open(path);

  EXPECT_THAT(std::string(opened.status().message()), ::testing::HasSubstr("newer"));
}

TEST(SqliteDisclosureStoreTest, NoticesDamagedBytes) {
  const std::string path = FreshFolder() + "/publish.db";
  ASSERT_TRUE(SqliteDisclosureStore::Open(path).value()->Insert(ADisclosure(AKey(), 1)).ok());
  Edit(path, "UPDATE disclosures SET disclosure = x'00'");

  const auto reopened = SqliteDisclosureStore::Open(path).value();

  EXPECT_EQ(testing::Load(*reopened, {AKey(), 1}).status().code(), absl::StatusCode::kDataLoss);
}

TEST(SqliteDisclosureStoreTest, ProbesByCommitting) {
  EXPECT_TRUE(SqliteDisclosureStore::Open(FreshFolder() + "/publish.db").value()->Probe().ok());
}

}  // namespace
}  // namespace jixiao::publish
