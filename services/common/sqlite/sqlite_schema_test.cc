#include "common/sqlite/sqlite_schema.h"

#include <gmock/gmock.h>

#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace jixiao {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::TempDir;

constexpr int64_t kId = 1234;
constexpr char kTables[] =
    "CREATE TABLE shelves (shelf INTEGER PRIMARY KEY) STRICT;"
    "CREATE TABLE books (title TEXT NOT NULL, shelf INTEGER NOT NULL REFERENCES shelves) STRICT;";
// A table that another one refers to is made anew.
constexpr char kStep[] =
    "CREATE TABLE new_shelves (shelf INTEGER PRIMARY KEY, room TEXT NOT NULL) STRICT;"
    "INSERT INTO new_shelves SELECT shelf, 'main' FROM shelves;"
    "DROP TABLE shelves; ALTER TABLE new_shelves RENAME TO shelves;";
const SqliteSchema kFirst = {"tests", kId, 4, kTables};
const SqliteSchema kNext = {"tests", kId, 4, kTables, {kStep}};

class SqliteSchemaTest : public ::testing::Test {
 protected:
  std::unique_ptr<SqliteConnection> Open() {
    auto connection = SqliteConnection::Open(home_.File("store.db"), SqliteConnection::Mode::kReadWrite);
    EXPECT_THAT(connection, IsOk());
    EXPECT_THAT(ConfigureWriter(**connection), IsOk());
    return *std::move(connection);
  }
  // A store of the first version with a book in it.
  void MakeStore(const char* more = "") {
    const auto connection = Open();
    ASSERT_THAT(BringUpToDate(kFirst, *connection), IsOk());
    ASSERT_THAT(connection->Execute("INSERT INTO shelves VALUES (1); INSERT INTO books VALUES ('one', 1)"), IsOk());
    ASSERT_THAT(connection->Execute(more), IsOk());
  }

  const TempDir home_;
};

TEST_F(SqliteSchemaTest, MakesAnEmptyFileUpToDate) {
  const auto connection = Open();

  ASSERT_THAT(BringUpToDate(kNext, *connection), IsOk());

  EXPECT_EQ(*connection->QueryText("PRAGMA user_version"), "5");
  EXPECT_EQ(*connection->QueryText("PRAGMA application_id"), "1234");
  EXPECT_THAT(connection->Execute("INSERT INTO shelves VALUES (1, 'attic')"), IsOk());
  EXPECT_EQ(*connection->QueryText("PRAGMA foreign_keys"), "1");
}

TEST_F(SqliteSchemaTest, TakesTheStepsThatAStoreLacksAndKeepsItsRows) {
  MakeStore();

  ASSERT_THAT(BringUpToDate(kNext, *Open()), IsOk());

  const auto connection = Open();  // a second start has nothing left to do
  ASSERT_THAT(BringUpToDate(kNext, *connection), IsOk());
  EXPECT_EQ(*connection->QueryText("PRAGMA user_version"), "5");
  EXPECT_EQ(*connection->QueryText("SELECT room FROM books JOIN shelves USING (shelf)"), "main");
}

TEST_F(SqliteSchemaTest, LeavesADamagedStoreAlone) {
  MakeStore("PRAGMA foreign_keys = OFF; INSERT INTO books VALUES ('two', 7)");

  EXPECT_THAT(BringUpToDate(kNext, *Open()), FailsWith(absl::StatusCode::kDataLoss, "STORE_CORRUPT"));

  const auto connection = Open();
  EXPECT_EQ(*connection->QueryText("PRAGMA user_version"), "4");
  EXPECT_EQ(*connection->QueryText("SELECT count(*) FROM pragma_table_info('shelves')"), "1");
}

TEST_F(SqliteSchemaTest, RefusesWhatIsOlderThanAllItsSteps) {
  MakeStore("PRAGMA user_version = 3");

  const absl::Status refusal = BringUpToDate(kNext, *Open());

  EXPECT_THAT(refusal, FailsWith(absl::StatusCode::kFailedPrecondition, "STORE_TOO_OLD"));
  EXPECT_THAT(std::string(refusal.message()),
              ::testing::HasSubstr("schema version 3, which no released program wrote; this one reads 4 to 5"));
  EXPECT_EQ(*Open()->QueryText("SELECT title FROM books"), "one");
}

TEST_F(SqliteSchemaTest, RefusesAStoreOfANewerProgram) {
  ASSERT_THAT(BringUpToDate(kNext, *Open()), IsOk());

  EXPECT_THAT(BringUpToDate(kFirst, *Open()), FailsWith(absl::StatusCode::kFailedPrecondition, "STORE_TOO_NEW"));
}

TEST_F(SqliteSchemaTest, RefusesAFileOfSomebodyElse) {
  const auto connection = Open();
  ASSERT_THAT(connection->Execute("CREATE TABLE t (x)"), IsOk());

  EXPECT_THAT(BringUpToDate(kNext, *connection), FailsWith(absl::StatusCode::kFailedPrecondition, "STORE_FOREIGN"));
}

TEST_F(SqliteSchemaTest, WritesWithFullSynchronousWalAndForeignKeys) {
  const auto connection = Open();

  EXPECT_EQ(*connection->QueryText("PRAGMA synchronous"), "2");
  EXPECT_EQ(*connection->QueryText("PRAGMA journal_mode"), "wal");
  EXPECT_EQ(*connection->QueryText("PRAGMA foreign_keys"), "1");
  EXPECT_EQ(*connection->QueryText("PRAGMA page_size"), "8192");
}

TEST_F(SqliteSchemaTest, RefusesAStoreThatCannotBeMadeDurable) {
  // A database in memory has no write-ahead log.
  const auto connection = SqliteConnection::Open(":memory:", SqliteConnection::Mode::kReadWrite);
  ASSERT_THAT(connection, IsOk());

  EXPECT_THAT(ConfigureWriter(**connection), FailsWith(absl::StatusCode::kFailedPrecondition, "STORE_NOT_DURABLE"));
}

}  // namespace
}  // namespace jixiao
