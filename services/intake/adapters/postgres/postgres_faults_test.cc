// What is promised while the server dies, restarts, is cut off or is held up by
// somebody else. Each test counts the faults that really happened.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "common/testing/cutting_proxy.h"
#include "common/testing/postgres_server.h"
#include "common/testing/status_matchers.h"
#include "intake/adapters/postgres/postgres_submission_store.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/look.h"
#include "intake/testing/store/store_load.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::CuttingProxy;
using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::PostgresServer;
using ::jixiao::testing::SharedPostgresServer;
using ::jixiao::testing::TestDatabase;
using testing::AKey;
using testing::CountFromEnvironment;
using testing::ExpectWhole;
using testing::File;
using testing::Look;
using testing::MustOpen;
using testing::SqlOf;
using testing::StoreLoad;

// How a Bind of the statement `commit` begins, and how the answer to a pipeline ends.
const std::string kCommitRequest("\0commit\0", 8);
const std::string kReady("Z\0\0\0\5", 5);

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
    EXPECT_EQ(Look(*store, &SubmissionReads::FindSubmission, AKey())->submission.current_version(), i);
  }
  EXPECT_EQ(proxy.cuts(), 5);
  ExpectWhole(SqlOf(database_), 5);
  fmt::print("fault C3: injected={} replies to COMMIT lost, acknowledged=5, lost=0, doubled=0, unknown=5\n",
             proxy.cuts());
}

TEST_F(PostgresFaults, ACommitThatNeverArrivedIsUnknownAndItsRepetitionDoesIt) {
  CuttingProxy proxy(SharedPostgresServer().port());
  const auto store = MustOpen(SharedPostgresServer().TcpUri(database_.name(), proxy.port()));
  proxy.CutOnce(CuttingProxy::Moment::kBefore, kCommitRequest, kReady);

  EXPECT_THAT(File(*store, "request-1"), FailsWith(absl::StatusCode::kUnavailable, "STORE_OUTCOME_UNKNOWN"));
  EXPECT_EQ(database_.Sql("SELECT count(*) FROM versions"), "0\n");
  EXPECT_THAT(File(*store, "request-1"), IsOk());
  EXPECT_EQ(proxy.cuts(), 1);
  ExpectWhole(SqlOf(database_), 1);
}

// A connection that breaks before anything was to be committed costs nobody
// anything: the batch runs again on another one.
TEST_F(PostgresFaults, ABatchWhoseConnectionBreaksBeforeItsCommitRunsAgain) {
  CuttingProxy proxy(SharedPostgresServer().port());
  const auto store = MustOpen(SharedPostgresServer().TcpUri(database_.name(), proxy.port()));
  proxy.CutOnce(CuttingProxy::Moment::kAfter, std::string("\0lock_submissions\0", 18), kReady);

  EXPECT_THAT(File(*store, "request-1"), IsOk());
  EXPECT_EQ(proxy.cuts(), 1);
  ExpectWhole(SqlOf(database_), 1);
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
  StoreLoad load(*store, 6, 50);
  load.Finish();
  is_over = true;
  killer.join();

  EXPECT_EQ(load.refused(), 0);
  EXPECT_EQ(load.acknowledged(), 300);
  // How many depends on how fast 300 filings are done.
  EXPECT_GE(terminated, 4);
  ExpectWhole(SqlOf(database_), 300);
  fmt::print("fault C6: injected={} backends terminated, acknowledged=300, lost={}, unknown={}\n", terminated,
             load.Missing(SqlOf(database_)).size(), load.unknown());
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
  const int restarts = CountFromEnvironment("JIXIAO_POSTGRES_RESTARTS", 9);
  PostgresServer server;
  const TestDatabase database(server);
  ASSERT_THAT(PostgresSubmissionStore::Migrate(database.Uri()), IsOk());
  const auto store = MustOpen(database.Uri());
  StoreLoad load(*store, 4, 20);
  std::vector<absl::Duration> reconnects;
  // Here and not there: a server dies with the thread that started it.
  for (int i = 0; i < restarts; ++i) {
    ASSERT_TRUE(load.WaitForMore(10));
    if (i % 3 == 0) server.Kill();
    if (i % 3 == 1) server.Stop();
    if (i % 3 == 2) server.StopImmediately();
    server.Start();
    const absl::Time up = absl::Now();
    ASSERT_TRUE(load.WaitForMore(1));
    reconnects.push_back(absl::Now() - up);
  }
  load.Finish();

  EXPECT_EQ(load.refused(), 0);
  EXPECT_GE(load.acknowledged(), 80);
  EXPECT_THAT(load.Missing(SqlOf(database)), ::testing::IsEmpty());
  ExpectWhole(SqlOf(database), load.acknowledged());
  EXPECT_THAT(File(*store, "request-afterwards"), IsOk());
  std::sort(reconnects.begin(), reconnects.end());
  fmt::print(
      "fault C1: injected={} restarts (killed, fast, immediate), acknowledged={}, lost=0, doubled=0, unknown={}, "
      "unavailable_s={:.2f}, reconnect_s={:.2f} at most\n",
      reconnects.size(), load.acknowledged(), load.unknown(), absl::ToDoubleSeconds(load.longest_silence()),
      absl::ToDoubleSeconds(reconnects.back()));
}

}  // namespace
}  // namespace jixiao::intake
