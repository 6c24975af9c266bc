// What is promised when a standby takes the place of the primary, on real servers
// that replicate. Each test counts what really happened.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "common/testing/postgres_cluster.h"
#include "common/testing/status_matchers.h"
#include "common/testing/wait_until.h"
#include "intake/adapters/postgres/postgres_submission_store.h"
#include "intake/testing/store/look.h"
#include "intake/testing/store/store_load.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::CuttingProxy;
using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::PostgresCluster;
using ::jixiao::testing::Replication;
using ::jixiao::testing::StatusIs;
using ::jixiao::testing::WaitUntil;
using testing::AKey;
using testing::ExpectWhole;
using testing::File;
using testing::ImpatientOptions;
using ::testing::IsEmpty;
using testing::Look;
using testing::MustOpen;
using testing::Sql;
using testing::StoreLoad;

void MakeDatabase(PostgresCluster& cluster, Replication replication) {
  cluster.MakeDatabase();
  ASSERT_THAT(PostgresSubmissionStore::Migrate(cluster.server(0).Uri(PostgresCluster::kDatabase)), IsOk());
  cluster.Replicate(replication);
}

std::unique_ptr<PostgresCluster> ACluster(int size, Replication replication) {
  auto cluster = std::make_unique<PostgresCluster>(size);
  MakeDatabase(*cluster, replication);
  return cluster;
}

Sql SqlOf(PostgresCluster& cluster, int number) {
  return [&cluster, number](const std::string& sql) { return cluster.Sql(number, sql); };
}

// Ends all connections of stores to a server; how many.
int Terminate(PostgresCluster& cluster, int number) {
  return std::stoi(cluster.Sql(number,
                               "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = "
                               "'jixiao-intake'"));
}

std::string Seconds(absl::Duration duration) { return fmt::format("{:.2f}", absl::ToDoubleSeconds(duration)); }

TEST(PostgresFailover, APrimaryThatIsKilledTakesNothingAcknowledgedWithIt) {
  const auto cluster = ACluster(3, Replication::kSynchronous);
  const auto store = MustOpen(cluster->Uri() + "?target_session_attrs=read-write", ImpatientOptions());
  StoreLoad load(*store, 4, 20);
  ASSERT_TRUE(load.WaitForMore(40));

  cluster->server(0).Kill();
  const int primary = cluster->FailOver(0);
  EXPECT_TRUE(load.WaitForMore(40));
  load.Finish();

  const auto missing = load.Missing(SqlOf(*cluster, primary));
  EXPECT_THAT(missing, IsEmpty());
  EXPECT_EQ(load.refused(), 0);
  ExpectWhole(SqlOf(*cluster, primary), load.acknowledged());
  fmt::print(
      "fault C2: injected=1 primary killed and 1 standby promoted, acknowledged={}, lost={}, unknown={}, "
      "unavailable_s={}\n",
      load.acknowledged(), missing.size(), load.unknown(), Seconds(load.longest_silence()));
}

// One instance on each side of a divided network. Nobody tells the former primary
// that it was replaced.
TEST(PostgresFailover, AFormerPrimaryAcknowledgesNothingNeitherCutOffNorBack) {
  const auto cluster = ACluster(3, Replication::kSynchronous);
  CuttingProxy far_1(cluster->server(1).port()), far_2(cluster->server(2).port());
  const auto store = MustOpen(cluster->Uri(), ImpatientOptions());
  const auto cut_off =
      MustOpen(PostgresCluster::UriOf({cluster->server(0).port(), far_1.port(), far_2.port()}), ImpatientOptions());
  StoreLoad load(*store, 3, 20);
  ASSERT_TRUE(load.WaitForMore(30));

  const std::vector<CuttingProxy*> lines = {&cluster->client_line(0), &cluster->replication_line(0), &far_1, &far_2};
  for (CuttingProxy* line : lines) line->Block();
  StoreLoad cut_off_load(*cut_off, 3, 3, "cut-off", 2023);
  const int primary = cluster->FailOver(0);
  EXPECT_TRUE(load.WaitForMore(20));
  // One waits for ever; those behind it want its locks.
  EXPECT_TRUE(
      WaitUntil([&] { return cut_off_load.unknown() >= 1 && cut_off_load.unavailable() >= 1; }, absl::Seconds(20)));
  const int acknowledged_by_former = cut_off_load.acknowledged();
  const std::string waiting = cluster->Sql(0, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");

  int held = 0;
  for (CuttingProxy* line : lines) {
    held += line->held();
    line->Mend();
  }
  // Now the first server that the URI names takes writes, and is the wrong one.
  const int terminated = Terminate(*cluster, primary);
  EXPECT_TRUE(load.WaitForMore(20));
  EXPECT_TRUE(cut_off_load.WaitForMore(9));
  load.Finish();
  cut_off_load.Finish();

  EXPECT_EQ(acknowledged_by_former, 0);
  EXPECT_NE(waiting, "0\n");
  EXPECT_GE(held, 4);
  EXPECT_GE(terminated, 1);
  EXPECT_EQ(load.refused() + cut_off_load.refused(), 0);
  const auto missing = load.Missing(SqlOf(*cluster, primary));
  EXPECT_THAT(missing, IsEmpty());
  EXPECT_THAT(cut_off_load.Missing(SqlOf(*cluster, primary)), IsEmpty());
  ExpectWhole(SqlOf(*cluster, primary), load.acknowledged() + cut_off_load.acknowledged());
  fmt::print(
      "fault C2: injected=1 network divided ({} connections held) and 1 standby promoted, acknowledged={}, "
      "lost={}, unknown={}, unavailable_s={}\n",
      held, load.acknowledged(), missing.size(), load.unknown(), Seconds(load.longest_silence()));
  fmt::print(
      "fault C4: injected=1 former primary back among the servers, {} connections terminated, acknowledged_by_"
      "former={}, unknown={}, lost=0\n",
      terminated, acknowledged_by_former, cut_off_load.unknown());
}

// What the two above cannot show if they cannot fail; and what remains without
// synchronous replication: the timeline.
TEST(PostgresFailover, WithoutSynchronousReplicationLosesReceiptsAndStillWritesToNoFormerPrimary) {
  const auto cluster = ACluster(2, Replication::kAsynchronous);
  PostgresStoreOptions options = ImpatientOptions();
  options.writer.standby = PostgresStandby::kOptional;
  const auto store = MustOpen(cluster->Uri(), options);
  StoreLoad load(*store, 2, 10);
  ASSERT_TRUE(load.WaitForMore(10));

  cluster->replication_line(0).Block();
  ASSERT_TRUE(load.WaitForMore(10));
  cluster->client_line(0).Block();
  ASSERT_EQ(cluster->FailOver(0), 1);
  EXPECT_TRUE(load.WaitForMore(10));
  load.Finish();
  const auto missing = load.Missing(SqlOf(*cluster, 1));
  EXPECT_THAT(missing, ::testing::Not(IsEmpty()));
  fmt::print(
      "fault C2 (control, asynchronous): injected=1 network divided and 1 standby promoted, acknowledged={}, "
      "lost={}, unknown={}, unavailable_s={}\n",
      load.acknowledged(), missing.size(), load.unknown(), Seconds(load.longest_silence()));

  // The former primary is back and would acknowledge; the new one is away.
  cluster->client_line(1).Block();
  cluster->client_line(0).Mend();
  const std::string before = cluster->Sql(0, "SELECT count(*) FROM versions");
  EXPECT_THAT(File(*store, "request-late"), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(Look(*store, &SubmissionReads::FindSubmission, AKey("U0")), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(cluster->Sql(0, "SELECT count(*) FROM versions"), before);
  cluster->client_line(1).Mend();
  EXPECT_THAT(File(*store, "request-late"), IsOk());
  EXPECT_EQ(cluster->Sql(1, "SELECT count(*) FROM requests WHERE request_id = 'request-late'"), "1\n");
  const auto found = PostgresPrimary(cluster->Uri(), options.writer.timeouts).Connect();
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ((*found)->timeline(), 2);
  // A process that starts now knows nothing of it; the former one is named first.
  EXPECT_THAT(File(*MustOpen(cluster->Uri(), options), "request-new"), IsOk());
  EXPECT_EQ(cluster->Sql(1, "SELECT count(*) FROM requests WHERE request_id = 'request-new'"), "1\n");
  EXPECT_EQ(cluster->Sql(0, "SELECT count(*) FROM versions"), before);
  fmt::print(
      "fault C4 (asynchronous): injected=1 former primary back, alone and named first, acknowledged_by_former=0\n");
}

// A primary and a standby that keep their places.
class PostgresStandbys : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { cluster_ = std::make_unique<PostgresCluster>(2); }
  static void TearDownTestSuite() { cluster_.reset(); }
  void SetUp() override { MakeDatabase(*cluster_, Replication::kSynchronous); }

  static std::unique_ptr<PostgresCluster> cluster_;
};

std::unique_ptr<PostgresCluster> PostgresStandbys::cluster_;

// The trap: a wait that was cut short leaves a row that everybody sees and no
// standby has. The answer to a repetition must not rest on it.
TEST_F(PostgresStandbys, ARepetitionIsNotAcknowledgedBeforeTheStandbyHasWhatItRestsOn) {
  const auto store = MustOpen(cluster_->Uri(), ImpatientOptions());
  ASSERT_THAT(File(*store, "request-0"), IsOk());
  const Sql primary = SqlOf(*cluster_, 0), standby = SqlOf(*cluster_, 1);
  ASSERT_TRUE(WaitUntil([&] { return standby("SELECT count(*) FROM versions") == "1\n"; }));
  cluster_->replication_line(0).Block();
  EXPECT_THAT(File(*store, "request-1"), FailsWith(absl::StatusCode::kUnavailable, "STORE_OUTCOME_UNKNOWN"));
  EXPECT_GE(Terminate(*cluster_, 0), 1);
  ASSERT_TRUE(WaitUntil([&] { return primary("SELECT count(*) FROM versions") == "2\n"; }));
  EXPECT_EQ(standby("SELECT count(*) FROM versions"), "1\n");

  EXPECT_THAT(File(*store, "request-1"), StatusIs(absl::StatusCode::kUnavailable));
  // Neither is what locks and changes nothing, such as a repeated import of a
  // roster, or the write that asks for the store's health.
  EXPECT_THAT(WriteAndWait(*store, {}, [](SubmissionTransaction&) { return absl::OkStatus(); }),
              FailsWith(absl::StatusCode::kUnavailable, "STORE_OUTCOME_UNKNOWN"));

  cluster_->replication_line(0).Mend();
  EXPECT_TRUE(WaitUntil([&] { return File(*store, "request-1").ok(); }, absl::Seconds(20)));
  EXPECT_TRUE(WaitUntil([&] { return standby("SELECT count(*) FROM versions") == "2\n"; }));
  fmt::print("fault C2: injected=1 wait for the standby cut short, acknowledged before the standby has it=0\n");
}

// Stale reads are for pages that say so; nothing here says so.
TEST_F(PostgresStandbys, AreNotReadFromWhereverTheUriNamesThem) {
  cluster_->Sql(1, "ALTER SYSTEM SET recovery_min_apply_delay = '60s'");
  cluster_->Sql(1, "SELECT pg_reload_conf()");
  const auto store =
      MustOpen(PostgresCluster::UriOf({cluster_->server(1).port(), cluster_->server(0).port()}), ImpatientOptions());
  int stale = 0;
  for (int i = 1; i <= 5; ++i) {
    ASSERT_THAT(File(*store, "request-" + std::to_string(i)), IsOk());
    const auto read = Look(*store, &SubmissionReads::FindSubmission, AKey());
    ASSERT_THAT(read, IsOk());
    if (read->submission.current_version() != i) ++stale;
  }

  EXPECT_EQ(stale, 0);
  EXPECT_EQ(cluster_->Sql(1, "SELECT count(*) FROM versions"), "0\n");
  cluster_->Sql(1, "ALTER SYSTEM SET recovery_min_apply_delay = 0");
  cluster_->Sql(1, "SELECT pg_reload_conf()");
  fmt::print("fault C9: injected=1 standby a minute behind and named first, acknowledged=5, stale={}\n", stale);
}

TEST_F(PostgresStandbys, AreNeededByAStoreOnSeveralServersBeforeItStarts) {
  cluster_->Replicate(Replication::kAsynchronous);
  PostgresStoreOptions options = ImpatientOptions();
  options.writer.uri = cluster_->Uri();
  const auto refused = PostgresSubmissionStore::Open(options);
  EXPECT_THAT(refused, FailsWith(absl::StatusCode::kFailedPrecondition, "STORE_NOT_REPLICATED"));
  EXPECT_THAT(std::string(refused.status().message()),
              ::testing::HasSubstr("ALTER SYSTEM SET synchronous_standby_names"));
  // Behind one address it has to be told.
  options.writer.uri = cluster_->server(0).Uri(PostgresCluster::kDatabase);
  EXPECT_THAT(PostgresSubmissionStore::Open(options), IsOk());
  options.writer.standby = PostgresStandby::kRequired;
  EXPECT_THAT(PostgresSubmissionStore::Open(options),
              FailsWith(absl::StatusCode::kFailedPrecondition, "STORE_NOT_REPLICATED"));

  cluster_->Replicate(Replication::kSynchronous);
  cluster_->server(1).Stop();
  ASSERT_TRUE(WaitUntil([&] { return cluster_->Sql(0, "SELECT count(*) FROM pg_stat_replication") == "0\n"; }));
  // Nothing could be acknowledged: said at once.
  EXPECT_THAT(PostgresSubmissionStore::Open(options), FailsWith(absl::StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
  cluster_->server(1).Start();
  ASSERT_TRUE(WaitUntil([&] { return cluster_->Sql(0, "SELECT count(*) FROM pg_stat_replication") == "1\n"; }));
  EXPECT_THAT(PostgresSubmissionStore::Open(options), IsOk());
  fmt::print("fault C2: injected=3 starts where receipts could be lost, refused=3\n");
}

TEST_F(PostgresStandbys, NeedNoMoreRightsOfTheServiceThanItsTables) {
  cluster_->Sql(0,
                "CREATE ROLE service LOGIN; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "
                "service");

  const auto store = MustOpen(cluster_->Uri() + "?user=service", ImpatientOptions());
  EXPECT_THAT(File(*store, "request-1"), IsOk());
  EXPECT_THAT(Look(*store, &SubmissionReads::FindSubmission, AKey()), IsOk());
}

}  // namespace
}  // namespace jixiao::intake
