// Several real instances of intake on one PostgreSQL: one that is thought dead and
// comes back, and clients that ask all of them at once.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <thread>

#include "absl/time/clock.h"
#include "common/testing/postgres_server.h"
#include "common/testing/status_matchers.h"
#include "common/testing/wait_until.h"
#include "faults/filing_load.h"
#include "faults/intake_peers.h"
#include "faults/intake_process.h"
#include "intake/adapters/postgres/postgres_submission_store.h"

namespace jixiao::faults {
namespace {

using intake::PostgresSubmissionStore;
using intake::testing::IntakePeers;
using intake::testing::Ledger;
using intake::testing::ReadLedger;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::SharedPostgresServer;
using ::jixiao::testing::TestDatabase;
using ::jixiao::testing::TestIdentities;
using ::jixiao::testing::WaitUntil;

int CountOf(const std::string& word, const std::string& text) {
  int count = 0;
  for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

class IntakeInstances : public ::testing::Test {
 protected:
  void Start(int count, const std::vector<std::string>& flags = {}) {
    ASSERT_THAT(PostgresSubmissionStore::Migrate(database_.Uri()), IsOk());
    const auto identities = std::make_shared<const TestIdentities>();
    for (int i = 0; i < count; ++i) {
      IntakeOptions options;
      options.store = database_.Uri();
      options.scoring = peers_.scoring_address();
      options.publish = peers_.publish_address();
      options.flags = flags;
      options.identities = identities;
      instances_.push_back(std::make_unique<IntakeProcess>(options));
      instances_.back()->Start();
    }
    ledger_ = std::make_unique<Ledger>(instances_[0]->File("ledger"));
  }

  LoadOptions Options() const {
    LoadOptions options;
    for (const auto& instance : instances_) options.servers.push_back(instance->address());
    options.tokens = {instances_[0]->Token()};
    return options;
  }
  IntakeProcess& instance(int i) { return *instances_[static_cast<size_t>(i)]; }
  std::string Sql(const std::string& sql) const { return database_.Sql(sql); }

  CheckResult Verify() const {
    CheckResult result = instances_.back()->VerifyByApi(ReadLedger(instances_[0]->File("ledger")));
    EXPECT_TRUE(result.problems.empty()) << Join(result.problems);
    return result;
  }

  const IntakePeers peers_;
  TestDatabase database_{SharedPostgresServer()};
  std::vector<std::unique_ptr<IntakeProcess>> instances_;
  std::unique_ptr<Ledger> ledger_;
};

// The zombie holds leases when it is stopped; the other one does the work when
// they have run out, and what the zombie then brings is too late.
TEST_F(IntakeInstances, WhatAZombieBringsIsWrittenByNobody) {
  Start(2, {"--auto_approve=true", "--outbox_call_timeout=1s"});
  LoadOptions options = Options();
  options.servers = {instance(0).address()};
  options.submissions = 1'000'000;
  options.versions = 1;
  options.patience = absl::Milliseconds(1);
  options.call_timeout = absl::Milliseconds(500);
  FilingLoad load(options, *ledger_);
  std::atomic<bool> is_stopping{false};
  std::thread filing([&] { load.Run(is_stopping); });
  EXPECT_TRUE(WaitUntil([&] { return load.counts().accepted > 60; }));
  // Under way: leased, and their results not written.
  const std::string leased =
      "SELECT count(*) FROM outbox WHERE lease_owner <> '' AND lease_until_us > extract(epoch FROM now()) * 1e6";
  int leases = 0;
  for (int i = 0; i < 100 && leases == 0; ++i) {
    instance(0).process().Signal(SIGSTOP);
    // PostgreSQL goes on with what it was sent.
    absl::SleepFor(absl::Milliseconds(100));
    leases = std::stoi(Sql(leased + " AND version = 1"));
    if (leases == 0) instance(0).process().Signal(SIGCONT);
  }
  is_stopping = true;
  filing.join();
  ASSERT_GT(leases, 0) << "the zombie held no lease";

  const absl::Time stopped = absl::Now();
  EXPECT_TRUE(WaitUntil([&] { return Sql("SELECT count(*) FROM outbox") == "0\n"; }, absl::Seconds(40)));
  const absl::Duration until_taken_over = absl::Now() - stopped;
  instance(0).process().Signal(SIGCONT);
  EXPECT_TRUE(WaitUntil([&] { return instance(0).Health() == 1; }));
  absl::SleepFor(absl::Seconds(1));  // time to do harm

  const CheckResult result = Verify();
  EXPECT_EQ(Sql("SELECT count(*) FROM submissions WHERE state <> 5"), "0\n");
  EXPECT_EQ(peers_.Disclosures().size(), static_cast<size_t>(result.counts.versions));
  const int dropped = CountOf("task_lease_lost", instance(0).process().Output());
  EXPECT_GT(dropped, 0) << "the zombie brought nothing";
  fmt::print(
      "fault A6: injected=1 instance stopped with {} leases and continued; taken over after {} ms, {} results of the "
      "zombie "
      "dropped; {} versions, each scored and published once, problems={}\n",
      leases, absl::ToInt64Milliseconds(until_taken_over), dropped, result.counts.versions, result.problems.size());
}

TEST_F(IntakeInstances, HundredAtOnceOverThreeOfThemMakeVersionsOneToAHundred) {
  Start(3);
  LoadOptions options = Options();
  options.clients = 100;
  options.submissions = 1;
  options.versions = 1;
  options.states_base = false;
  options.duplicates = 1;
  options.call_timeout = absl::Seconds(10);
  options.unit = [](int, int) { return "SHARED"; };
  FilingLoad load(options, *ledger_);
  load.Run();

  EXPECT_EQ(load.counts().accepted, 200) << load.last_refusal();
  const CheckResult result = Verify();
  EXPECT_EQ(result.counts.versions, 100);
  fmt::print(
      "fault G4 on PostgreSQL: injected=100 filings at once, each twice, over 3 instances; {} accepted, {} refused, "
      "{} versions without gap, problems={}\n",
      load.counts().accepted.load(), load.counts().refused.load(), result.counts.versions, result.problems.size());
}

}  // namespace
}  // namespace jixiao::faults
