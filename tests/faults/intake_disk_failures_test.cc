// The real intake on a disk that fails once, at one flush after the other, and on
// one that fills up.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "absl/time/clock.h"
#include "common/testing/wait_until.h"
#include "faults/filing_load.h"
#include "faults/intake_process.h"
#include "faults/power_cut.h"

namespace jixiao::faults {
namespace {

using intake::testing::Ledger;
using intake::testing::ReadLedger;
using ::jixiao::testing::WaitUntil;

constexpr int kExitIoError = 74;
constexpr int kClients = 4;

// Clients that file on over all starts of `intake`.
class Clients {
 public:
  explicit Clients(const IntakeProcess& intake)
      : ledger_(intake.File("ledger")),
        load_({.servers = {intake.address()},
               .tokens = {intake.Token()},
               .clients = kClients,
               .submissions = 1'000'000,
               .call_timeout = absl::Seconds(1)},
              ledger_),
        thread_([this] { load_.Run(is_stopping_); }) {}
  ~Clients() { Stop(); }

  // Ends once what was begun is answered.
  void Stop() {
    is_stopping_ = true;
    if (thread_.joinable()) thread_.join();
  }
  const LoadCounts& counts() const { return load_.counts(); }
  std::string last_refusal() const { return load_.last_refusal(); }

 private:
  Ledger ledger_;
  FilingLoad load_;
  std::atomic<bool> is_stopping_{false};
  std::thread thread_;
};

// 10 in everyday tests.
int PlaceCount() {
  const char* given = std::getenv("JIXIAO_POWER_CUTS");
  return given != nullptr && std::atoi(given) >= 200 ? 50 : 10;
}

// Each start meets a failure a flush later than the one before: while it opens,
// before and among its first filings. The kernel may have dropped what the flush
// was for, so the power goes with each.
TEST(IntakeDiskFailures, EndsAtTheFirstFailedFlushAndComesBackWithAllItAcknowledged) {
  IntakeProcess intake;
  intake.Start();  // makes the file
  Clients clients(intake);
  ASSERT_TRUE(WaitUntil([&] { return clients.counts().accepted > 5; }));
  ASSERT_EQ(intake.Stop(), 0);
  int failed = 0, while_serving = 0;
  for (int place = 1; place <= PlaceCount(); ++place) {
    unlink(intake.disk_log().c_str());
    intake.SetFaults({fmt::format("FAULTY_DISK_FAIL_SYNC={}", place)});
    const int before = clients.counts().accepted;
    intake.Launch();
    const auto exit_code = intake.process().WaitForExit();
    // Before it serves it may say so and end in any way.
    if (clients.counts().accepted > before) {
      ++while_serving;
      EXPECT_EQ(exit_code, kExitIoError) << place << intake.process().Output();
    } else {
      EXPECT_NE(exit_code.value_or(0), 0) << place;
    }
    failed += CountRecords(intake.disk_log())[DiskRecord::kFailedSync];
    CutPower(intake.disk_log(), static_cast<uint64_t>(place));
  }
  EXPECT_EQ(failed, PlaceCount());
  EXPECT_GT(while_serving, PlaceCount() / 3) << "it hardly came to serve";

  intake.SetFaults({});
  intake.Start();
  const int before = clients.counts().accepted;
  EXPECT_TRUE(WaitUntil([&] { return clients.counts().accepted > before + kClients; }));
  clients.Stop();
  EXPECT_EQ(clients.counts().unknown + clients.counts().refused, 0) << clients.last_refusal();
  const CheckResult result = intake.VerifyByApi(ReadLedger(intake.File("ledger")));
  EXPECT_TRUE(result.problems.empty()) << Join(result.problems);
  fmt::print(
      "fault B2 process: injected={} failed flushes, one at each of {} places, {} of them while it served, each with "
      "the "
      "power; the process ended each time; {} receipts, problems={}\n",
      failed, PlaceCount(), while_serving, result.counts.receipts, result.problems.size());
}

TEST(IntakeDiskFailures, RefusesWhileTheDiskIsFullAndGoesOnByItself) {
  IntakeProcess intake;
  const std::string full = intake.File("full");
  intake.SetFaults({"FAULTY_DISK_FULL=" + full});
  intake.Start();
  Clients clients(intake);
  ASSERT_TRUE(WaitUntil([&] { return clients.counts().accepted > 20; }));

  std::ofstream(full) << "1";
  ASSERT_TRUE(WaitUntil([&] { return clients.counts().shed >= kClients; }));
  const int at_first = clients.counts().accepted;
  absl::SleepFor(absl::Seconds(2));
  const int while_full = clients.counts().accepted - at_first;
  const int shed = clients.counts().shed;
  EXPECT_EQ(while_full, 0);
  EXPECT_FALSE(intake.process().WaitForExit(absl::ZeroDuration()).has_value()) << intake.process().Output();
  unlink(full.c_str());
  const absl::Time begin = absl::Now();
  EXPECT_TRUE(WaitUntil([&] { return clients.counts().accepted > at_first; }));
  const absl::Duration until_first = absl::Now() - begin;
  EXPECT_TRUE(WaitUntil([&] { return clients.counts().accepted > at_first + 20; }));
  clients.Stop();

  EXPECT_GT(CountRecords(intake.disk_log())[DiskRecord::kFull], 0);
  EXPECT_EQ(clients.counts().unknown + clients.counts().refused, 0) << clients.last_refusal();
  intake.Kill();
  CutPower(intake.disk_log(), 1);
  intake.SetFaults({});
  intake.Start();
  const CheckResult result = intake.VerifyByApi(ReadLedger(intake.File("ledger")));
  EXPECT_TRUE(result.problems.empty()) << Join(result.problems);
  fmt::print(
      "fault B4 process: injected={} writes to a full disk; RESOURCE_EXHAUSTED {} times, acknowledged meanwhile={}, "
      "the "
      "next receipt {} ms after there was room; then a power cut; {} receipts, problems={}\n",
      CountRecords(intake.disk_log())[DiskRecord::kFull], shed, while_full, absl::ToInt64Milliseconds(until_first),
      result.counts.receipts, result.problems.size());
}

}  // namespace
}  // namespace jixiao::faults
