// Kills the real intake with SIGKILL under load, again and again, and holds what
// it kept against what its clients wrote down.
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <random>
#include <thread>

#include "common/testing/child_process.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "common/testing/wait_until.h"
#include "faults/filing_load.h"
#include "faults/intake_ledger.h"
#include "faults/intake_peers.h"
#include "faults/intake_process.h"
#include "faults/ledger_check.h"
#include "intake/adapters/sqlite/sqlite_submission_store.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/in_memory_submission_store.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake::testing {
namespace {

using faults::FilingLoad;
using faults::IntakeProcess;
using faults::Join;
using faults::ProblemsWith;
using ::jixiao::testing::ChildProcess;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::TempDir;
using ::jixiao::testing::WaitUntil;

constexpr int kKills = 20;

uint64_t Seed() {
  const char* given = std::getenv("JIXIAO_CRASH_SEED");
  return given != nullptr ? std::stoull(given) : std::random_device{}();
}

bool IsAllPublished(const std::string& path) {
  const auto reader = SqliteReader::Open(path, "");
  if (!reader.ok()) return false;
  const auto statistics = Look(**reader, &SubmissionReads::Statistics);
  return statistics.ok() && statistics->backlogs.empty();
}

void ExpectScoredAndPublishedOnce(SubmissionStore& store, const IntakePeers& peers) {
  const auto scored = CountEvents(store, v1::SubmissionEvent::ACTION_SCORED);
  const auto published = CountEvents(store, v1::SubmissionEvent::ACTION_PUBLISHED);
  for (const SubmissionRecord& record : AllSubmissions(store)) {
    const std::string name = FormatVersionName({record.key, record.submission.current_version()});
    EXPECT_EQ(record.submission.state(), v1::Submission::STATE_PUBLISHED) << name;
    EXPECT_EQ(scored.contains(name) ? scored.at(name) : 0, 1) << name;
    EXPECT_EQ(published.contains(name) ? published.at(name) : 0, 1) << name;
  }
  const auto disclosures = peers.Disclosures();
  EXPECT_EQ(disclosures.size(), published.size());
  for (const auto& [name, digest] : disclosures) {
    EXPECT_TRUE(published.contains(name)) << name << " is public without an event";
    const auto version = Look(store, &SubmissionReads::FindVersion, *ParseVersionName(name, "name"));
    ASSERT_THAT(version, IsOk());
    EXPECT_EQ(version->version.receipt().report_digest(), digest);
  }
}

TEST(IntakeCrashTest, KeepsEveryAcknowledgedReportOverTwentyKills) {
  const uint64_t seed = Seed();
  std::mt19937_64 random(seed);
  const IntakePeers peers;
  IntakeProcess intake({.store = {},
                        .scoring = peers.scoring_address(),
                        .publish = peers.publish_address(),
                        .flags = {"--auto_approve=true"}});
  Ledger ledger(intake.File("ledger"));
  intake.Start();
  // A version may have to wait until the one before is public: then no other follows.
  FilingLoad load({.servers = {intake.address()}, .tokens = {intake.Token()}, .submissions = 1'000'000, .versions = 2},
                  ledger);
  std::atomic<bool> is_stopping{false};
  std::thread filing([&] { load.Run(is_stopping); });

  int hits = 0;
  for (int i = 0; i < kKills; ++i) {
    const int answered = load.counts().accepted;
    ASSERT_TRUE(WaitUntil([&] { return load.counts().accepted > answered; })) << "no answer after restart " << i;
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 300'000));
    if (load.counts().in_flight > 0) ++hits;
    intake.Kill();
    intake.Start();
  }
  is_stopping = true;
  filing.join();
  EXPECT_TRUE(WaitUntil([&] { return IsAllPublished(intake.store_path()); }, absl::Seconds(20)));
  const LedgerRecords records = ReadLedger(intake.File("ledger"));
  const faults::CheckResult by_api = intake.VerifyByApi(records);
  EXPECT_TRUE(by_api.problems.empty()) << Join(by_api.problems);
  EXPECT_EQ(intake.Stop(), 0);

  const auto store = SqliteSubmissionStore::Open({.path = intake.store_path(), .vfs = {}});
  ASSERT_THAT(store, IsOk());
  const auto problems = ProblemsWith(**store, records);
  EXPECT_TRUE(problems.empty()) << Join(problems);
  ExpectScoredAndPublishedOnce(**store, peers);
  EXPECT_GT(hits, 0) << "no kill met a request in flight: this run proves nothing";
  EXPECT_EQ(load.counts().unknown, 0) << load.last_refusal();
  fmt::print(
      "fault A1: injected={} kills, {} with requests in flight; seed {}: {} receipts, {} calls repeated, {} publish "
      "calls for {} disclosures, problems={}\n",
      kKills, hits, seed, records.receipts.size(), load.counts().repeated.load(), peers.publish_call_count(),
      peers.Disclosures().size(), problems.size() + by_api.problems.size());
}

TEST(IntakeCrashTest, RefusesASecondProcessOnTheSameStoreAndOnTheSamePort) {
  IntakeProcess intake;
  intake.Start();
  std::vector<std::string> on_store = intake.Arguments();
  on_store.push_back("--listen=127.0.0.1:0");
  std::vector<std::string> on_port = intake.Arguments();
  on_port.push_back("--store=sqlite:" + intake.File("other.db"));

  ChildProcess second(on_store);
  ChildProcess third(on_port);

  EXPECT_EQ(second.WaitForExit(), 1);
  EXPECT_NE(second.Output().find("another process uses the store"), std::string::npos) << second.Output();
  EXPECT_EQ(third.WaitForExit(), 1);
  EXPECT_NE(third.Output().find("another process has the port"), std::string::npos) << third.Output();
  EXPECT_EQ(intake.Health(), 1);
  EXPECT_EQ(intake.Stop(), 0);
  fmt::print("fault A10: injected=2 second starts, refused=2\n");
}

// The control: a store that answers before it commits has to be caught by the
// same checks.
class EarlyAnsweringStore : public InMemorySubmissionStore {
 public:
  explicit EarlyAnsweringStore(SubmissionStore& inner) : inner_(inner) {}

  using SubmissionStore::Write;
  void Write(WriteTopic, Work work, Done done) override {
    done(absl::OkStatus());
    waiting_.push_back(std::move(work));
    if (waiting_.size() < 10) return;
    for (Work& each : std::exchange(waiting_, {})) inner_.Write(std::move(each), [](const absl::Status&) {});
  }

 private:
  SubmissionStore& inner_;
  std::vector<Work> waiting_;
};

// Run by the tests below as a process of its own, which never ends by itself.
TEST(IntakeCrashControl, DISABLED_FilesUntilKilled) {
  const std::string home = std::getenv("JIXIAO_CRASH_HOME");
  const bool is_early = std::getenv("JIXIAO_CRASH_EARLY") != nullptr;
  SqliteStoreOptions options;
  options.path = home + "/intake.db";
  const auto real = SqliteSubmissionStore::Open(options);
  ASSERT_THAT(real, IsOk());
  EarlyAnsweringStore early(**real);
  SubmissionStore& store = is_early ? static_cast<SubmissionStore&>(early) : **real;
  Ledger ledger(home + "/ledger");
  for (int i = 0;; ++i) {
    const Filing filing = AFiling(fmt::format("request-{}", i), "报告", AKey(fmt::format("U{}", i)));
    ASSERT_THAT(WriteAndWait(store, [filing](SubmissionTransaction& t) { return FileReport(t, filing).status(); }),
                IsOk());
    ledger.WriteReceipt(filing.request_id, {FormatVersionName({filing.key, 1}), filing.report_digest});
  }
}

std::vector<std::string> ProblemsAfterAKill(bool is_early) {
  const TempDir home;
  setenv("JIXIAO_CRASH_HOME", home.path().c_str(), 1);
  if (is_early) {
    setenv("JIXIAO_CRASH_EARLY", "1", 1);
  } else {
    unsetenv("JIXIAO_CRASH_EARLY");
  }
  ChildProcess process({"/proc/self/exe", "--gtest_also_run_disabled_tests",
                        "--gtest_filter=IntakeCrashControl.DISABLED_FilesUntilKilled"});
  // Not a multiple of ten: the early one then has answers it did not commit.
  EXPECT_TRUE(WaitUntil([&] { return ReadReceipts(home.File("ledger")).size() > 25; })) << process.Output();
  process.Signal(SIGSTOP);
  for (size_t n = ReadReceipts(home.File("ledger")).size(); n % 10 == 0; n = ReadReceipts(home.File("ledger")).size()) {
    process.Signal(SIGCONT);
    EXPECT_TRUE(WaitUntil([&] { return ReadReceipts(home.File("ledger")).size() > n; }));
    process.Signal(SIGSTOP);
  }
  process.Signal(SIGKILL);
  process.WaitForExit();
  SqliteStoreOptions options;
  options.path = home.File("intake.db");
  const auto store = SqliteSubmissionStore::Open(options);
  EXPECT_THAT(store, IsOk());
  return ProblemsWith(**store, ReadLedger(home.File("ledger")));
}

TEST(IntakeCrashControl, FindsNothingWrongWithTheRealStore) {
  const auto problems = ProblemsAfterAKill(/*is_early=*/false);
  EXPECT_TRUE(problems.empty()) << Join(problems);
}

TEST(IntakeCrashControl, CatchesAStoreThatAnswersBeforeItCommits) {
  EXPECT_FALSE(ProblemsAfterAKill(/*is_early=*/true).empty());
}

}  // namespace
}  // namespace jixiao::intake::testing
