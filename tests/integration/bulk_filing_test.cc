// Files a large file of reports with the real command line and the real intake,
// both killed again and again, and counts what came of it.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <random>
#include <set>

#include "absl/time/clock.h"
#include "common/testing/child_process.h"
#include "common/testing/cutting_proxy.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "common/testing/test_identities.h"
#include "common/testing/wait_until.h"
#include "faults/intake_ledger.h"
#include "faults/ledger_check.h"
#include "google/protobuf/util/delimited_message_util.h"
#include "intake/adapters/sqlite/sqlite_submission_store.h"
#include "intake/testing/report_builder.h"

namespace jixiao::intake::testing {
namespace {

using ::jixiao::testing::AcceptsConnections;
using ::jixiao::testing::BinaryPath;
using ::jixiao::testing::ChildProcess;
using ::jixiao::testing::FreePort;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::ReadFile;
using ::jixiao::testing::SourcePath;
using ::jixiao::testing::TempDir;
using ::jixiao::testing::WaitUntil;

constexpr int kCuts = 10;

// 3,000 in everyday tests; the figure for a release is 50,000.
int ReportCount() {
  const char* given = std::getenv("JIXIAO_BULK_REPORTS");
  return given != nullptr ? std::atoi(given) : 3000;
}

uint64_t Seed() {
  const char* given = std::getenv("JIXIAO_FAULT_SEED");
  return given != nullptr ? std::stoull(given) : std::random_device{}();
}

// Larger than what a connection costs besides, so that bytes count reports.
void Pad(report::v1::Report& report) {
  report::v1::Section& section = *report.mutable_content()->add_sections();
  section.set_role(report::v1::SECTION_ROLE_PERFORMANCE);
  std::string text;
  for (int i = 0; i < 200; ++i) text += "组织培训，按期完成。";
  section.add_paragraphs()->set_text(text);
}

void WriteReports(const std::string& path, int count) {
  std::ofstream out(path, std::ios::binary);
  for (int i = 0; i < count; ++i) {
    report::v1::Report report = AReport(fmt::format("第{}份", i));
    report.mutable_content()->mutable_unit()->set_code(fmt::format("U{}", i));
    Pad(report);
    ASSERT_TRUE(google::protobuf::util::SerializeDelimitedToOstream(report, &out));
  }
}

int64_t PaddedBytes() {
  report::v1::Report report = AReport();
  Pad(report);
  return static_cast<int64_t>(report.ByteSizeLong());
}

// Lines with an answer, whole ones.
int AnsweredIn(const std::string& log) {
  int count = 0;
  const std::string text = ReadFile(log);
  for (size_t at = text.find("\t.\n"); at != std::string::npos; at = text.find("\t.\n", at + 1)) ++count;
  return count;
}

class Filing {
 public:
  explicit Filing(int count) : port_(FreePort()), report_bytes_(PaddedBytes()) {
    WriteReports(home_.File("reports"), count);
    proxy_.LetPass(0);
    StartIntake();
    StartCli();
  }

  // Lets the client send what `wanted` answers need and a little more, so that it
  // cannot be done however fast it is, and waits for them. Some of it may be spent on
  // what is sent again: where no answer comes, a few reports more may pass.
  bool AwaitAnswers(int wanted) {
    constexpr int64_t kBytesOfAConnection = 32 << 10;
    int answered = AnsweredIn(log());
    proxy_.LetPass(kBytesOfAConnection + std::max(wanted - answered, 0) * report_bytes_);
    absl::Time progress_time = absl::Now();
    return WaitUntil(
        [&] {
          const int now_answered = AnsweredIn(log());
          if (now_answered > answered) {
            answered = now_answered;
            progress_time = absl::Now();
          } else if (absl::Now() - progress_time > absl::Milliseconds(500)) {
            proxy_.LetPassMore(4 * report_bytes_);
            progress_time = absl::Now();
          }
          return answered >= wanted;
        },
        absl::Seconds(120));
  }
  void LetAllPass() { proxy_.LetPass(std::numeric_limits<int64_t>::max()); }

  void StartIntake() {
    std::vector<std::string> argv = {
        BinaryPath("jixiao-intake"),
        "--store=sqlite:" + home_.File("intake.db"),
        fmt::format("--listen=127.0.0.1:{}", port_),
        "--metrics_listen=none",
        "--scoring=127.0.0.1:1",
        "--publish=127.0.0.1:1",
        "--drain_pause=0s",
        "--seasons=optional",
        "--calendar=" + ::jixiao::testing::SourcePath("rulesets/calendar/working_days.textproto"),
        "--rulesets=" + ::jixiao::testing::SourcePath("rulesets")};
    const std::vector<std::string> flags = identities_.Flags();
    argv.insert(argv.end(), flags.begin(), flags.end());
    intake_ = std::make_unique<ChildProcess>(std::move(argv));
    ASSERT_TRUE(WaitUntil([this] { return AcceptsConnections(port_); })) << intake_->Output();
  }
  void StartCli() {
    cli_ = std::make_unique<ChildProcess>(std::vector<std::string>{
        BinaryPath("jixiao"), "submit-many", home_.File("reports"), "--server",
        fmt::format("127.0.0.1:{}", proxy_.port()), "--log", log(), "--token-file", token_file_});
  }
  void KillIntake() {
    intake_->Signal(SIGKILL);
    intake_->WaitForExit();
    StartIntake();
  }
  void KillCli() {
    cli_->Signal(SIGKILL);
    cli_->WaitForExit();
    StartCli();
  }
  std::string log() const { return home_.File("results"); }
  ChildProcess& cli() { return *cli_; }
  int StopIntake() {
    intake_->Signal(SIGTERM);
    return intake_->WaitForExit().value_or(-1);
  }
  std::string store() const { return home_.File("intake.db"); }

 private:
  const TempDir home_;
  const ::jixiao::testing::TestIdentities identities_;
  const std::string token_file_ = identities_.TokenFile("system/budget");
  const int port_;
  const int64_t report_bytes_;
  ::jixiao::testing::CuttingProxy proxy_{port_};
  std::unique_ptr<ChildProcess> intake_;
  std::unique_ptr<ChildProcess> cli_;
};

TEST(BulkFilingTest, LosesAndDoublesNothingHoweverOftenItIsCut) {
  const uint64_t seed = Seed();
  std::mt19937_64 random(seed);
  const int count = ReportCount();
  Filing filing(count);
  int cuts_at_work = 0;
  for (int cut = 1; cut <= kCuts; ++cut) {
    // Somewhere within its tenth of the work.
    const int wanted = count * (cut - 1) / kCuts + 1 + static_cast<int>(random() % static_cast<uint64_t>(count / 20));
    ASSERT_TRUE(filing.AwaitAnswers(wanted)) << filing.cli().Output();
    cuts_at_work += AnsweredIn(filing.log()) < count ? 1 : 0;
    cut % 2 == 0 ? filing.KillCli() : filing.KillIntake();
  }
  filing.LetAllPass();
  EXPECT_EQ(filing.cli().WaitForExit(absl::Seconds(300)), 0) << filing.cli().Output();
  EXPECT_EQ(filing.StopIntake(), 0);
  EXPECT_EQ(cuts_at_work, kCuts) << "the proxy let more pass than it was told";

  const auto store = SqliteSubmissionStore::Open({.path = filing.store(), .vfs = {}});
  ASSERT_THAT(store, IsOk());
  const auto problems = faults::ProblemsWith(**store, {});
  EXPECT_TRUE(problems.empty()) << faults::Join(problems);
  const auto submissions = AllSubmissions(**store);
  EXPECT_EQ(submissions.size(), static_cast<size_t>(count));
  for (const SubmissionRecord& record : submissions) {
    ASSERT_EQ(record.submission.current_version(), 1) << record.submission.name();
  }
  fmt::print("seed {}: {} reports, {} cuts, {} stored; {}", seed, count, cuts_at_work, submissions.size(),
             filing.cli().Output());
}

}  // namespace
}  // namespace jixiao::intake::testing
