// The real intake on a bad disk: dies at every write and flush of a commit and in
// a checkpoint, flushes that keep failing, a frozen and a slow disk.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <random>
#include <thread>

#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "common/testing/wait_until.h"
#include "faults/filing_load.h"
#include "faults/intake_process.h"
#include "faults/power_cut.h"

namespace jixiao::faults {
namespace {

using intake::testing::Ledger;
using intake::testing::ReadLedger;
using ::jixiao::testing::WaitUntil;

constexpr int kExitOfAFailedDisk = 74;

uint64_t Seed() {
  const char* given = std::getenv("JIXIAO_FAULT_SEED");
  return given != nullptr ? std::stoull(given) : std::random_device{}();
}

void Touch(const std::string& path) { std::ofstream(path) << "1"; }

// One client, which files `submissions` one after the other.
class OneClient {
 public:
  OneClient(const IntakeProcess& intake, Ledger& ledger, const std::string& prefix, int submissions)
      : load_({.servers = {intake.address()},
               .tokens = {intake.Token()},
               .clients = 1,
               .submissions = submissions,
               .versions = 1,
               .prefix = prefix},
              ledger),
        thread_([this] {
          load_.Run(is_stopping_);
          is_done_ = true;
        }) {}
  ~OneClient() { thread_.join(); }

  // It files on until what it began is answered.
  void Stop() { is_stopping_ = true; }
  bool is_done() const { return is_done_; }
  const LoadCounts& counts() const { return load_.counts(); }

 private:
  FilingLoad load_;
  std::atomic<bool> is_stopping_{false};
  std::atomic<bool> is_done_{false};
  std::thread thread_;
};

// Kills intake at one point after the other; its client goes on with the next one.
class DeathPoints {
 public:
  explicit DeathPoints(uint64_t seed) : random_(seed), ledger_(intake_.File("ledger")) {}

  // How many changes and flushes of `file` one filing makes until it is answered.
  int CountSteps(const std::string& file) {
    Begin(fmt::format("before:{}:1000000", file));
    const auto steps = [&] { return StepsOf(file); };
    const int before = steps();
    { OneClient client(intake_, ledger_, NextPrefix(), 1); }
    const int after = steps();
    intake_.Kill();
    return after - before;
  }

  // True if the process died there. `submissions` are filed to get there.
  bool DieAt(const std::string& point, int submissions, bool with_power_cut) {
    Begin(point);
    client_ = std::make_unique<OneClient>(intake_, ledger_, NextPrefix(), submissions);
    const bool has_died = WaitUntil(
        [&] { return intake_.process().WaitForExit(absl::ZeroDuration()).has_value() || client_->is_done(); });
    EXPECT_TRUE(has_died);
    client_->Stop();
    if (client_->is_done()) intake_.Kill();
    const int killed = CountRecords(intake_.disk_log())[DiskRecord::kKilled];
    deaths_ += killed;
    if (with_power_cut) {
      const PowerCut cut = CutPower(intake_.disk_log(), random_());
      lost_writes_ += cut.lost + cut.torn;
    }
    return killed > 0;
  }

  // The last client gets its answer from a sound disk.
  CheckResult Finish() {
    unlink(armed().c_str());
    intake_.SetFaults({});
    intake_.Start();
    client_.reset();
    const auto records = ReadLedger(intake_.File("ledger"));
    EXPECT_TRUE(records.Unknown().empty());
    CheckResult result = intake_.VerifyByApi(records);
    EXPECT_EQ(intake_.Stop(), 0);
    return result;
  }

  int deaths() const { return deaths_; }
  int lost_writes() const { return lost_writes_; }

 private:
  std::string armed() const { return intake_.File("armed"); }
  std::string NextPrefix() { return fmt::format("D{}", ++clients_); }

  int StepsOf(const std::string& file) const {
    int steps = 0;
    for (const auto& [path, count] : CountStepsByFile(intake_.disk_log())) {
      if (path.ends_with(file)) steps += count;
    }
    return steps;
  }

  // Serves; from now on steps are counted.
  void Begin(const std::string& point) {
    unlink(armed().c_str());
    unlink(intake_.disk_log().c_str());
    intake_.SetFaults({"FAULTY_DISK_KILL=" + point, "FAULTY_DISK_ARMED=" + armed()});
    intake_.Start();
    client_.reset();  // it files until it is answered
    Touch(armed());
  }

  std::mt19937_64 random_;
  IntakeProcess intake_;
  Ledger ledger_;
  std::unique_ptr<OneClient> client_;
  int clients_ = 0;
  int deaths_ = 0;
  int lost_writes_ = 0;
};

TEST(IntakeDisk, LosesNothingWhereverACommitIsCutOff) {
  const uint64_t seed = Seed();
  DeathPoints points(seed);
  const int steps = points.CountSteps("-wal");
  ASSERT_GT(steps, 2);
  int covered = 0;
  // Before the first write nothing of the filing is on disk; after the last flush
  // all of it is, and its client was not told.
  for (int step = 1; step <= steps; ++step)
    covered += points.DieAt(fmt::format("before:-wal:{}", step), 1, step % 2 == 0);
  for (int step = steps - 1; step <= steps + 1; ++step)
    covered += points.DieAt(fmt::format("after:-wal:{}", step), 1, false);
  EXPECT_EQ(covered, steps + 3);

  const CheckResult result = points.Finish();
  EXPECT_TRUE(result.problems.empty()) << Join(result.problems);
  EXPECT_GT(points.lost_writes(), 0);
  fmt::print(
      "fault A2 commit: injected={} deaths at {} of {} points, every second one with the power ({} writes lost or "
      "torn); seed {}: {} receipts, problems={}\n",
      points.deaths(), covered, steps + 3, points.lost_writes(), seed, result.counts.receipts, result.problems.size());
}

TEST(IntakeDisk, LosesNothingWhereverACheckpointIsCutOff) {
  const uint64_t seed = Seed();
  DeathPoints points(seed);
  int covered = 0, tried = 0;
  for (const int step : {1, 8, 144}) {
    for (const bool with_power_cut : {false, true}) {
      ++tried;
      covered += points.DieAt(fmt::format("before:intake.db:{}", step), 2000, with_power_cut) ? 1 : 0;
    }
  }
  EXPECT_EQ(covered, tried) << "no checkpoint was under way";

  const CheckResult result = points.Finish();
  EXPECT_TRUE(result.problems.empty()) << Join(result.problems);
  fmt::print(
      "fault A2 checkpoint: injected={} deaths at {} of {} points, half of them with the power ({} writes lost or "
      "torn); seed {}: {} "
      "receipts, problems={}\n",
      points.deaths(), covered, tried, points.lost_writes(), seed, result.counts.receipts, result.problems.size());
}

TEST(IntakeDisk, AcknowledgesNothingWhileFlushesKeepFailing) {
  IntakeProcess intake;
  const std::string failing = intake.File("failing");
  intake.SetFaults({"FAULTY_DISK_SYNC_FAILS=" + failing});
  intake.Start();
  Ledger ledger(intake.File("ledger"));
  FilingLoad load({.servers = {intake.address()}, .tokens = {intake.Token()}, .submissions = 1'000'000}, ledger);
  std::atomic<bool> is_stopping{false};
  std::thread filing([&] { load.Run(is_stopping); });
  ASSERT_TRUE(WaitUntil([&] { return load.counts().accepted > 20; }));

  Touch(failing);
  const absl::Time begin = absl::Now();
  EXPECT_EQ(intake.process().WaitForExit(), kExitOfAFailedDisk);
  const absl::Duration until_gone = absl::Now() - begin;
  EXPECT_LT(until_gone, absl::Seconds(5));
  const int acknowledged = load.counts().accepted;
  constexpr int kRestarts = 3;
  for (int i = 0; i < kRestarts; ++i) {  // as a supervisor would
    intake.Launch();
    EXPECT_NE(intake.process().WaitForExit().value_or(0), 0) << intake.process().Output();
  }
  // What came at the same moment as the failure was flushed before it.
  const int answered_late = load.counts().accepted - acknowledged;
  EXPECT_LE(answered_late, 4);
  const int failed_flushes = CountRecords(intake.disk_log())[DiskRecord::kFailedSync];
  EXPECT_GT(failed_flushes, kRestarts);
  CutPower(intake.disk_log(), 3);
  unlink(failing.c_str());
  intake.SetFaults({});
  intake.Start();
  const int before = load.counts().accepted;
  EXPECT_TRUE(WaitUntil([&] { return load.counts().accepted > before; }));
  is_stopping = true;
  filing.join();

  const CheckResult result = intake.VerifyByApi(ReadLedger(intake.File("ledger")));
  EXPECT_TRUE(result.problems.empty()) << Join(result.problems);
  fmt::print(
      "fault B3: injected={} failed flushes over {} starts; gone after {} ms, acknowledged meanwhile={} (flushed "
      "before); {} receipts, "
      "problems={}\n",
      failed_flushes, kRestarts + 1, absl::ToInt64Milliseconds(until_gone), answered_late, result.counts.receipts,
      result.problems.size());
}

// Many requests at one time, each sent once.
struct Burst {
  std::atomic<int> answered{0};
  std::atomic<int> accepted{0};
  std::atomic<int> shed{0};
  std::atomic<int> expired{0};

  void Send(const IntakeProcess& intake, Ledger& ledger, int count, absl::Duration timeout) {
    channel_ = MakeChannel(intake.address(), {}, intake.Token());
    for (int i = 0; i < count; ++i) {
      const Request request =
          MakeRequest(fmt::format("burst-{:05}", i), fmt::format("B{}", i), "报告", std::nullopt, {});
      ledger.WriteIntent(request.id, request.digest);
      CallRawAsync(channel_, "/jixiao.intake.v1.IntakeService/SubmitReport", request.bytes,
                   {.deadline = absl::Now() + timeout, .trace_id = ""},
                   [this](const absl::StatusOr<std::string>& answer) {
                     if (answer.ok()) ++accepted;
                     if (answer.status().code() == absl::StatusCode::kResourceExhausted) ++shed;
                     if (answer.status().code() == absl::StatusCode::kDeadlineExceeded) ++expired;
                     ++answered;
                   });
    }
  }

 private:
  std::shared_ptr<grpc::Channel> channel_;
};

TEST(IntakeDisk, ShutsItsDoorWhileTheDiskIsFrozenAndDropsWhatExpired) {
  constexpr int kRequests = 400;
  IntakeProcess intake;
  const std::string frozen = intake.File("frozen");
  intake.SetFaults({"FAULTY_DISK_FROZEN=" + frozen});
  intake.Start();
  Ledger ledger(intake.File("ledger"));
  { OneClient client(intake, ledger, "before", 5); }

  Touch(frozen);
  const absl::Time begin = absl::Now();
  Burst burst;
  burst.Send(intake, ledger, kRequests, absl::Seconds(2));
  EXPECT_TRUE(WaitUntil([&] { return intake.Health() == 2; }));
  const absl::Duration until_not_serving = absl::Now() - begin;
  EXPECT_LT(until_not_serving, absl::Seconds(5));
  EXPECT_TRUE(WaitUntil([&] { return burst.answered == kRequests; }));
  EXPECT_EQ(burst.accepted, 0);
  EXPECT_GT(burst.shed, 0) << "the door stayed open";
  EXPECT_GT(burst.expired, 0);

  unlink(frozen.c_str());
  const absl::Time thaw = absl::Now();
  EXPECT_TRUE(WaitUntil([&] { return intake.Health() == 1; }));
  const absl::Duration until_serving = absl::Now() - thaw;
  { OneClient client(intake, ledger, "after", 5); }
  const int freezes = CountRecords(intake.disk_log())[DiskRecord::kFrozen];
  EXPECT_GT(freezes, 0);
  const CheckResult result = intake.VerifyByApi(ReadLedger(intake.File("ledger")));
  EXPECT_TRUE(result.problems.empty()) << Join(result.problems);
  // Those whose commit hung: they were carried out before their time was up.
  EXPECT_LE(result.counts.unknown_stored, 16);
  fmt::print(
      "fault B7: injected={} hanging writes, {} requests; NOT_SERVING after {} ms, shed={} expired={} accepted=0; "
      "serving {} ms after "
      "the thaw, carried out of the expired: {}; problems={}\n",
      freezes, kRequests, absl::ToInt64Milliseconds(until_not_serving), burst.shed.load(), burst.expired.load(),
      absl::ToInt64Milliseconds(until_serving), result.counts.unknown_stored, result.problems.size());
}

TEST(IntakeDisk, CommitsInGroupsOnASlowDisk) {
  IntakeProcess intake;
  intake.SetFaults({"FAULTY_DISK_SYNC_US=200000"});
  intake.Start();
  Ledger ledger(intake.File("ledger"));
  FilingLoad load({.servers = {intake.address()},
                   .tokens = {intake.Token()},
                   .clients = 64,
                   .submissions = 6,
                   .versions = 1,
                   .call_timeout = absl::Seconds(10)},
                  ledger);
  const absl::Time begin = absl::Now();
  load.Run();
  const double seconds = absl::ToDoubleSeconds(absl::Now() - begin);
  const int flushes = CountRecords(intake.disk_log())[DiskRecord::kSync];

  const double per_second = load.counts().accepted / seconds;
  EXPECT_EQ(load.counts().accepted, 64 * 6);
  EXPECT_GE(per_second, 120);
  EXPECT_GT(flushes, 0);
  const CheckResult result = intake.VerifyByApi(ReadLedger(intake.File("ledger")));
  EXPECT_TRUE(result.problems.empty()) << Join(result.problems);
  fmt::print("fault B8: injected={} flushes of 200 ms; {} receipts, {:.0f} a second; problems={}\n", flushes,
             load.counts().accepted.load(), per_second, result.problems.size());
}

}  // namespace
}  // namespace jixiao::faults
