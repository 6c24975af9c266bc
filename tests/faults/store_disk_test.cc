// The embedded store on a bad disk: power cuts, failed flushes, a full disk, a
// frozen disk. Each test proves that its fault happened, and bugs planted on
// purpose have to be caught.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <random>
#include <thread>

#include "common/testing/child_process.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "common/testing/wait_until.h"
#include "faults/intake_ledger.h"
#include "faults/ledger_check.h"
#include "faults/power_cut.h"
#include "intake/adapters/sqlite/sqlite_submission_store.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/testing/report_builder.h"

namespace jixiao::faults {
namespace {

using intake::SqliteStoreOptions;
using intake::SqliteSubmissionStore;
using intake::testing::Ledger;
using intake::testing::ReadLedger;
using intake::testing::ReadReceipts;
using ::jixiao::testing::BinaryPath;
using ::jixiao::testing::ChildProcess;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::TempDir;
using ::jixiao::testing::WaitUntil;

constexpr int kWriters = 4;
constexpr int kExitIoError = 74;

// 20 in everyday tests; the figure for a release is 200.
int CutCount() {
  const char* given = std::getenv("JIXIAO_POWER_CUTS");
  return given != nullptr ? std::atoi(given) : 20;
}

uint64_t Seed() {
  const char* given = std::getenv("JIXIAO_FAULT_SEED");
  return given != nullptr ? std::stoull(given) : std::random_device{}();
}

void FileReports(SqliteSubmissionStore& store, Ledger& ledger, int writer) {
  for (int i = 0;; ++i) {
    const auto filing = intake::testing::AFiling(fmt::format("request-{}-{}", writer, i), fmt::format("第{}次", i),
                                                 intake::testing::AKey(fmt::format("W{}U{}", writer, i / 3)));
    const absl::Status status = WriteAndWait(store, [&filing](intake::SubmissionTransaction& transaction) {
      return FileReport(transaction, filing).status();
    });
    if (!status.ok()) {
      fmt::print("refused {}\n", static_cast<int>(status.code()));
      std::fflush(stdout);
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      --i;
      continue;
    }
    ledger.WriteReceipt(filing.request_id, {FormatVersionName({filing.key, i % 3 + 1}), filing.report_digest});
  }
}

// Run by the tests below as a process of its own on the bad disk.
TEST(StoreDisk, DISABLED_FilesUntilItEnds) {
  const std::string home = std::getenv("JIXIAO_FAULT_HOME");
  SqliteStoreOptions options;
  options.path = home + "/store/intake.db";
  const auto store = SqliteSubmissionStore::Open(options);
  ASSERT_THAT(store, IsOk());
  Ledger ledger(home + "/ledger");
  std::vector<std::thread> writers;
  for (int i = 0; i < kWriters; ++i) writers.emplace_back([&, i] { FileReports(**store, ledger, i); });
  for (std::thread& writer : writers) writer.join();
}

// A store on a bad disk, its clients' ledger, and what the disk did.
class Victim {
 public:
  explicit Victim(std::vector<std::string> faults = {}) : faults_(std::move(faults)) {
    mkdir((home_.path() + "/store").c_str(), 0700);
  }

  void Start() {
    char self[4096];
    const ssize_t size = readlink("/proc/self/exe", self, sizeof(self));
    std::vector<std::string> argv = {"/usr/bin/env", "LD_PRELOAD=" + BinaryPath("libfaulty-disk.so"),
                                     "JIXIAO_FAULT_HOME=" + home_.path(), "FAULTY_DISK_DIR=" + home_.path() + "/store",
                                     "FAULTY_DISK_LOG=" + log()};
    argv.insert(argv.end(), faults_.begin(), faults_.end());
    argv.insert(argv.end(), {std::string(self, static_cast<size_t>(size)), "--gtest_also_run_disabled_tests",
                             "--gtest_filter=StoreDisk.DISABLED_FilesUntilItEnds"});
    process_ = std::make_unique<ChildProcess>(std::move(argv));
  }

  void KillAfter(size_t receipts) {
    EXPECT_TRUE(WaitUntil([&] { return receipt_count() >= receipts; })) << process_->Output();
    process_->Signal(SIGKILL);
    process_->WaitForExit();
  }

  // What the store says about the receipts after a restart on a good disk.
  std::vector<std::string> Problems() const {
    SqliteStoreOptions options;
    options.path = home_.path() + "/store/intake.db";
    const auto store = SqliteSubmissionStore::Open(options);
    if (!store.ok()) return {"does not open: " + std::string(store.status().message())};
    return ProblemsWith(**store, ReadLedger(home_.File("ledger")));
  }

  size_t receipt_count() const { return ReadReceipts(home_.File("ledger")).size(); }
  std::string log() const { return home_.File("disk.log"); }
  std::string File(const std::string& name) const { return home_.File(name); }
  ChildProcess& process() { return *process_; }
  std::map<DiskRecord::Kind, int> Counts() const { return CountRecords(log()); }

 private:
  const TempDir home_;
  const std::vector<std::string> faults_;
  std::unique_ptr<ChildProcess> process_;
};

TEST(StoreDisk, LosesNothingAcknowledgedInAPowerCut) {
  const uint64_t seed = Seed();
  std::mt19937_64 random(seed);
  PowerCut sum;
  size_t receipts = 0;
  int harmful = 0;
  for (int i = 0; i < CutCount(); ++i) {
    Victim victim;
    victim.Start();
    victim.KillAfter(1 + random() % 60);
    const PowerCut cut = CutPower(victim.log(), random());
    sum.unflushed += cut.unflushed;
    sum.lost += cut.lost;
    sum.torn += cut.torn;
    harmful += cut.lost + cut.torn > 0 ? 1 : 0;
    receipts += victim.receipt_count();
    const auto problems = victim.Problems();
    EXPECT_TRUE(problems.empty()) << "seed " << seed << ", cut " << i << ":\n" << Join(problems);
  }
  EXPECT_GT(harmful, 0) << "no cut took anything: this run proves nothing";
  fmt::print(
      "fault B1: injected={} power cuts, {} with losses; seed {}: {} receipts; {} writes not flushed, {} lost, {} "
      "torn\n",
      CutCount(), harmful, seed, receipts, sum.unflushed, sum.lost, sum.torn);
}

TEST(StoreDisk, PowerCutsCatchAStoreThatFlushesTooSeldom) {
  std::mt19937_64 random(Seed());
  constexpr int kMost = 20;
  for (int i = 0; i < kMost; ++i) {
    Victim victim({"FAULTY_DISK_PLANT=synchronous_normal"});
    victim.Start();
    victim.KillAfter(30);
    ASSERT_GT(victim.Counts()[DiskRecord::kPlanted], 0) << "the bug was not planted";
    CutPower(victim.log(), random());
    if (victim.Problems().empty()) continue;
    fmt::print("planted: synchronous=NORMAL caught by cut {}\n", i + 1);
    return;
  }
  FAIL() << "synchronous=NORMAL survived " << kMost << " power cuts";
}

TEST(StoreDisk, RefusesToOpenWithoutFullFlushes) {
  Victim victim({"FAULTY_DISK_PLANT=lying_pragma"});
  victim.Start();

  EXPECT_EQ(victim.process().WaitForExit(), 1);
  EXPECT_NE(victim.process().Output().find("PRAGMA synchronous is '1' and has to be '2'"), std::string::npos)
      << victim.process().Output();
}

// SQLite goes on when it cannot flush the folder of its files.
TEST(StoreDisk, RefusesToOpenInAFolderThatCannotBeFlushed) {
  Victim victim({"FAULTY_DISK_FOLDER_SYNC_FAILS=1"});
  victim.Start();

  EXPECT_EQ(victim.process().WaitForExit(), 1);
  EXPECT_NE(victim.process().Output().find("cannot flush the folder"), std::string::npos) << victim.process().Output();
  EXPECT_GT(victim.Counts()[DiskRecord::kFailedSync], 0);
  EXPECT_EQ(victim.receipt_count(), 0u);
}

TEST(StoreDisk, EndsAtTheFirstFailedFlushWhereverItFails) {
  const int places = CutCount() >= 200 ? 50 : 24;
  int injected = 0;
  for (int number = 1; number <= places; ++number) {
    Victim victim({fmt::format("FAULTY_DISK_FAIL_SYNC={}", number)});
    victim.Start();
    const auto exit_code = victim.process().WaitForExit();
    // Before it serves it may say so and end in any way.
    if (victim.receipt_count() > 0) {
      EXPECT_EQ(exit_code, kExitIoError) << number << victim.process().Output();
    } else {
      EXPECT_NE(exit_code.value_or(0), 0) << number;
    }
    injected += victim.Counts()[DiskRecord::kFailedSync];
    // The kernel may have dropped what the flush was for.
    CutPower(victim.log(), static_cast<uint64_t>(number));
    const auto problems = victim.Problems();
    EXPECT_TRUE(problems.empty()) << "flush " << number << ":\n" << Join(problems);
  }
  EXPECT_EQ(injected, places);
  fmt::print(
      "fault B2: injected={} failed flushes, one at each of {} places; the process ended each time, acknowledged "
      "afterwards=0\n",
      injected, places);
}

TEST(StoreDisk, RefusesWhileTheDiskIsFullAndGoesOnWhenItIsNot) {
  const TempDir signs;
  Victim victim({"FAULTY_DISK_FULL=" + signs.File("full")});
  victim.Start();
  ASSERT_TRUE(WaitUntil([&] { return victim.receipt_count() > 20; })) << victim.process().Output();

  std::ofstream(signs.File("full")) << "1";
  ASSERT_TRUE(WaitUntil([&] { return victim.process().Output().find("refused 8") != std::string::npos; }))
      << victim.process().Output();
  const size_t while_full = victim.receipt_count();
  unlink(signs.File("full").c_str());
  EXPECT_TRUE(WaitUntil([&] { return victim.receipt_count() > while_full + 20; })) << victim.process().Output();

  victim.process().Signal(SIGKILL);
  victim.process().WaitForExit();
  CutPower(victim.log(), 1);
  const auto problems = victim.Problems();
  EXPECT_TRUE(problems.empty()) << Join(problems);
  EXPECT_GT(victim.Counts()[DiskRecord::kFull], 0);
  fmt::print("fault B4: injected={} writes to a full disk; refused, and went on afterwards\n",
             victim.Counts()[DiskRecord::kFull]);
}

TEST(StoreDisk, AcknowledgesNothingWhileTheDiskIsFrozen) {
  const TempDir signs;
  Victim victim({"FAULTY_DISK_FROZEN=" + signs.File("frozen")});
  victim.Start();
  ASSERT_TRUE(WaitUntil([&] { return victim.receipt_count() > 20; })) << victim.process().Output();

  std::ofstream(signs.File("frozen")) << "1";
  ASSERT_TRUE(WaitUntil([&] { return victim.Counts()[DiskRecord::kFrozen] > 0; }));
  const size_t at_first = victim.receipt_count();
  absl::SleepFor(absl::Milliseconds(300));
  // Answers that were on their way when it froze may have come.
  EXPECT_LE(victim.receipt_count(), at_first + kWriters);
  unlink(signs.File("frozen").c_str());
  EXPECT_TRUE(WaitUntil([&] { return victim.receipt_count() > at_first + 20; }));

  victim.KillAfter(1);
  CutPower(victim.log(), 2);
  const auto problems = victim.Problems();
  EXPECT_TRUE(problems.empty()) << Join(problems);
}

}  // namespace
}  // namespace jixiao::faults
