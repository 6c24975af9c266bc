#include "intake/adapters/postgres/postgres_submission_store.h"

#include <atomic>
#include <future>
#include <thread>

#include "common/base/status_macros.h"
#include "common/testing/postgres_server.h"
#include "common/testing/status_matchers.h"
#include "common/testing/wait_until.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/core/tasks/task_results.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/look.h"
#include "intake/testing/store/submission_store_contract.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::PostgresServer;
using ::jixiao::testing::SharedPostgresServer;
using ::jixiao::testing::StatusIs;
using ::jixiao::testing::TestDatabase;
using ::jixiao::testing::WaitUntil;
using testing::AFiling;
using testing::AKey;
using ::testing::HasSubstr;
using testing::Look;
using ::testing::SizeIs;

// A database with all tables, made once: copying it is quicker than migrating.
const std::string& Template() {
  static const std::string& name = *[] {
    auto* const database = new TestDatabase(SharedPostgresServer());
    EXPECT_THAT(PostgresSubmissionStore::Migrate(database->Uri()), IsOk());
    return new std::string(database->name());
  }();
  return name;
}

std::shared_ptr<TestDatabase> ADatabase() { return std::make_shared<TestDatabase>(SharedPostgresServer(), Template()); }

std::unique_ptr<PostgresSubmissionStore> MustOpen(const std::string& uri, PostgresStoreOptions options = {}) {
  options.writer.uri = uri;
  auto store = PostgresSubmissionStore::Open(std::move(options));
  EXPECT_THAT(store, IsOk());
  return *std::move(store);
}

testing::StoreUnderTest MakePostgresStore() {
  auto home = ADatabase();
  auto store = MustOpen(home->Uri());
  return {home, std::move(store)};
}

SubmissionStore::Work Filing(const std::string& request_id, const std::string& title, const SubmissionKey& key) {
  return [=](SubmissionTransaction& transaction) {
    return FileReport(transaction, AFiling(request_id, title, key)).status();
  };
}

absl::Status File(SubmissionStore& store, const std::string& request_id = "request-1",
                  const SubmissionKey& key = AKey()) {
  return WriteAndWait(store, {key, request_id}, Filing(request_id, "报告 " + request_id, key));
}

}  // namespace

namespace testing {
INSTANTIATE_TEST_SUITE_P(Postgres, SubmissionStoreContract, ::testing::Values(MakePostgresStore));
}  // namespace testing

namespace {

TEST(PostgresSubmissionStoreTest, KeepsEverythingOverAKilledServer) {
  PostgresServer server;
  TestDatabase database(server);
  ASSERT_THAT(PostgresSubmissionStore::Migrate(database.Uri()), IsOk());
  ASSERT_THAT(File(*MustOpen(database.Uri())), IsOk());

  server.Kill();
  server.Start();

  EXPECT_THAT(Look(*MustOpen(database.Uri()), &SubmissionReads::FindDocuments, VersionKey{AKey(), 1}), IsOk());
}

// Without statistics the planner would join a batch's keys by reading whole tables.
TEST(PostgresSubmissionStoreTest, ReadsNoWholeTableToWriteBeforeThereAreStatistics) {
  const auto home = ADatabase();
  {
    const auto store = MustOpen(home->Uri());
    for (int i = 0; i < 20; ++i) {
      const std::string number = std::to_string(i);
      ASSERT_THAT(WriteAndWait(*store, {AKey("U" + number), "request-" + number},
                               Filing("request-" + number, "报告", AKey("U" + number))),
                  IsOk());
    }
  }  // sessions report what they read when they end
  const std::string scans = " FROM pg_stat_user_tables WHERE relname IN ('submissions', 'requests', 'audit_heads')";
  ASSERT_TRUE(WaitUntil([&] { return home->Sql("SELECT bool_and(idx_scan >= 20)" + scans) == "t\n"; }));
  EXPECT_EQ(home->Sql("SELECT sum(seq_scan)" + scans), "0\n");
}

TEST(PostgresSubmissionStoreTest, RefusesAServerThatAcknowledgesBeforeItFlushes) {
  const auto database = ADatabase();
  for (const char* setting : {"off", "local", "remote_write"}) {
    database->Sql("ALTER DATABASE " + database->name() + " SET synchronous_commit = " + setting);
    PostgresStoreOptions options;
    options.writer.uri = database->Uri();

    EXPECT_THAT(PostgresSubmissionStore::Open(options),
                FailsWith(absl::StatusCode::kFailedPrecondition, "STORE_NOT_DURABLE"))
        << setting;
  }
}

TEST(PostgresSubmissionStoreTest, RefusesASchemaOfAnotherVersion) {
  TestDatabase empty(SharedPostgresServer());
  PostgresStoreOptions options;
  options.writer.uri = empty.Uri();
  EXPECT_THAT(PostgresSubmissionStore::Open(options),
              FailsWith(absl::StatusCode::kFailedPrecondition, "STORE_TOO_OLD"));

  const auto newer = ADatabase();
  newer->Sql("INSERT INTO jixiao_schema_steps (version, oldest_program) VALUES (999, 999)");
  options.writer.uri = newer->Uri();
  EXPECT_THAT(PostgresSubmissionStore::Open(options),
              FailsWith(absl::StatusCode::kFailedPrecondition, "STORE_TOO_NEW"));
  EXPECT_THAT(PostgresSubmissionStore::Migrate(newer->Uri()),
              FailsWith(absl::StatusCode::kFailedPrecondition, "STORE_TOO_NEW"));
}

TEST(PostgresSubmissionStoreTest, MigratesOnceWhenManyProgramsDoSo) {
  TestDatabase database(SharedPostgresServer());
  std::vector<std::thread> programs;
  std::atomic<int> successes = 0;
  for (int i = 0; i < 4; ++i) {
    programs.emplace_back([&] { successes += PostgresSubmissionStore::Migrate(database.Uri()).ok() ? 1 : 0; });
  }
  for (std::thread& program : programs) program.join();

  EXPECT_EQ(successes, 4);
  EXPECT_EQ(database.Sql("SELECT string_agg(version::text, ',') FROM jixiao_schema_steps"), "1\n");
}

TEST(PostgresSubmissionStoreTest, SaysUnavailableWhenNobodyAnswers) {
  PostgresStoreOptions options;
  options.writer.uri = "postgresql://postgres@127.0.0.1:1/none";

  EXPECT_THAT(PostgresSubmissionStore::Open(options), FailsWith(absl::StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
}

TEST(PostgresSubmissionStoreTest, StoresReportsUncompressed) {
  const auto database = ADatabase();

  // `e`: outside of the row, as it is. Compressing takes two thirds of an insert.
  EXPECT_EQ(
      database->Sql("SELECT count(*) FROM pg_attribute WHERE attrelid = 'documents'::regclass AND attstorage = 'e' "
                    "AND attname IN ('report_bytes', 'original_bytes')"),
      "2\n");
}

TEST(PostgresSubmissionStoreTest, SaysDataLossWhenStoredBytesChanged) {
  const auto database = ADatabase();
  const auto store = MustOpen(database->Uri());
  ASSERT_THAT(File(*store), IsOk());

  database->Sql("UPDATE documents SET report_bytes = '\\x00'");

  EXPECT_THAT(Look(*store, &SubmissionReads::FindDocuments, VersionKey{AKey(), 1}),
              StatusIs(absl::StatusCode::kDataLoss));
}

// PostgreSQL takes no U+0000 in text. Whatever the door lets through, only the
// write that brings it may fail.
TEST(PostgresSubmissionStoreTest, FailsOneWriteOfABatchAndNotItsNeighbours) {
  const auto database = ADatabase();
  const auto store = MustOpen(database->Uri());
  std::promise<void> started, release;
  store->Write(
      [&](SubmissionTransaction&) {
        started.set_value();
        release.get_future().wait();
        return absl::OkStatus();
      },
      [](const absl::Status&) {});
  started.get_future().wait();
  std::vector<std::future<absl::Status>> answers;
  for (int i = 0; i < 5; ++i) {
    auto answer = std::make_shared<std::promise<absl::Status>>();
    answers.push_back(answer->get_future());
    intake::Filing filing = AFiling("request-1", "标题", AKey("U" + std::to_string(i)));
    if (i == 2) filing.unit_name = std::string("甲\0乙", 7);
    store->Write([filing](SubmissionTransaction& t) { return FileReport(t, filing).status(); },
                 [answer](absl::Status status) { answer->set_value(std::move(status)); });
  }
  release.set_value();

  for (int i = 0; i < 5; ++i) {
    const absl::Status answer = answers[static_cast<size_t>(i)].get();
    if (i == 2) {
      EXPECT_THAT(answer, FailsWith(absl::StatusCode::kInternal, "STORE_FAILED"));
    } else {
      EXPECT_THAT(answer, IsOk()) << i;
      EXPECT_THAT(Look(*store, &SubmissionReads::FindSubmission, AKey("U" + std::to_string(i))), IsOk()) << i;
    }
  }
}

TEST(PostgresSubmissionStoreTest, CommitsWhatWaitsTogether) {
  const auto database = ADatabase();
  const auto store = MustOpen(database->Uri());
  std::promise<void> started, release;
  store->Write(
      [&](SubmissionTransaction&) {
        started.set_value();
        release.get_future().wait();
        return absl::OkStatus();
      },
      [](const absl::Status&) {});
  started.get_future().wait();
  bool is_visible_outside = true;
  std::promise<absl::Status> answer;
  store->Write(Filing("request-1", "一", AKey()), [](const absl::Status&) {});
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

// The database does not know yet what the first of the batch changed, so the second
// is done again behind it.
TEST(PostgresSubmissionStoreTest, ListsWhatAnEarlierWriteOfTheSameBatchChanged) {
  const auto database = ADatabase();
  const auto store = MustOpen(database->Uri());
  std::promise<void> started, release;
  store->Write(
      [&](SubmissionTransaction&) {
        started.set_value();
        release.get_future().wait();
        return absl::OkStatus();
      },
      [](const absl::Status&) {});
  started.get_future().wait();
  size_t listed = 0;
  std::promise<absl::Status> answer;
  store->Write(Filing("request-1", "一", AKey()), [](const absl::Status&) {});
  store->Write(
      [&](SubmissionTransaction& transaction) -> absl::Status {
        JIXIAO_ASSIGN_OR_RETURN(const auto submissions, transaction.Submissions({}, std::nullopt, 10));
        listed = submissions.size();
        return absl::OkStatus();
      },
      [&](absl::Status status) { answer.set_value(std::move(status)); });

  release.set_value();

  EXPECT_THAT(answer.get_future().get(), IsOk());
  EXPECT_EQ(listed, 1U);
}

// Eight clients of two instances file the same submission at the same time, under
// ids that meet: each id is one version, and versions have no gaps.
TEST(PostgresSubmissionStoreTest, InstancesThatShareADatabaseMakeOneVersionOfOneRequest) {
  constexpr int kRequests = 40;
  const auto database = ADatabase();
  const auto first = MustOpen(database->Uri()), second = MustOpen(database->Uri());
  std::vector<std::thread> clients;
  std::atomic<int> failures = 0;
  for (int client = 0; client < 8; ++client) {
    clients.emplace_back([&, client] {
      for (int i = 0; i < kRequests; ++i) {
        const std::string id = "request-" + std::to_string(i);
        if (!File(client % 2 == 0 ? *first : *second, id).ok()) ++failures;
      }
    });
  }
  for (std::thread& client : clients) client.join();

  EXPECT_EQ(failures, 0);
  EXPECT_EQ(Look(*first, &SubmissionReads::FindSubmission, AKey())->submission.current_version(), kRequests);
  EXPECT_EQ(database->Sql("SELECT count(*), max(sequence) FROM events"), "40|40\n");
  EXPECT_EQ(database->Sql("SELECT count(*) FROM versions WHERE NOT is_superseded"), "1\n");
}

TEST(PostgresSubmissionStoreTest, InstancesThatShareADatabaseLeaseEachTaskOnce) {
  constexpr int kTasks = 60;
  const auto database = ADatabase();
  const auto first = MustOpen(database->Uri()), second = MustOpen(database->Uri());
  for (int i = 0; i < kTasks; ++i) ASSERT_THAT(File(*first, "request-1", AKey("U" + std::to_string(i))), IsOk());
  const absl::Time now = absl::FromUnixSeconds(1'750'000'000);
  std::atomic<int> leased = 0;
  const auto work = [&](SubmissionStore& store, const std::string& owner) {
    for (int round = 0; round < 40; ++round) {
      size_t count = 0;
      EXPECT_THAT(WriteAndWait(store,
                               [&](SubmissionTransaction& transaction) -> absl::Status {
                                 JIXIAO_ASSIGN_OR_RETURN(std::vector<Task> due, transaction.DueTasks(now, 3));
                                 for (Task& task : due) {
                                   JIXIAO_RETURN_IF_ERROR(LeaseTask(transaction, task, owner, now + absl::Minutes(1)));
                                 }
                                 count = due.size();
                                 return absl::OkStatus();
                               }),
                  IsOk());
      leased += static_cast<int>(count);
    }
  };
  std::thread one([&] { work(*first, "one"); });
  std::thread two([&] { work(*second, "two"); });
  one.join();
  two.join();

  EXPECT_EQ(leased, kTasks);
  EXPECT_EQ(database->Sql("SELECT count(*), min(attempts), max(attempts) FROM outbox WHERE lease_owner <> ''"),
            "60|1|1\n");
}

// A started instance must not take leases from those that live.
TEST(PostgresSubmissionStoreTest, LeavesLeasesOfOthersWhenItStarts) {
  const auto database = ADatabase();
  const auto first = MustOpen(database->Uri());
  ASSERT_THAT(File(*first), IsOk());
  ASSERT_THAT(WriteAndWait(*first,
                           [](SubmissionTransaction& transaction) {
                             Task task = **transaction.FindTask({AKey(), 1}, TaskKind::kScore);
                             return LeaseTask(transaction, task, "first", absl::FromUnixSeconds(1'750'000'900));
                           }),
              IsOk());

  const auto second = MustOpen(database->Uri());

  std::vector<Task> due;
  ASSERT_THAT(WriteAndWait(*second,
                           [&](SubmissionTransaction& transaction) {
                             due = *transaction.DueTasks(absl::FromUnixSeconds(1'750'000'100), 10);
                             return absl::OkStatus();
                           }),
              IsOk());
  EXPECT_THAT(due, SizeIs(0));
}

}  // namespace
}  // namespace jixiao::intake
