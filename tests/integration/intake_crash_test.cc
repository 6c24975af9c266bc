// Kills the real intake with SIGKILL under load, again and again, and holds what
// it kept against what its clients wrote down.
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <random>
#include <thread>

#include "common/base/digest.h"
#include "common/testing/child_process.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "common/testing/test_identities.h"
#include "common/testing/wait_until.h"
#include "intake/adapters/sqlite_submission_store.h"
#include "intake/core/submission_intake.h"
#include "intake/testing/in_memory_submission_store.h"
#include "intake/testing/report_builder.h"
#include "integration/intake_ledger.h"
#include "integration/intake_peers.h"
#include "jixiao/intake/v1/intake_service.grpc.pb.h"

namespace jixiao::intake::testing {
namespace {

using ::jixiao::testing::AcceptsConnections;
using ::jixiao::testing::BinaryPath;
using ::jixiao::testing::ChildProcess;
using ::jixiao::testing::FreePort;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::TempDir;
using ::jixiao::testing::WaitUntil;

constexpr int kKills = 20;
constexpr int kClients = 4;

uint64_t Seed() {
  const char* given = std::getenv("JIXIAO_CRASH_SEED");
  return given != nullptr ? std::stoull(given) : std::random_device{}();
}

std::string Join(const std::vector<std::string>& lines) {
  std::string text;
  for (size_t i = 0; i < lines.size() && i < 20; ++i) text += lines[i] + "\n";
  return text;
}

// The real binary on a store that stays, and peers that stay up.
class IntakeProcess {
 public:
  IntakeProcess(const std::string& store, const IntakePeers& peers)
      : store_(store), port_(FreePort()), scoring_(peers.scoring_address()), publish_(peers.publish_address()) {}

  void Start() {
    process_ = std::make_unique<ChildProcess>(
        WithIdentities({BinaryPath("jixiao-intake"), "--store=sqlite:" + store_,
                        "--listen=127.0.0.1:" + std::to_string(port_), "--metrics_listen=none", "--scoring=" + scoring_,
                        "--publish=" + publish_, "--auto_approve=true", "--drain_pause=0s", "--seasons=optional",
                        "--calendar=" + jixiao::testing::SourcePath("rulesets/calendar/working_days.textproto")}));
    ASSERT_TRUE(WaitUntil([this] { return AcceptsConnections(port_); })) << process_->Output();
  }
  void Kill() {
    process_->Signal(SIGKILL);
    process_->WaitForExit();
  }
  int Stop() {
    process_->Signal(SIGTERM);
    return process_->WaitForExit().value_or(-1);
  }
  std::shared_ptr<grpc::Channel> NewChannel() const {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 20);
    arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 20);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 100);
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(port_), grpc::InsecureChannelCredentials(),
                                     arguments);
  }
  std::vector<std::string> SecondStartArguments() const {
    return WithIdentities({BinaryPath("jixiao-intake"), "--store=sqlite:" + store_, "--listen=127.0.0.1:0",
                           "--metrics_listen=none",
                           "--calendar=" + jixiao::testing::SourcePath("rulesets/calendar/working_days.textproto")});
  }

  // Of a budget system.
  const std::string& token() const { return token_; }

 private:
  std::vector<std::string> WithIdentities(std::vector<std::string> argv) const {
    const std::vector<std::string> flags = identities_.Flags();
    argv.insert(argv.end(), flags.begin(), flags.end());
    return argv;
  }

  const ::jixiao::testing::TestIdentities identities_;
  const std::string token_ = identities_.Token("system/budget");
  const std::string store_;
  const int port_;
  const std::string scoring_;
  const std::string publish_;
  std::unique_ptr<ChildProcess> process_;
};

// Files reports until told to stop, each until it is answered; every fourth one
// is a new version of the one before.
class Client {
 public:
  Client(int number, const IntakeProcess& intake, Ledger& ledger, std::atomic<int>& in_flight)
      : number_(number),
        ledger_(ledger),
        in_flight_(in_flight),
        token_(intake.token()),
        stub_(v1::IntakeService::NewStub(intake.NewChannel())) {}

  void Run(const std::atomic<bool>& is_stopping) {
    for (int i = 0; !is_stopping; ++i) {
      const int unit = i % 4 == 3 ? i - 1 : i;
      File(fmt::format("C{}N{}", number_, unit), fmt::format("request-{}-{}", number_, i), fmt::format("第{}次", i));
    }
  }
  int answered() const { return answered_; }
  int retried() const { return retried_; }

 private:
  void File(const std::string& unit, const std::string& request_id, const std::string& title) {
    v1::SubmitReportRequest request;
    request.set_request_id(request_id);
    *request.mutable_report() = AReport(title);
    request.mutable_report()->mutable_content()->mutable_unit()->set_code(unit);
    const std::string digest = ContentDigest(request.report().SerializeAsString());
    ledger_.WriteIntent(request_id, digest);
    for (;; ++retried_) {
      v1::SubmitReportResponse response;
      const grpc::Status status = Call(request, response);
      if (status.ok()) {
        EXPECT_EQ(response.receipt().report_digest(), digest);
        ledger_.WriteReceipt(request_id, {response.receipt().submission_version(), response.receipt().report_digest()});
        ++answered_;
        return;
      }
      // The version before is being published: this one may wait for ever less
      // patient clients.
      if (status.error_code() == grpc::StatusCode::FAILED_PRECONDITION) return;
      ASSERT_TRUE(status.error_code() == grpc::StatusCode::UNAVAILABLE ||
                  status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED)
          << status.error_code() << " " << status.error_message();
      std::this_thread::yield();
    }
  }

  grpc::Status Call(const v1::SubmitReportRequest& request, v1::SubmitReportResponse& response) {
    grpc::ClientContext context;
    context.set_wait_for_ready(true);
    context.AddMetadata("authorization", "Bearer " + token_);
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(2));
    ++in_flight_;
    const grpc::Status status = stub_->SubmitReport(&context, request, &response);
    --in_flight_;
    return status;
  }

  const int number_;
  Ledger& ledger_;
  std::atomic<int>& in_flight_;
  const std::string token_;
  const std::unique_ptr<v1::IntakeService::Stub> stub_;
  std::atomic<int> answered_{0};
  std::atomic<int> retried_{0};
};

bool IsAllPublished(const std::string& path) {
  const auto reader = SqliteReader::Open(path, "");
  if (!reader.ok()) return false;
  const auto statistics = (*reader)->Statistics();
  return statistics.ok() && statistics->backlogs.empty();
}

struct Load {
  std::vector<std::unique_ptr<Client>> clients;
  std::vector<std::thread> threads;
  std::atomic<bool> is_stopping{false};
  std::atomic<int> in_flight{0};

  void Start(const IntakeProcess& intake, Ledger& ledger) {
    for (int i = 0; i < kClients; ++i) clients.push_back(std::make_unique<Client>(i, intake, ledger, in_flight));
    for (auto& client : clients) threads.emplace_back([&client, this] { client->Run(is_stopping); });
  }
  void Stop() {
    is_stopping = true;
    for (std::thread& thread : threads) thread.join();
  }
  int answered() const {
    int sum = 0;
    for (const auto& client : clients) sum += client->answered();
    return sum;
  }
  int retried() const {
    int sum = 0;
    for (const auto& client : clients) sum += client->retried();
    return sum;
  }
};

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
    const auto version = store.GetVersion(*ParseVersionName(name, "name"));
    ASSERT_THAT(version, IsOk());
    EXPECT_EQ(version->version.receipt().report_digest(), digest);
  }
}

TEST(IntakeCrashTest, KeepsEveryAcknowledgedReportOverTwentyKills) {
  const uint64_t seed = Seed();
  std::mt19937_64 random(seed);
  const TempDir home;
  const IntakePeers peers;
  IntakeProcess intake(home.File("intake.db"), peers);
  Ledger ledger(home.File("ledger"));
  intake.Start();
  Load load;
  load.Start(intake, ledger);

  int hits = 0;
  for (int i = 0; i < kKills; ++i) {
    const int answered = load.answered();
    ASSERT_TRUE(WaitUntil([&] { return load.answered() > answered; })) << "no answer after restart " << i;
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 300'000));
    if (load.in_flight > 0) ++hits;
    intake.Kill();
    intake.Start();
  }
  load.Stop();
  EXPECT_TRUE(WaitUntil([&] { return IsAllPublished(home.File("intake.db")); }, absl::Seconds(20)));
  EXPECT_EQ(intake.Stop(), 0);

  SqliteStoreOptions options;
  options.path = home.File("intake.db");
  const auto store = SqliteSubmissionStore::Open(options);
  ASSERT_THAT(store, IsOk());
  const auto receipts = ReadReceipts(home.File("ledger"));
  const auto problems = ProblemsWith(**store, receipts);
  EXPECT_TRUE(problems.empty()) << Join(problems);
  ExpectScoredAndPublishedOnce(**store, peers);
  EXPECT_GT(hits, 0) << "no kill met a request in flight: this run proves nothing";
  fmt::print(
      "seed {}: {} kills, {} of them with requests in flight, {} receipts, {} calls repeated, "
      "{} publish calls for {} disclosures\n",
      seed, kKills, hits, receipts.size(), load.retried(), peers.publish_call_count(), peers.Disclosures().size());
}

TEST(IntakeCrashTest, RefusesASecondProcessOnTheSameStore) {
  const TempDir home;
  const IntakePeers peers;
  IntakeProcess intake(home.File("intake.db"), peers);
  intake.Start();

  ChildProcess second(intake.SecondStartArguments());

  EXPECT_EQ(second.WaitForExit(), 1);
  EXPECT_NE(second.Output().find("another process uses the store"), std::string::npos) << second.Output();
  EXPECT_EQ(intake.Stop(), 0);
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
  return ProblemsWith(**store, ReadReceipts(home.File("ledger")));
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
