// The real intake with clients as they are when something went wrong: they repeat,
// all at once, in the wrong order, and the process stands still for a while.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <thread>

#include "absl/time/clock.h"
#include "common/testing/wait_until.h"
#include "faults/filing_load.h"
#include "faults/intake_process.h"

namespace jixiao::faults {
namespace {

using intake::testing::Ledger;
using intake::testing::LedgerRecords;
using intake::testing::ReadLedger;
using ::jixiao::testing::TestIdentities;
using ::jixiao::testing::WaitUntil;

class IntakeClients : public ::testing::Test {
 protected:
  LoadOptions Options() const { return {.servers = {intake_.address()}, .tokens = {intake_.Token()}}; }

  CheckResult Verify() const {
    CheckResult result = intake_.VerifyByApi(ReadLedger(intake_.File("ledger")));
    EXPECT_TRUE(result.problems.empty()) << Join(result.problems);
    return result;
  }

  IntakeProcess intake_;
  Ledger ledger_{intake_.File("ledger")};
};

TEST_F(IntakeClients, MakeOneVersionOfTenEqualRequests) {
  intake_.Start();
  LoadOptions options = Options();
  options.versions = 1;
  options.submissions = 10;
  options.duplicates = 9;
  FilingLoad load(options, ledger_);
  load.Run();

  EXPECT_EQ(load.counts().accepted, 4 * 10 * 10) << load.last_refusal();
  const CheckResult result = Verify();
  EXPECT_EQ(result.counts.versions, 4 * 10);
  fmt::print("fault G1: injected={} repetitions at the same time; {} receipts for {} versions, problems={}\n",
             4 * 10 * 9, result.counts.receipts, result.counts.versions, result.problems.size());
}

TEST_F(IntakeClients, GetNothingStoredByReusedIdsAndStaleOrEarlyVersions) {
  intake_.Start();
  LoadOptions options = Options();
  options.is_unruly = true;
  FilingLoad load(options, ledger_);
  load.Run();

  constexpr int kSubmissions = 4 * 25;
  EXPECT_EQ(load.last_refusal(), "");
  const LedgerRecords records = ReadLedger(intake_.File("ledger"));
  std::map<std::string, int> refused;
  for (const auto& [request_id, refusal] : records.refusals) ++refused[refusal.code];
  EXPECT_EQ(refused["ALREADY_EXISTS"], kSubmissions);  // a request id with other content
  EXPECT_EQ(refused["ABORTED"], 2 * kSubmissions);     // a later version first, and one on an old base
  const CheckResult result = Verify();
  EXPECT_EQ(result.counts.versions, 3 * kSubmissions);
  fmt::print("fault G2: injected={} request ids used again, refused={}, stored=0\n", kSubmissions,
             refused["ALREADY_EXISTS"]);
  fmt::print(
      "fault G3: injected={} early and stale versions, refused={}, {} old requests again got their first answer; "
      "lost updates=0, problems={}\n",
      2 * kSubmissions, refused["ABORTED"], kSubmissions, result.problems.size());
}

TEST_F(IntakeClients, HundredAtOnceForOneReportMakeVersionsOneToAHundred) {
  intake_.Start();
  LoadOptions options = Options();
  options.clients = 100;
  options.submissions = 1;
  options.versions = 1;
  options.states_base = false;
  options.unit = [](int, int) { return "SHARED"; };
  FilingLoad unordered(options, ledger_);
  unordered.Run();
  EXPECT_EQ(unordered.counts().accepted, 100) << unordered.last_refusal();

  // With a base one of them wins.
  options.states_base = true;
  options.prefix = "B";
  options.unit = [](int, int) { return "CONTENDED"; };
  FilingLoad ordered(options, ledger_);
  ordered.Run();
  EXPECT_EQ(ordered.counts().accepted, 1);
  EXPECT_EQ(ordered.counts().refused, 99);

  const CheckResult result = Verify();
  EXPECT_EQ(result.counts.versions, 101);
  fmt::print(
      "fault G4: injected=2 times 100 filings at once; versions 1 to 100 without gap, and 1 of 100 on one base; "
      "problems={}\n",
      result.problems.size());
}

TEST_F(IntakeClients, AreNotServedLateByAProcessThatStoodStill) {
  constexpr int kRequests = 60;
  intake_.Start();
  const auto channel = LoadChannel(intake_.address());
  const auto send = [&](const std::string& id, absl::Duration timeout) {
    const Request request = MakeRequest(id, "U" + id, "报告", std::nullopt, {});
    ledger_.WriteIntent(request.id, request.digest);
    const auto receipt = SubmitOnce(channel, intake_.Token(), request, timeout);
    if (receipt.ok()) ledger_.WriteReceipt(id, {receipt->submission_version(), receipt->report_digest()});
    return receipt.status().code();
  };
  ASSERT_EQ(send("awake-00001", absl::Seconds(5)), absl::StatusCode::kOk);

  intake_.process().Signal(SIGSTOP);
  std::atomic<int> expired{0};
  std::vector<std::thread> callers;
  for (int i = 0; i < kRequests; ++i) {
    callers.emplace_back([&, i] {
      if (send(fmt::format("asleep-{:05}", i), absl::Milliseconds(700)) == absl::StatusCode::kDeadlineExceeded)
        ++expired;
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(expired, kRequests);
  absl::SleepFor(absl::Seconds(1));
  intake_.process().Signal(SIGCONT);
  EXPECT_TRUE(WaitUntil([&] { return intake_.Health() == 1; }));
  EXPECT_EQ(send("awake-00002", absl::Seconds(5)), absl::StatusCode::kOk);

  // That their callers hung up stands behind the requests in the socket; the
  // service waits until it has read that. One that is carried out all the same is
  // so once, as a repetition shows.
  const int64_t late = Verify().counts.unknown_stored;
  EXPECT_LE(late, kRequests / 10) << "expired requests were carried out";
  for (int i = 0; i < kRequests; ++i) {
    EXPECT_EQ(send(fmt::format("asleep-{:05}", i), absl::Seconds(5)), absl::StatusCode::kOk);
  }
  const CheckResult result = Verify();
  EXPECT_EQ(result.counts.versions, kRequests + 2);
  fmt::print(
      "fault A5: injected={} requests to a process that stood still, expired={}, carried out afterwards={} before "
      "their "
      "cancellation was read; all repeated, {} versions, problems={}\n",
      kRequests, expired.load(), late, result.counts.versions, result.problems.size());
}

// Twenty units with ten clerks each: all of them repeat at once when the service
// comes back, and a unit has its limit.
TEST(IntakeStorm, ConvergesWhenEverybodyRepeatsAtOnceAfterAnOutage) {
  constexpr int kUnits = 20, kClerks = 10;
  std::string registry =
      "identities { subject: \"person/auditor\" grants { role: ROLE_AUDITOR subtree: \"430000\" } }\n";
  for (int i = 0; i < kUnits * kClerks; ++i) {
    registry += fmt::format(
        "identities {{ subject: \"person/clerk-{}\" grants {{ role: ROLE_CLERK unit: \"divisions/430611/units/S{}\" }} "
        "}}\n",
        i, i % kUnits);
  }
  IntakeProcess intake({.flags = {"--unit_submits_per_minute=120", "--unit_submits_burst=4"},
                        .identities = std::make_shared<const TestIdentities>(registry)});
  intake.Start();
  Ledger ledger(intake.File("ledger"));
  LoadOptions options{.servers = {intake.address()}};
  for (int i = 0; i < kUnits * kClerks; ++i) options.tokens.push_back(intake.Token(fmt::format("person/clerk-{}", i)));
  options.clients = kUnits * kClerks;
  options.submissions = 1;
  options.versions = 1;
  options.states_base = false;
  options.unit = [](int client, int) { return fmt::format("S{}", client % kUnits); };
  FilingLoad load(options, ledger);

  intake.Kill();
  std::thread storm([&] { load.Run(); });
  EXPECT_TRUE(WaitUntil([&] { return load.counts().in_flight == kUnits * kClerks; }));
  const absl::Time back = absl::Now();
  intake.Start();
  storm.join();
  const absl::Duration until_all = absl::Now() - back;

  EXPECT_EQ(load.counts().accepted, kUnits * kClerks) << load.last_refusal();
  EXPECT_GT(load.counts().shed, 0) << "nobody was asked to come back later";
  const CheckResult result = intake.VerifyByApi(ReadLedger(intake.File("ledger")));
  EXPECT_TRUE(result.problems.empty()) << Join(result.problems);
  EXPECT_EQ(result.counts.versions, kUnits * kClerks);
  fmt::print(
      "fault storm: injected={} clients repeating at once after an outage; {} shed by limits, all answered after {} "
      "ms, "
      "{} versions, problems={}\n",
      kUnits * kClerks, load.counts().shed.load(), absl::ToInt64Milliseconds(until_all), result.counts.versions,
      result.problems.size());
}

}  // namespace
}  // namespace jixiao::faults
