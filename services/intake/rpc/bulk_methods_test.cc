#include <gmock/gmock.h>

#include <map>
#include <thread>

#include "common/rpc/raw_message.h"
#include "common/rpc/raw_stream.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"
#include "common/testing/wait_until.h"
#include "intake/rpc/intake_service.h"
#include "intake/testing/believed_callers.h"
#include "intake/testing/fake_clients.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/in_memory_submission_store.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::FakeClock;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::StatusIs;
using ::jixiao::testing::WaitUntil;
using testing::AReport;
using testing::Look;

constexpr char kMethod[] = "/jixiao.intake.v1.IntakeService/SubmitReports";

// Answers late, so that items pile up: writes wait until they are let go.
class HoldingStore : public testing::InMemorySubmissionStore {
 public:
  using SubmissionStore::Write;
  void Write(WriteTopic topic, Work work, Done done) override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (is_holding_) {
        held_.push_back([=, this] { InMemorySubmissionStore::Write(topic, work, done); });
        return;
      }
    }
    InMemorySubmissionStore::Write(std::move(topic), std::move(work), std::move(done));
  }
  void Hold() {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_holding_ = true;
  }
  void LetGo() {
    std::vector<std::function<void()>> held;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      is_holding_ = false;
      held.swap(held_);
    }
    // The last one first: answers come in order of completion.
    for (auto it = held.rbegin(); it != held.rend(); ++it) (*it)();
  }
  size_t held_count() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return held_.size();
  }

 private:
  std::mutex mutex_;
  bool is_holding_ = false;
  std::vector<std::function<void()>> held_;
};

class BulkMethodsTest : public ::testing::Test {
 protected:
  BulkMethodsTest()
      : rpc_metrics_(metrics_, IntakeMethods()),
        filing_metrics_(metrics_),
        runner_(CallRunnerOptions{.threads = 2, .max_queue = 2000}, rpc_metrics_),
        service_({store_, scoring_, callers_, clock_, [](std::string_view) { return report::v1::Report(); },
                  filing_metrics_, streams_, [] {}},
                 runner_) {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
  }
  ~BulkMethodsTest() override { server_->Shutdown(); }

  std::unique_ptr<RawStream> Open() {
    return std::make_unique<RawStream>(server_->InProcessChannel({}), kMethod,
                                       OutboundCall{.deadline = absl::Now() + absl::Seconds(30), .trace_id = ""});
  }

  static std::string Item(const std::string& request_id, const std::string& unit) {
    v1::SubmitReportsRequest request;
    request.mutable_item()->set_request_id(request_id);
    *request.mutable_item()->mutable_report() = AReport();
    request.mutable_item()->mutable_report()->mutable_content()->mutable_unit()->set_code(unit);
    return request.SerializeAsString();
  }

  // All answers until the stream ends, by request id.
  static std::map<std::string, v1::SubmitReportsResponse> ReadAll(RawStream& stream) {
    std::map<std::string, v1::SubmitReportsResponse> answers;
    for (std::string bytes; stream.Read(bytes);) {
      v1::SubmitReportsResponse answer;
      EXPECT_TRUE(answer.ParseFromString(bytes));
      EXPECT_TRUE(answers.emplace(answer.request_id(), answer).second) << answer.request_id() << " answered twice";
    }
    return answers;
  }

  HoldingStore store_;
  testing::FakeScoringClient scoring_;
  testing::BelievedCallers callers_;
  FakeClock clock_;
  OpenStreams streams_{2};
  Metrics metrics_;
  RpcMetrics rpc_metrics_;
  FilingMetrics filing_metrics_;
  CallRunner runner_;
  IntakeService service_;
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(BulkMethodsTest, AnswersEveryItemOnceAndLetsNoBadOneSinkTheRest) {
  const auto stream = Open();
  std::thread writer([&] {
    for (int i = 0; i < 300; ++i) {
      const std::string id = "request-" + std::to_string(i);
      EXPECT_TRUE(stream->Write(i % 10 == 3 ? Item(id, "not a code!") : Item(id, "U" + std::to_string(i))));
    }
    stream->WritesDone();
  });

  const auto answers = ReadAll(*stream);

  writer.join();
  EXPECT_THAT(stream->Finish(), IsOk());
  ASSERT_EQ(answers.size(), 300u);
  for (int i = 0; i < 300; ++i) {
    const auto& answer = answers.at("request-" + std::to_string(i));
    EXPECT_EQ(answer.has_refused(), i % 10 == 3) << i;
    if (answer.has_refused()) {
      EXPECT_EQ(answer.refused().code(), static_cast<int>(absl::StatusCode::kInvalidArgument));
      ASSERT_GT(answer.refused().field_problems_size(), 0);
      EXPECT_EQ(answer.refused().field_problems(0).field(), "report.content.unit.code");
      EXPECT_FALSE(answer.refused().has_retry_delay_ms());
    } else {
      EXPECT_EQ(answer.accepted().receipt().request_id(), answer.request_id());
    }
  }
}

TEST_F(BulkMethodsTest, RefusesItemsWhileAllStreamsAndCallsHoldTooMuch) {
  const std::shared_ptr<void> others = runner_.bytes().TryTake(CallRunnerOptions().max_bytes_in_flight);
  const auto stream = Open();
  ASSERT_TRUE(stream->Write(Item("request-1", "U1")));
  stream->WritesDone();
  const auto answers = ReadAll(*stream);
  EXPECT_THAT(stream->Finish(), IsOk());
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_TRUE(answers.at("request-1").refused().has_retry_delay_ms());
}

TEST_F(BulkMethodsTest, GivesBackTheRoomOfEveryItem) {
  const auto stream = Open();
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(stream->Write(Item("request-" + std::to_string(i), i % 2 == 0 ? "U1" : "")));
  stream->WritesDone();
  EXPECT_EQ(ReadAll(*stream).size(), 20u);
  EXPECT_THAT(stream->Finish(), IsOk());
  EXPECT_TRUE(WaitUntil([this] { return runner_.bytes().taken() == 0; }));
}

TEST_F(BulkMethodsTest, GivesTheFirstAnswerAgainAfterABrokenStream) {
  store_.Hold();
  {
    const auto broken = Open();
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(broken->Write(Item("request-" + std::to_string(i), "U1")));
    ASSERT_TRUE(WaitUntil([&] { return store_.held_count() == 20; }));
  }
  store_.LetGo();  // stored, and nobody heard of it

  const auto stream = Open();
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(stream->Write(Item("request-" + std::to_string(i), "U1")));
  stream->WritesDone();
  const auto answers = ReadAll(*stream);

  ASSERT_EQ(answers.size(), 20u);
  for (const auto& [id, answer] : answers) EXPECT_TRUE(answer.has_accepted()) << answer.DebugString();
  EXPECT_EQ(Look(store_, &SubmissionReads::FindSubmission, testing::AKey("U1"))->submission.current_version(), 1);
}

TEST_F(BulkMethodsTest, ReadsNoMoreThanItsWindowWhileNothingIsAnswered) {
  store_.Hold();
  const auto stream = Open();
  std::thread writer([&] {
    for (int i = 0; i < 500; ++i) stream->Write(Item("request-" + std::to_string(i), "U" + std::to_string(i)));
    stream->WritesDone();
  });
  ASSERT_TRUE(WaitUntil([&] { return store_.held_count() >= 128; }));
  absl::SleepFor(absl::Milliseconds(100));
  EXPECT_EQ(store_.held_count(), 128u);

  store_.LetGo();
  const auto answers = ReadAll(*stream);
  writer.join();
  EXPECT_EQ(answers.size(), 500u);
  EXPECT_THAT(stream->Finish(), IsOk());
}

TEST_F(BulkMethodsTest, AnswersWhatItHasReadWhenTheServerStops) {
  store_.Hold();
  const auto stream = Open();
  for (int i = 0; i < 10; ++i)
    ASSERT_TRUE(stream->Write(Item("request-" + std::to_string(i), "U" + std::to_string(i))));
  ASSERT_TRUE(WaitUntil([&] { return store_.held_count() == 10; }));

  streams_.EndAll();
  store_.LetGo();

  EXPECT_EQ(ReadAll(*stream).size(), 10u);
  EXPECT_THAT(stream->Finish(), FailsWith(absl::StatusCode::kUnavailable, "SERVER_STOPPING"));
}

TEST_F(BulkMethodsTest, RefusesMoreStreamsThanItHasPlacesFor) {
  const auto first = Open();
  const auto second = Open();
  ASSERT_TRUE(first->Write(Item("request-1", "U1")));
  ASSERT_TRUE(second->Write(Item("request-2", "U2")));
  std::string answer;
  ASSERT_TRUE(first->Read(answer));
  ASSERT_TRUE(second->Read(answer));

  const auto third = Open();

  EXPECT_FALSE(third->Read(answer));
  EXPECT_THAT(third->Finish(), StatusIs(absl::StatusCode::kResourceExhausted));
}

TEST_F(BulkMethodsTest, RefusesAStreamWithoutDeadline) {
  RawStream stream(server_->InProcessChannel({}), kMethod,
                   OutboundCall{.deadline = absl::InfiniteFuture(), .trace_id = ""});
  std::string answer;
  EXPECT_FALSE(stream.Read(answer));
  EXPECT_THAT(stream.Finish(), FailsWith(absl::StatusCode::kInvalidArgument, "DEADLINE_REQUIRED"));
}

TEST_F(BulkMethodsTest, SaysWhatIsWrongWithAMessageThatIsNone) {
  const auto stream = Open();
  ASSERT_TRUE(stream->Write("\xFF\xFF\xFF"));
  stream->WritesDone();
  const auto answers = ReadAll(*stream);
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers.at("").refused().code(), static_cast<int>(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace jixiao::intake
