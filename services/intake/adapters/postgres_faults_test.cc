// What is promised while the server dies, restarts, is cut off or is held up by
// somebody else. Each test counts the faults that really happened.
#include <atomic>
#include <thread>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/testing/cutting_proxy.h"
#include "common/testing/postgres_server.h"
#include "common/testing/status_matchers.h"
#include "intake/adapters/postgres_submission_store.h"
#include "intake/core/submission_intake.h"
#include "intake/testing/report_builder.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::CuttingProxy;
using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::PostgresServer;
using ::jixiao::testing::SharedPostgresServer;
using ::jixiao::testing::TestDatabase;
using testing::AFiling;
using testing::AKey;

// How a Bind of the statement `commit` begins, and how the answer to a pipeline ends.
const std::string kCommitRequest("\0commit\0", 8);
const std::string kReady("Z\0\0\0\5", 5);

std::unique_ptr<PostgresSubmissionStore> MustOpen(const std::string& uri, PostgresStoreOptions options = {}) {
  options.writer.uri = uri;
  auto store = PostgresSubmissionStore::Open(std::move(options));
  EXPECT_THAT(store, IsOk());
  return *std::move(store);
}

absl::Status File(SubmissionStore& store, const std::string& request_id, const SubmissionKey& key = AKey()) {
  return WriteAndWait(store, {key, request_id}, [&](SubmissionTransaction& transaction) {
    return FileReport(transaction, AFiling(request_id, "报告 " + request_id, key)).status();
  });
}

// Clients that file `per_client` reports each, with retries of what was answered
// UNAVAILABLE, as callers are told to.
struct Season {
  std::atomic<int> acknowledged = 0;
  std::atomic<int> unknown = 0;
  std::atomic<int> refused = 0;

  // At least `per_client`, and on until `is_over`.
  void Run(SubmissionStore& store, int clients, int per_client, const std::atomic<bool>& is_over) {
    std::vector<std::thread> threads;
    for (int client = 0; client < clients; ++client) {
      threads.emplace_back([&, client] {
        for (int i = 0; i < per_client || !is_over; ++i) Insist(store, client, i);
      });
    }
    for (std::thread& thread : threads) thread.join();
  }

 private:
  // All clients share three submissions, so that versions are contended for.
  void Insist(SubmissionStore& store, int client, int i) {
    const std::string id = "request-" + std::to_string(client) + "-" + std::to_string(i);
    for (int attempt = 0; attempt < 200; ++attempt) {
      const absl::Status status = File(store, id, AKey("U" + std::to_string(i % 3)));
      if (status.ok()) {
        ++acknowledged;
        return;
      }
      if (status.code() != absl::StatusCode::kUnavailable) break;
      if (ReasonOf(status) == "STORE_OUTCOME_UNKNOWN") ++unknown;
    }
    ++refused;
  }
};

// Nothing acknowledged is missing, nothing is there twice, versions and events
// have no gaps.
void ExpectWhole(const TestDatabase& database, int acknowledged) {
  EXPECT_EQ(database.Sql("SELECT count(*), count(DISTINCT (submission, request_id)) FROM versions"),
            std::to_string(acknowledged) + "|" + std::to_string(acknowledged) + "\n");
  EXPECT_EQ(database.Sql("SELECT count(*) FROM (SELECT submission, count(*) AS n, max(version) AS last FROM versions "
                         "GROUP BY submission) AS s WHERE n <> last"),
            "0\n");
  EXPECT_EQ(database.Sql("SELECT count(*) FROM (SELECT submission, count(*) AS n, max(sequence) AS last FROM events "
                         "GROUP BY submission) AS s WHERE n <> last"),
            "0\n");
  EXPECT_EQ(database.Sql("SELECT count(*) FROM versions LEFT JOIN documents USING (division_code, submission, version) "
                         "WHERE report_bytes IS NULL"),
            "0\n");
}

class PostgresFaults : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_THAT(PostgresSubmissionStore::Migrate(database_.Uri()), IsOk()); }

  TestDatabase database_{SharedPostgresServer()};
};

TEST_F(PostgresFaults, ACommitWhoseReplyIsLostIsUnknownAndItsRepetitionFindsIt) {
  CuttingProxy proxy(SharedPostgresServer().port());
  const auto store = MustOpen(SharedPostgresServer().TcpUri(database_.name(), proxy.port()));
  for (int i = 1; i <= 5; ++i) {
    const std::string id = "request-" + std::to_string(i);
    proxy.CutOnce(CuttingProxy::Moment::kAfter, kCommitRequest, kReady);

    EXPECT_THAT(File(*store, id), FailsWith(absl::StatusCode::kUnavailable, "STORE_OUTCOME_UNKNOWN"));
    // It is stored, although nobody was told.
    EXPECT_EQ(database_.Sql("SELECT max(version) FROM versions"), std::to_string(i) + "\n");
    EXPECT_THAT(File(*store, id), IsOk());
    EXPECT_EQ(store->GetSubmission(AKey())->submission.current_version(), i);
  }
  EXPECT_EQ(proxy.cuts(), 5);
  ExpectWhole(database_, 5);
}

TEST_F(PostgresFaults, ACommitThatNeverArrivedIsUnknownAndItsRepetitionDoesIt) {
  CuttingProxy proxy(SharedPostgresServer().port());
  const auto store = MustOpen(SharedPostgresServer().TcpUri(database_.name(), proxy.port()));
  proxy.CutOnce(CuttingProxy::Moment::kBefore, kCommitRequest, kReady);

  EXPECT_THAT(File(*store, "request-1"), FailsWith(absl::StatusCode::kUnavailable, "STORE_OUTCOME_UNKNOWN"));
  EXPECT_EQ(database_.Sql("SELECT count(*) FROM versions"), "0\n");
  EXPECT_THAT(File(*store, "request-1"), IsOk());
  EXPECT_EQ(proxy.cuts(), 1);
  ExpectWhole(database_, 1);
}

// A connection that breaks before anything was to be committed costs nobody
// anything: the batch runs again on another one.
TEST_F(PostgresFaults, ABatchWhoseConnectionBreaksBeforeItsCommitRunsAgain) {
  CuttingProxy proxy(SharedPostgresServer().port());
  const auto store = MustOpen(SharedPostgresServer().TcpUri(database_.name(), proxy.port()));
  proxy.CutOnce(CuttingProxy::Moment::kAfter, std::string("\0lock_submissions\0", 18), kReady);

  EXPECT_THAT(File(*store, "request-1"), IsOk());
  EXPECT_EQ(proxy.cuts(), 1);
  ExpectWhole(database_, 1);
}

TEST_F(PostgresFaults, NothingIsLostOrDoubledWhileConnectionsAreTerminated) {
  const auto store = MustOpen(database_.Uri());
  std::atomic<bool> is_over = false;
  std::atomic<int> terminated = 0;
  std::thread killer([&] {
    auto connection = PostgresConnection::Open(SharedPostgresServer().Uri("postgres"), {});
    ASSERT_THAT(connection, IsOk());
    while (!is_over) {
      const auto count =
          (*connection)
              ->QueryText("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '" +
                          database_.name() + "' AND application_name = 'jixiao-intake'");
      if (count.ok()) terminated += std::stoi(*count);
      absl::SleepFor(absl::Milliseconds(40));
    }
  });
  Season season;
  season.Run(*store, 6, 50, std::atomic<bool>(true));
  is_over = true;
  killer.join();

  EXPECT_EQ(season.refused, 0);
  EXPECT_EQ(season.acknowledged, 300);
  // How many depends on how fast 300 filings are done.
  EXPECT_GE(terminated, 4);
  ExpectWhole(database_, 300);
  RecordProperty("terminated", terminated);
  RecordProperty("unknown", season.unknown);
}

TEST_F(PostgresFaults, AWriteThatSomebodyElseLocksOutDoesNotHoldUpItsNeighbours) {
  PostgresStoreOptions options;
  options.writer.timeouts.lock = absl::Milliseconds(200);
  const auto store = MustOpen(database_.Uri(), options);
  ASSERT_THAT(File(*store, "request-1", AKey("A")), IsOk());
  ASSERT_THAT(File(*store, "request-1", AKey("B")), IsOk());
  auto somebody = PostgresConnection::Open(database_.Uri(), {});
  ASSERT_THAT(somebody, IsOk());
  ASSERT_THAT((*somebody)->Execute("BEGIN; SELECT 1 FROM submissions WHERE submission LIKE 'A.%' FOR UPDATE"), IsOk());

  absl::Status locked, free;
  std::thread one([&] { locked = File(*store, "request-2", AKey("A")); });
  std::thread two([&] { free = File(*store, "request-2", AKey("B")); });
  one.join();
  two.join();

  EXPECT_THAT(locked, FailsWith(absl::StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
  EXPECT_THAT(free, IsOk());
  ASSERT_THAT((*somebody)->Execute("ROLLBACK"), IsOk());
  EXPECT_THAT(File(*store, "request-2", AKey("A")), IsOk());
}

TEST(PostgresRestarts, LoseAndDoubleNothing) {
  PostgresServer server;
  const TestDatabase database(server);
  ASSERT_THAT(PostgresSubmissionStore::Migrate(database.Uri()), IsOk());
  const auto store = MustOpen(database.Uri());
  std::atomic<bool> is_over = false;
  Season season;
  std::thread clients([&] { season.Run(*store, 4, 20, is_over); });
  // Here and not there: a server dies with the thread that started it.
  server.Kill();
  server.Start();
  server.Stop();
  server.Start();
  is_over = true;
  clients.join();

  EXPECT_EQ(season.refused, 0);
  EXPECT_GE(season.acknowledged, 80);
  ExpectWhole(database, season.acknowledged);
  EXPECT_THAT(File(*store, "request-afterwards"), IsOk());
}

}  // namespace
}  // namespace jixiao::intake
