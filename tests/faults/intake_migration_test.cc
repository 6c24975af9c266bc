// Two real instances, clients that file all the time, and two releases that change
// the schema under them: forward, back, and to where there is no way back from.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <signal.h>

#include <thread>

#include "absl/time/clock.h"
#include "common/testing/postgres_server.h"
#include "common/testing/status_matchers.h"
#include "common/testing/wait_until.h"
#include "faults/filing_load.h"
#include "faults/intake_peers.h"
#include "faults/intake_process.h"
#include "faults/next_release.h"
#include "intake/adapters/postgres/postgres_submission_store.h"

namespace jixiao::faults {
namespace {

using intake::PostgresSubmissionStore;
using intake::testing::IntakePeers;
using intake::testing::Ledger;
using intake::testing::ReadLedger;
using ::jixiao::testing::BinaryPath;
using ::jixiao::testing::ChildProcess;
using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::SharedPostgresServer;
using ::jixiao::testing::TestDatabase;
using ::jixiao::testing::TestIdentities;
using ::jixiao::testing::WaitUntil;
using ::testing::HasSubstr;

constexpr char kThisRelease[] = "jixiao-intake";
constexpr char kNextRelease[] = "jixiao-intake-next";
constexpr int kClients = 4;

class IntakeMigration : public ::testing::Test {
 protected:
  IntakeMigration() {
    EXPECT_THAT(PostgresSubmissionStore::Migrate(database_.Uri()), IsOk());
    const auto identities = std::make_shared<const TestIdentities>();
    for (int i = 0; i < 2; ++i) {
      IntakeOptions options;
      options.binary = kThisRelease;
      options.store = database_.Uri();
      options.scoring = peers_.scoring_address();
      options.publish = peers_.publish_address();
      options.flags = {"--auto_approve=true", "--outbox_call_timeout=1s"};
      options.identities = identities;
      instances_.push_back(std::make_unique<IntakeProcess>(options));
      instances_.back()->Start();
    }
    ledger_ = std::make_unique<Ledger>(instances_[0]->File("ledger"));
    LoadOptions options;
    for (const auto& instance : instances_) options.servers.push_back(instance->address());
    options.tokens = {instances_[0]->Token()};
    options.clients = kClients;
    options.submissions = 1'000'000;
    options.versions = 1;  // once approved, none follows before it is public
    options.per_second = 80;
    load_ = std::make_unique<FilingLoad>(options, *ledger_);
    filing_ = std::thread([this] { load_->Run(is_stopping_); });
  }

  ~IntakeMigration() override { StopLoad(); }

  void StopLoad() {
    is_stopping_ = true;
    if (filing_.joinable()) filing_.join();
  }

  IntakeProcess& instance(int i) { return *instances_[static_cast<size_t>(i)]; }
  const LoadCounts& counts() const { return load_->counts(); }
  std::string Sql(const std::string& sql) const { return database_.Sql(sql); }

  // Through both instances.
  void WaitForReceipts(int count) const {
    const int enough = counts().accepted + count;
    EXPECT_TRUE(WaitUntil([&] { return counts().accepted >= enough; }, absl::Seconds(30)));
  }

  // With SIGTERM, as one of `release`.
  void Replace(int i, const std::string& release) {
    EXPECT_EQ(instance(i).Stop(), 0);
    instance(i).SetBinary(release);
    instance(i).Start();
    WaitForReceipts(20);
  }

  // `jixiao-intake --migrate` of `release`; gives its exit code, and for how long
  // there was no receipt meanwhile.
  std::pair<int, absl::Duration> Migrate(const std::string& release) {
    std::vector<std::string> argv = instance(0).Arguments();
    argv.front() = BinaryPath(release);
    argv.push_back("--migrate");
    ChildProcess process(argv);
    absl::Duration longest;
    absl::Time last = absl::Now();
    for (int accepted = counts().accepted; !process.WaitForExit(absl::ZeroDuration()).has_value();) {
      absl::SleepFor(absl::Milliseconds(2));
      longest = std::max(longest, absl::Now() - last);
      if (counts().accepted == accepted) continue;
      accepted = counts().accepted;
      last = absl::Now();
    }
    return {process.WaitForExit().value_or(-1), longest};
  }

  // Of the last step: version, oldest program.
  std::string Schema() const {
    return Sql("SELECT max(version) || ' ' || max(oldest_program) FROM jixiao_schema_steps");
  }

  const IntakePeers peers_;
  const TestDatabase database_{SharedPostgresServer()};
  std::vector<std::unique_ptr<IntakeProcess>> instances_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<FilingLoad> load_;
  std::atomic<bool> is_stopping_{false};
  std::thread filing_;
};

TEST_F(IntakeMigration, ForwardAndBackWhileReportsAreFiledAndNoCallFails) {
  WaitForReceipts(100);

  // The schema first: three kinds of steps beside instances that know none of them.
  const auto [exit_code, silence] = Migrate(kNextRelease);
  EXPECT_EQ(exit_code, 0);
  EXPECT_EQ(Schema(), "5 1\n");
  WaitForReceipts(40);
  const int during_steps = counts().repeated;
  EXPECT_EQ(during_steps, 0) << "no call fails beside a migration";
  EXPECT_LT(silence, absl::Seconds(2));

  // Then the programs, one after the other; one of them back, and its `--migrate`.
  Replace(0, kNextRelease);
  Replace(1, kNextRelease);
  Replace(0, kThisRelease);
  EXPECT_EQ(Migrate(kThisRelease).first, 0);
  const int during_replacements = counts().repeated - during_steps;
  EXPECT_LE(during_replacements, 3 * kClients) << "a client loses a call at each replacement at most";

  // What takes away does not run while the one that was taken back uses it.
  EXPECT_THAT(PostgresSubmissionStore::Migrate(database_.Uri(), StepsOfTheOneAfter()),
              FailsWith(absl::StatusCode::kFailedPrecondition, "STORE_IN_USE"));
  EXPECT_EQ(Schema(), "5 1\n");
  WaitForReceipts(40);
  EXPECT_EQ(counts().repeated - during_steps - during_replacements, 0);
  Replace(0, kNextRelease);
  EXPECT_THAT(PostgresSubmissionStore::Migrate(database_.Uri(), StepsOfTheOneAfter()), IsOk());
  EXPECT_EQ(Schema(), "6 5\n");
  WaitForReceipts(40);

  StopLoad();
  EXPECT_EQ(counts().unknown + counts().refused, 0) << load_->last_refusal();
  EXPECT_TRUE(WaitUntil([&] { return Sql("SELECT count(*) FROM outbox") == "0\n"; }, absl::Seconds(30)));
  EXPECT_EQ(Sql("SELECT count(*) FROM submissions WHERE shelf <> 1 OR state <> 5"), "0\n");
  const CheckResult result = instance(1).VerifyByApi(ReadLedger(instance(0).File("ledger")));
  EXPECT_TRUE(result.problems.empty()) << Join(result.problems);
  fmt::print(
      "fault C12: injected=5 steps and 4 replaced instances under load, 1 of them back; {} receipts, failed calls "
      "beside "
      "the steps={}, longest time without a receipt {} ms, calls repeated at replacements={}, unknown=0, problems={}\n",
      counts().accepted.load(), during_steps, absl::ToInt64Milliseconds(silence), counts().repeated - during_steps,
      result.problems.size());
}

// It was away while the step was taken: stopped, and its sessions ended.
TEST_F(IntakeMigration, AnInstanceThatComesBackTooLateTakesNothingAndSaysSo) {
  WaitForReceipts(20);
  EXPECT_EQ(Migrate(kNextRelease).first, 0);
  Replace(1, kNextRelease);
  instance(0).process().Signal(SIGSTOP);
  EXPECT_EQ(
      Sql("SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' AND classid = 535691 "
          "AND objid = 1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"),
      "6\n");
  EXPECT_TRUE(WaitUntil([&] { return PostgresSubmissionStore::Migrate(database_.Uri(), StepsOfTheOneAfter()).ok(); }));
  instance(0).process().Signal(SIGCONT);
  const absl::Time continued = absl::Now();
  EXPECT_TRUE(WaitUntil([&] { return instance(0).Health() == 2; }));
  const absl::Duration until_told = absl::Now() - continued;
  EXPECT_THAT(instance(0).process().Output(), HasSubstr("Start the program that was used for --migrate"));
  EXPECT_EQ(instance(1).Health(), 1);
  WaitForReceipts(40);
  absl::SleepFor(absl::Seconds(3));
  EXPECT_EQ(instance(0).Health(), 2) << "it stays so";
  const std::string sessions =
      "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 535691 AND objid = 1 AND granted AND "
      "database = (SELECT oid FROM pg_database WHERE datname = current_database())";

  EXPECT_EQ(instance(0).Stop(), 0);
  EXPECT_EQ(Sql(sessions), "0\n");
  instance(0).Launch();
  EXPECT_EQ(instance(0).process().WaitForExit(), 1);
  EXPECT_THAT(instance(0).process().Output(), HasSubstr("there is no way back to this one"));
  instance(0).SetBinary(kNextRelease);
  instance(0).Start();
  WaitForReceipts(40);
  StopLoad();

  EXPECT_EQ(counts().unknown + counts().refused, 0) << load_->last_refusal();
  EXPECT_TRUE(WaitUntil([&] { return Sql("SELECT count(*) FROM outbox") == "0\n"; }, absl::Seconds(30)));
  const CheckResult result = instance(1).VerifyByApi(ReadLedger(instance(0).File("ledger")));
  EXPECT_TRUE(result.problems.empty()) << Join(result.problems);
  fmt::print(
      "fault C12 late: injected=1 instance stopped, its 6 sessions ended, a step that takes away; NOT_SERVING after {} "
      "ms, start refused; {} receipts, calls repeated at the other one={}, problems={}\n",
      absl::ToInt64Milliseconds(until_told), counts().accepted.load(), counts().repeated.load(),
      result.problems.size());
}

}  // namespace
}  // namespace jixiao::faults
