#include "intake/adapters/sqlite/sqlite_submission_store.h"

#include <sys/stat.h>

#include <future>

#include "common/sqlite/sqlite_connection.h"
#include "common/testing/failing_file_system.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/look.h"
#include "intake/testing/store/submission_store_contract.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::StatusIs;
using ::jixiao::testing::TempDir;
using testing::AFiling;
using testing::AKey;
using testing::Look;

std::unique_ptr<SqliteSubmissionStore> MustOpen(const std::string& path, SqliteStoreOptions options = {}) {
  options.path = path;
  auto store = SqliteSubmissionStore::Open(options);
  EXPECT_THAT(store, IsOk());
  return *std::move(store);
}

testing::StoreUnderTest MakeSqliteStore() {
  auto home = std::make_shared<TempDir>();
  auto store = MustOpen(home->File("intake.db"));
  return {home, std::move(store)};
}

absl::Status File(SubmissionStore& store, const std::string& request_id = "request-1") {
  return WriteAndWait(store, [&](SubmissionTransaction& transaction) {
    return FileReport(transaction, AFiling(request_id, "报告 " + request_id)).status();
  });
}

void Damage(const std::string& path, const char* sql) {
  const auto connection = SqliteConnection::Open(path, SqliteConnection::Mode::kReadWrite, "");
  ASSERT_THAT(connection, IsOk());
  ASSERT_THAT((*connection)->Execute(sql), IsOk());
}

}  // namespace

namespace testing {
INSTANTIATE_TEST_SUITE_P(Sqlite, SubmissionStoreContract, ::testing::Values(MakeSqliteStore));
}  // namespace testing

namespace {

TEST(SqliteSubmissionStoreTest, KeepsEverythingOverARestart) {
  const TempDir home;
  ASSERT_THAT(File(*MustOpen(home.File("intake.db"))), IsOk());

  const auto store = MustOpen(home.File("intake.db"));

  EXPECT_THAT(Look(*store, &SubmissionReads::FindDocuments, VersionKey{AKey(), 1}), IsOk());
}

TEST(SqliteSubmissionStoreTest, KeepsItsFilesFromOtherUsers) {
  const TempDir home;
  const auto store = MustOpen(home.File("intake.db"));
  ASSERT_THAT(File(*store), IsOk());

  for (const char* suffix : {"", "-wal", "-shm", ".lock"}) {
    struct stat status;
    ASSERT_EQ(stat((home.File("intake.db") + suffix).c_str(), &status), 0) << suffix;
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << suffix;
  }
}

TEST(SqliteSubmissionStoreTest, RefusesASecondOpener) {
  const TempDir home;
  const auto first = MustOpen(home.File("intake.db"));
  SqliteStoreOptions options;
  options.path = home.File("intake.db");

  EXPECT_THAT(SqliteSubmissionStore::Open(options), FailsWith(absl::StatusCode::kFailedPrecondition, "STORE_IN_USE"));
}

TEST(SqliteSubmissionStoreTest, FreesLeasesOfTheProcessThatHeldTheStoreBefore) {
  const TempDir home;
  {
    const auto store = MustOpen(home.File("intake.db"));
    ASSERT_THAT(File(*store), IsOk());
    ASSERT_THAT(WriteAndWait(*store,
                             [](SubmissionTransaction& transaction) {
                               Task task = **transaction.FindTask({AKey(), 1}, TaskKind::kScore);
                               task.lease_until = absl::FromUnixSeconds(1'750'009'999);
                               task.lease_owner = "the one before";
                               return transaction.PutTask(task);
                             }),
                IsOk());
  }

  const auto store = MustOpen(home.File("intake.db"));

  std::vector<Task> due;
  ASSERT_THAT(WriteAndWait(*store,
                           [&](SubmissionTransaction& transaction) {
                             due = *transaction.DueTasks(absl::FromUnixSeconds(1'750'000'000), 10);
                             return absl::OkStatus();
                           }),
              IsOk());
  EXPECT_EQ(due.size(), 1U);
}

TEST(SqliteSubmissionStoreTest, SaysDataLossWhenStoredBytesChanged) {
  const TempDir home;
  ASSERT_THAT(File(*MustOpen(home.File("intake.db"))), IsOk());
  Damage(home.File("intake.db"), "UPDATE documents SET report_bytes = x'00'");

  EXPECT_THAT(Look(*MustOpen(home.File("intake.db")), &SubmissionReads::FindDocuments, VersionKey{AKey(), 1}),
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST(SqliteSubmissionStoreTest, RefusesAFileThatItCannotUse) {
  const std::pair<const char*, const char*> files[] = {{"PRAGMA user_version = 999", "STORE_TOO_NEW"},
                                                       {"PRAGMA user_version = 3", "STORE_TOO_OLD"},
                                                       {"PRAGMA application_id = 1", "STORE_FOREIGN"}};
  for (const auto& [damage, reason] : files) {
    const TempDir home;
    MustOpen(home.File("intake.db")).reset();
    Damage(home.File("intake.db"), damage);
    SqliteStoreOptions options;
    options.path = home.File("intake.db");

    EXPECT_THAT(SqliteSubmissionStore::Open(options), FailsWith(absl::StatusCode::kFailedPrecondition, reason));
  }
}

TEST(SqliteSubmissionStoreTest, CommitsWhatWaitsTogether) {
  const TempDir home;
  const auto store = MustOpen(home.File("intake.db"));
  std::promise<void> started, release;
  store->Write(
      [&](SubmissionTransaction&) {
        started.set_value();
        release.get_future().wait();
        return absl::OkStatus();
      },
      [](const absl::Status&) {});
  started.get_future().wait();
  // Both wait now; the second can only see the first before its commit if they
  // share a transaction.
  bool is_visible_outside = true;
  std::promise<absl::Status> answer;
  store->Write([](SubmissionTransaction& transaction) { return FileReport(transaction, AFiling()).status(); },
               [](const absl::Status&) {});
  store->Write(
      [&](SubmissionTransaction& transaction) {
        EXPECT_TRUE(transaction.FindSubmission(AKey())->has_value());
        is_visible_outside = Look(*store, &SubmissionReads::FindSubmission, AKey()).ok();
        return absl::OkStatus();
      },
      [&](absl::Status status) { answer.set_value(std::move(status)); });

  release.set_value();

  EXPECT_THAT(answer.get_future().get(), IsOk());
  EXPECT_FALSE(is_visible_outside);
}

TEST(SqliteSubmissionStoreDeathTest, StopsTheProcessWhenAFlushFails) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(
      {
        const TempDir home;
        SqliteStoreOptions options;
        options.vfs = ::jixiao::testing::FailingFileSystem::Register();
        const auto store = MustOpen(home.File("intake.db"), options);
        if (!File(*store).ok()) std::exit(1);
        ::jixiao::testing::FailingFileSystem::flush_fails = true;
        File(*store, "request-2").IgnoreError();
        std::exit(0);  // an answer came, whatever it was
      },
      ::testing::ExitedWithCode(74), "store_io_error");
}

}  // namespace
}  // namespace jixiao::intake
