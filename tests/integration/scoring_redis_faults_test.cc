// Redis may vanish, lie or fill up: the scoring service answers the same bytes,
// and not much later. Every test proves by counters that its fault happened.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <sstream>
#include <thread>

#include "absl/time/clock.h"
#include "common/base/log.h"
#include "common/rpc/channel.h"
#include "common/rpc/raw_message.h"
#include "common/testing/child_process.h"
#include "common/testing/redis_server.h"
#include "common/testing/scrape.h"
#include "common/testing/status_matchers.h"
#include "common/testing/wait_until.h"
#include "intake/reader/form/read_text_report.h"
#include "intake/testing/documents/shipped_reader_data.h"

namespace jixiao {
namespace {

using testing::BinaryPath;
using testing::ChildProcess;
using testing::IsOk;
using ::testing::Optional;
using testing::ReadFile;
using testing::RedisServer;
using testing::Scrape;
using testing::SourcePath;
using testing::WaitUntil;

constexpr char kScore[] = "/jixiao.scoring.v1.ScoringService/ScoreReport";
constexpr int kReportCount = 40;

// What one call may take while Redis misbehaves: a few timeouts of 50 ms, and a
// machine that compiles besides. Without breaker and timeouts it would be the
// whole call's deadline.
constexpr absl::Duration kBound = absl::Milliseconds(1'000);

// Requests with real reports that differ in the unit's name.
std::vector<std::string> Requests() {
  auto report = intake::ReadTextReport(ReadFile(SourcePath("tests/testdata/samples/sample0_community_centre.txt")),
                                       intake::testing::ShippedReaderData());
  JIXIAO_CHECK(report.ok());
  report->mutable_content()->mutable_unit()->set_division_code("430611");
  std::vector<std::string> requests;
  for (int i = 0; i < kReportCount; ++i) {
    report->mutable_content()->mutable_unit()->set_name("示例单位" + std::to_string(i));
    std::string request;
    AppendField(1, report->SerializeAsString(), request);
    AppendField(2, "rulesets/hunan-2024", request);
    requests.push_back(std::move(request));
  }
  return requests;
}

// A scoring process with its ports.
class Scoring {
 public:
  explicit Scoring(const std::string& cache)
      : process_({BinaryPath("jixiao-scoring"), "--plaintext", "--listen=127.0.0.1:0", "--metrics_listen=127.0.0.1:0",
                  "--drain_pause=0s", "--rulesets=" + SourcePath("rulesets"), "--cache=" + cache}) {
    const auto port = process_.LoggedNumber("serving", "port");
    const auto metrics_port = process_.LoggedNumber("serving_metrics", "port");
    EXPECT_TRUE(port && metrics_port) << process_.Output();
    metrics_port_ = metrics_port.value_or(0);
    channel_ = MakeChannel("127.0.0.1:" + std::to_string(port.value_or(0)));
  }

  // Answers to all `requests`, which must all be OK; notes the longest wait.
  std::vector<std::string> AskAll(const std::vector<std::string>& requests) {
    std::vector<std::string> answers;
    for (const std::string& request : requests) {
      const absl::Time start = absl::Now();
      const auto answer = CallRaw(channel_, kScore, request, {start + absl::Seconds(10), ""});
      longest_ = std::max(longest_, absl::Now() - start);
      EXPECT_THAT(answer, IsOk());
      answers.push_back(answer.value_or(""));
    }
    return answers;
  }

  // An idle blocking client notices a server's good-bye only after 5 s.
  void HangUp() { channel_.reset(); }

  double Gets(const std::string& outcome) const {
    return Scrape(metrics_port_, "jixiao_cache_gets_total{outcome=\"" + outcome + "\"}");
  }
  double Sets(const std::string& outcome) const {
    return Scrape(metrics_port_, "jixiao_cache_sets_total{outcome=\"" + outcome + "\"}");
  }
  double Reports(const std::string& outcome) const {
    return Scrape(metrics_port_, "jixiao_scoring_reports_total{outcome=\"" + outcome + "\"}");
  }
  absl::Duration longest() const { return longest_; }
  ChildProcess& process() { return process_; }

 private:
  ChildProcess process_;
  int metrics_port_ = 0;
  std::shared_ptr<grpc::Channel> channel_;
  absl::Duration longest_;
};

class ScoringRedisFaultsTest : public ::testing::Test {
 protected:
  // Once: answers of a process without a cache are what everything is compared
  // with.
  static void SetUpTestSuite() {
    requests_ = new std::vector<std::string>(Requests());
    Scoring uncached("none");
    expected_ = new std::vector<std::string>(uncached.AskAll(*requests_));
    ASSERT_EQ(uncached.Reports("scored"), kReportCount);
  }

  // Keys in Redis, which must be those of all reports.
  std::vector<std::string> Keys() {
    std::istringstream text(redis_.Command({"KEYS", "jixiao:1:score:*"}));
    std::vector<std::string> keys;
    for (std::string key; std::getline(text, key);) keys.push_back(key);
    EXPECT_EQ(keys.size(), static_cast<size_t>(kReportCount));
    return keys;
  }

  static std::vector<std::string>* requests_;
  static std::vector<std::string>* expected_;
  RedisServer redis_;
};

std::vector<std::string>* ScoringRedisFaultsTest::requests_ = nullptr;
std::vector<std::string>* ScoringRedisFaultsTest::expected_ = nullptr;

TEST_F(ScoringRedisFaultsTest, AnswersAreTheSameColdWarmAndFromAnotherReplica) {
  Scoring scoring(redis_.Address());
  EXPECT_EQ(scoring.AskAll(*requests_), *expected_);
  EXPECT_EQ(scoring.AskAll(*requests_), *expected_);
  EXPECT_EQ(scoring.Gets("miss"), kReportCount);
  EXPECT_EQ(scoring.Gets("hit"), kReportCount);
  EXPECT_EQ(scoring.Reports("remembered"), kReportCount);

  Scoring replica(redis_.Address());
  EXPECT_EQ(replica.AskAll(*requests_), *expected_);
  EXPECT_EQ(replica.Gets("hit"), kReportCount);
}

TEST_F(ScoringRedisFaultsTest, KilledUnderLoadAndBackAgain) {
  Scoring scoring(redis_.Address());
  EXPECT_EQ(scoring.AskAll(*requests_), *expected_);
  std::atomic<bool> is_over = false;
  std::atomic<int> rounds = 0;
  std::thread load([&] {
    while (!is_over) {
      EXPECT_EQ(scoring.AskAll(*requests_), *expected_);
      ++rounds;
    }
  });
  EXPECT_TRUE(WaitUntil([&] { return rounds >= 1; }));

  redis_.Kill();
  EXPECT_TRUE(WaitUntil([&] { return scoring.Gets("skipped") >= 100; }));
  const double hits_before = scoring.Gets("hit");
  redis_.Restart();
  EXPECT_TRUE(WaitUntil([&] { return scoring.Gets("hit") > hits_before + kReportCount; }));
  is_over = true;
  load.join();

  EXPECT_GE(scoring.Gets("error") + scoring.Sets("error"), 3);
  EXPECT_EQ(scoring.Gets("poisoned"), 0);
  EXPECT_LT(scoring.longest(), kBound);
}

TEST_F(ScoringRedisFaultsTest, DeadFromTheStart) {
  redis_.Kill();
  Scoring scoring(redis_.Address());

  EXPECT_EQ(scoring.AskAll(*requests_), *expected_);

  EXPECT_EQ(scoring.Reports("scored"), kReportCount);
  EXPECT_GE(scoring.Gets("error") + scoring.Sets("error"), 3);
  EXPECT_GE(scoring.Gets("skipped"), 10);
  EXPECT_LT(scoring.longest(), kBound);
}

TEST_F(ScoringRedisFaultsTest, FrozenAndThawed) {
  Scoring scoring(redis_.Address());
  EXPECT_EQ(scoring.AskAll(*requests_), *expected_);
  redis_.Freeze();
  const absl::Time start = absl::Now();

  for (int round = 0; round < 5; ++round) EXPECT_EQ(scoring.AskAll(*requests_), *expected_);

  const absl::Duration spent = absl::Now() - start;
  EXPECT_GE(scoring.Gets("error") + scoring.Sets("error"), 3);
  EXPECT_GE(scoring.Gets("skipped"), 4 * kReportCount);
  EXPECT_LT(scoring.longest(), kBound);
  // 200 calls at two timeouts of 50 ms each would take 20 s.
  EXPECT_LT(spent, absl::Seconds(8));
  redis_.Thaw();
  const double hits_before = scoring.Gets("hit");
  EXPECT_TRUE(WaitUntil([&] {
    EXPECT_EQ(scoring.AskAll(*requests_), *expected_);
    return scoring.Gets("hit") > hits_before + kReportCount;
  }));
  EXPECT_EQ(scoring.Gets("poisoned"), 0);
}

TEST_F(ScoringRedisFaultsTest, Paused) {
  Scoring scoring(redis_.Address());
  EXPECT_EQ(scoring.AskAll(*requests_), *expected_);
  ASSERT_EQ(redis_.Command({"CLIENT", "PAUSE", "5000", "ALL"}), "OK");

  EXPECT_EQ(scoring.AskAll(*requests_), *expected_);

  EXPECT_GE(scoring.Gets("error"), 1);
  EXPECT_GE(scoring.Gets("skipped"), 10);
  EXPECT_LT(scoring.longest(), kBound);
}

TEST_F(ScoringRedisFaultsTest, OverwrittenByStrangers) {
  Scoring scoring(redis_.Address());
  EXPECT_EQ(scoring.AskAll(*requests_), *expected_);
  for (const std::string& key : Keys()) ASSERT_EQ(redis_.Command({"SET", key, "<script>alert(1)</script>"}), "OK");

  EXPECT_EQ(scoring.AskAll(*requests_), *expected_);

  EXPECT_EQ(scoring.Gets("poisoned"), kReportCount);
  EXPECT_EQ(scoring.Gets("hit"), 0);
  EXPECT_NE(scoring.process().Output().find("cache_value_poisoned"), std::string::npos);
  // Healed: stored anew and believed.
  EXPECT_EQ(scoring.AskAll(*requests_), *expected_);
  EXPECT_EQ(scoring.Gets("hit"), kReportCount);
}

TEST_F(ScoringRedisFaultsTest, AnotherUnitsCardCopiedIn) {
  Scoring scoring(redis_.Address());
  EXPECT_EQ(scoring.AskAll(*requests_), *expected_);
  const std::vector<std::string> keys = Keys();
  for (size_t i = 1; i < keys.size(); ++i) {
    ASSERT_EQ(redis_.Command({"COPY", keys[0], keys[i], "REPLACE"}), "1");
  }

  EXPECT_EQ(scoring.AskAll(*requests_), *expected_);

  EXPECT_EQ(scoring.Gets("poisoned"), kReportCount - 1);
  EXPECT_EQ(scoring.Gets("hit"), 1);
}

TEST_F(ScoringRedisFaultsTest, OneByteOfACardChanged) {
  Scoring scoring(redis_.Address());
  EXPECT_EQ(scoring.AskAll(*requests_), *expected_);
  for (const std::string& key : Keys()) {
    const std::string before = redis_.Command({"GET", key});
    ASSERT_GT(before.size(), 1'000u);
    const std::string byte(1, static_cast<char>(before[900] ^ 1));
    ASSERT_EQ(redis_.Command({"SETRANGE", key, "900", byte}), std::to_string(before.size()));
  }

  EXPECT_EQ(scoring.AskAll(*requests_), *expected_);

  EXPECT_EQ(scoring.Gets("poisoned"), kReportCount);
}

TEST_F(ScoringRedisFaultsTest, FullAndFlushed) {
  Scoring scoring(redis_.Address());
  EXPECT_EQ(scoring.AskAll(*requests_), *expected_);
  ASSERT_EQ(redis_.Command({"FLUSHALL"}), "OK");
  ASSERT_EQ(redis_.Command({"CONFIG", "SET", "maxmemory", "1"}), "OK");

  EXPECT_EQ(scoring.AskAll(*requests_), *expected_);

  EXPECT_EQ(scoring.Gets("miss"), 2 * kReportCount);
  EXPECT_EQ(scoring.Sets("error"), kReportCount);
}

TEST_F(ScoringRedisFaultsTest, EndsCleanlyWhileRedisIsFrozen) {
  Scoring scoring(redis_.Address());
  redis_.Freeze();
  EXPECT_EQ(scoring.AskAll(*requests_), *expected_);

  scoring.HangUp();
  scoring.process().Signal(SIGTERM);

  EXPECT_THAT(scoring.process().WaitForExit(absl::Seconds(10)), Optional(0));
}

}  // namespace
}  // namespace jixiao
