#include "common/rpc/work/call_runner.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/impl/client_unary_call.h>
#include <gtest/gtest.h>

#include <cstring>
#include <future>
#include <stdexcept>
#include <thread>

#include "common/base/errors.h"
#include "common/rpc/channel.h"
#include "common/rpc/raw_message.h"
#include "common/rpc/server.h"
#include "common/rpc/status_conversion.h"
#include "common/testing/raw_service.h"
#include "common/testing/status_matchers.h"
#include "common/testing/wait_until.h"

namespace jixiao {
namespace {

using ::testing::Eq;
using testing::FailsWith;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::RawService;
using testing::StatusIs;
using testing::WaitUntil;

constexpr char kPath[] = "/jixiao.test.Echo/Ask";
constexpr char kTraceId[] = "0af7651916cd43dd8448eb211c80319c";

// A server whose one method does what the test says.
class CallRunnerTest : public ::testing::Test {
 protected:
  ~CallRunnerTest() override { server_.reset(); }

  void Serve(CallRunner::AsyncWork work, const CallRunnerOptions& options = CallRunnerOptions()) {
    runner_ = std::make_unique<CallRunner>(options, rpc_metrics_);
    service_ =
        std::make_unique<RawService>(kPath, [this, work](grpc::CallbackServerContext* context,
                                                         const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
          *response = ToByteBuffer("answer");
          return runner_->RunAsync(context, "Ask", work, request->Length());
        });
    ServerOptions server_options;
    server_options.listen = "127.0.0.1:0";
    server_options.plaintext = true;
    server_options.drain_pause = absl::ZeroDuration();
    auto server = Server::Start(server_options, {{"jixiao.test.Echo", service_.get()}});
    ASSERT_THAT(server, IsOk());
    server_ = *std::move(server);
    channel_ = server_->InProcessChannel();
  }

  absl::StatusOr<std::string> Ask(absl::Duration timeout = absl::Seconds(20)) {
    return CallRaw(channel_, kPath, "question", {absl::Now() + timeout, kTraceId});
  }

  double Requests(const std::string& code) {
    return metrics_.ValueOf("jixiao_rpc_server_requests_total", {{"method", "Ask"}, {"code", code}});
  }

  Metrics metrics_;
  RpcMetrics rpc_metrics_{metrics_, {"Ask"}};
  std::unique_ptr<CallRunner> runner_;
  std::unique_ptr<RawService> service_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(CallRunnerTest, HandsDeadlineAndTraceToTheWork) {
  Call seen;
  Serve([&seen](const Call& call, const CallRunner::Done& done) {
    seen = call;
    done(absl::OkStatus());
  });

  ASSERT_THAT(Ask(absl::Seconds(20)), IsOkAndHolds(Eq("answer")));

  EXPECT_EQ(seen.method, "Ask");
  EXPECT_EQ(seen.trace_id, kTraceId);
  EXPECT_GT(seen.deadline, absl::Now() + absl::Seconds(5));
  EXPECT_LT(seen.deadline, absl::Now() + absl::Seconds(21));
  EXPECT_EQ(Requests("OK"), 1);
}

TEST_F(CallRunnerTest, DemandsADeadlineOfAtMostAMinute) {
  bool has_run = false;
  Serve([&has_run](const Call&, const CallRunner::Done& done) {
    has_run = true;
    done(absl::OkStatus());
  });

  EXPECT_THAT(CallRaw(channel_, kPath, "", {absl::InfiniteFuture(), ""}),
              FailsWith(absl::StatusCode::kInvalidArgument, "DEADLINE_REQUIRED"));
  EXPECT_THAT(Ask(absl::Seconds(90)), FailsWith(absl::StatusCode::kInvalidArgument, "DEADLINE_REQUIRED"));
  EXPECT_FALSE(has_run);
  EXPECT_THAT(Ask(absl::Seconds(60)), IsOk());
  EXPECT_EQ(Requests("INVALID_ARGUMENT"), 2);
}

// gRPC's own limit would refuse the first call in the middle of its headers, and the
// second could not be read.
TEST_F(CallRunnerTest, ACallWithTooLargeHeadersFailsAlone) {
  Serve([](const Call&, const CallRunner::Done& done) { done(absl::OkStatus()); });
  const auto channel = MakeChannel("127.0.0.1:" + std::to_string(server_->port()));
  grpc::GenericStub stub(channel);
  const auto ask = [&stub](size_t header_bytes) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    for (int i = 0; i < 4; ++i) context.AddMetadata("x-part-" + std::to_string(i), std::string(header_bytes / 4, 'x'));
    const grpc::ByteBuffer request = ToByteBuffer("question");
    grpc::ByteBuffer response;
    std::promise<grpc::Status> answer;
    stub.UnaryCall(&context, kPath, grpc::StubOptions(), &request, &response,
                   [&answer](const grpc::Status& status) { answer.set_value(status); });
    return FromGrpcStatus(answer.get_future().get());
  };

  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(ask(7'000), IsOk());
    EXPECT_THAT(ask(20'000), FailsWith(absl::StatusCode::kResourceExhausted, "HEADERS_TOO_LARGE"));
    EXPECT_THAT(ask(7'000), IsOk());
  }
}

TEST_F(CallRunnerTest, GivesTheCallerWhatTheWorkAttached) {
  Serve([](const Call&, const CallRunner::Done& done) { done(InvalidFields({{"request_id", "过短"}})); });

  const auto answer = Ask();

  ASSERT_THAT(answer, FailsWith(absl::StatusCode::kInvalidArgument, "INVALID_FIELDS"));
  EXPECT_EQ(ViolationsOf(answer.status()).field_violations(0).description(), "过短");
}

TEST_F(CallRunnerTest, OneThrowingCallFailsAloneAndOthersGoOn) {
  std::atomic<int> calls = 0;
  Serve([&calls](const Call&, const CallRunner::Done& done) {
    if (++calls == 1) throw std::runtime_error("broken");
    done(absl::OkStatus());
  });

  EXPECT_THAT(Ask(), FailsWith(absl::StatusCode::kInternal, "UNEXPECTED"));
  EXPECT_THAT(Ask(), IsOk());
}

TEST_F(CallRunnerTest, AnswersForADoneThatWasDropped) {
  Serve([](const Call&, const CallRunner::Done&) {});

  EXPECT_THAT(Ask(), FailsWith(absl::StatusCode::kInternal, "UNANSWERED"));
}

TEST_F(CallRunnerTest, AnswersOnceIfDoneIsCalledTwice) {
  Serve([](const Call&, const CallRunner::Done& done) {
    done(absl::OkStatus());
    done(absl::InternalError("again"));
  });

  EXPECT_THAT(Ask(), IsOk());
  EXPECT_EQ(Requests("OK"), 1);
  EXPECT_EQ(Requests("INTERNAL"), 0);
}

// Calls begun and not answered, held by the test.
struct Held {
  std::mutex mutex;
  std::vector<CallRunner::Done> dones;

  size_t count() {
    const std::lock_guard lock(mutex);
    return dones.size();
  }
  void FinishAll() {
    const std::lock_guard lock(mutex);
    for (const auto& done : dones) done(absl::OkStatus());
    dones.clear();
  }
};

TEST_F(CallRunnerTest, HoldsNoThreadWhileWorkGoesOnElsewhere) {
  Held held;
  CallRunnerOptions options;
  options.threads = 1;
  Serve(
      [&held](const Call&, const CallRunner::Done& done) {
        const std::lock_guard lock(held.mutex);
        held.dones.push_back(done);
      },
      options);
  std::vector<std::future<absl::StatusOr<std::string>>> answers;
  for (int i = 0; i < 3; ++i) answers.push_back(std::async(std::launch::async, [this] { return Ask(); }));

  ASSERT_TRUE(WaitUntil([&] { return held.count() == 3; }));
  EXPECT_EQ(metrics_.ValueOf("jixiao_rpc_server_in_flight_requests", {{"method", "Ask"}}), 3);
  held.FinishAll();

  for (auto& answer : answers) EXPECT_THAT(answer.get(), IsOk());
  EXPECT_EQ(metrics_.ValueOf("jixiao_rpc_server_in_flight_requests", {{"method", "Ask"}}), 0);
}

TEST_F(CallRunnerTest, RefusesCallsBeyondTheLimitWithATimeToComeBack) {
  Held held;
  CallRunnerOptions options;
  options.max_in_flight = 2;
  Serve(
      [&held](const Call&, const CallRunner::Done& done) {
        const std::lock_guard lock(held.mutex);
        held.dones.push_back(done);
      },
      options);
  auto first = std::async(std::launch::async, [this] { return Ask(); });
  auto second = std::async(std::launch::async, [this] { return Ask(); });
  ASSERT_TRUE(WaitUntil([&] { return held.count() == 2; }));

  grpc::ClientContext context;
  Prepare({absl::Now() + absl::Seconds(20), ""}, context);
  grpc::ByteBuffer response;
  const grpc::Status refused = grpc::internal::BlockingUnaryCall<grpc::ByteBuffer, grpc::ByteBuffer>(
      channel_.get(), grpc::internal::RpcMethod(kPath, grpc::internal::RpcMethod::NORMAL_RPC), &context,
      ToByteBuffer(""), &response);
  held.FinishAll();

  const absl::Status status = FromGrpcStatus(refused);
  EXPECT_THAT(status, FailsWith(absl::StatusCode::kResourceExhausted, "OVERLOADED"));
  const auto delay = RetryDelayOf(status);
  ASSERT_TRUE(delay.has_value());
  EXPECT_GE(*delay, absl::Milliseconds(500));
  EXPECT_LE(*delay, absl::Seconds(5));
  const auto& trailers = context.GetServerTrailingMetadata();
  const auto pushback = trailers.find("grpc-retry-pushback-ms");
  ASSERT_NE(pushback, trailers.end());
  EXPECT_EQ(std::string(pushback->second.data(), pushback->second.size()),
            std::to_string(absl::ToInt64Milliseconds(*delay)));
  EXPECT_THAT(first.get(), IsOk());
  EXPECT_THAT(second.get(), IsOk());
}

TEST_F(CallRunnerTest, RefusesMoreBytesThanItMayHoldUntilSomeAreAnswered) {
  Held held;
  CallRunnerOptions options;
  options.max_bytes_in_flight = 2 * static_cast<int64_t>(std::strlen("question")) + 1;
  Serve(
      [&held](const Call&, const CallRunner::Done& done) {
        const std::lock_guard lock(held.mutex);
        held.dones.push_back(done);
      },
      options);
  auto first = std::async(std::launch::async, [this] { return Ask(); });
  auto second = std::async(std::launch::async, [this] { return Ask(); });
  ASSERT_TRUE(WaitUntil([&] { return held.count() == 2; }));

  EXPECT_THAT(CallRaw(channel_, kPath, "ab", {absl::Now() + absl::Seconds(20), ""}),
              FailsWith(absl::StatusCode::kResourceExhausted, "OVERLOADED"));
  EXPECT_THAT(CallRaw(channel_, kPath, "", {absl::Now() + absl::Milliseconds(200), ""}),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  ASSERT_TRUE(WaitUntil([&] { return held.count() == 3; }));

  held.FinishAll();
  EXPECT_THAT(first.get(), IsOk());
  EXPECT_THAT(second.get(), IsOk());
  EXPECT_EQ(runner_->bytes().taken(), 0);
  auto fourth = std::async(std::launch::async, [this] { return Ask(); });
  ASSERT_TRUE(WaitUntil([&] { return held.count() == 1; }));
  held.FinishAll();
  EXPECT_THAT(fourth.get(), IsOk());
}

TEST_F(CallRunnerTest, DropsWorkThatWaitedTooLong) {
  std::promise<void> release;
  const std::shared_future<void> released = release.get_future().share();
  std::atomic<int> begun = 0;
  CallRunnerOptions options;
  options.threads = 1;
  options.max_queue_wait = absl::Milliseconds(50);
  Serve(
      [&](const Call&, const CallRunner::Done& done) {
        ++begun;
        released.wait();
        done(absl::OkStatus());
      },
      options);
  auto first = std::async(std::launch::async, [this] { return Ask(); });
  ASSERT_TRUE(WaitUntil([&] { return begun == 1; }));
  auto late = std::async(std::launch::async, [this] { return Ask(); });
  ASSERT_TRUE(WaitUntil([&] { return runner_->pool().queue_length() == 1; }));
  absl::SleepFor(absl::Milliseconds(60));  // what is tested is a wait
  release.set_value();

  EXPECT_THAT(first.get(), IsOk());
  EXPECT_THAT(late.get(), FailsWith(absl::StatusCode::kResourceExhausted, "OVERLOADED"));
  EXPECT_EQ(begun, 1);
}

TEST_F(CallRunnerTest, DropsWorkWhoseDeadlinePassedInTheQueue) {
  std::promise<void> release;
  const std::shared_future<void> released = release.get_future().share();
  std::atomic<int> begun = 0;
  CallRunnerOptions options;
  options.threads = 1;
  Serve(
      [&](const Call&, const CallRunner::Done& done) {
        ++begun;
        released.wait();
        done(absl::OkStatus());
      },
      options);
  auto first = std::async(std::launch::async, [this] { return Ask(); });
  ASSERT_TRUE(WaitUntil([&] { return begun == 1; }));

  EXPECT_EQ(Ask(absl::Milliseconds(100)).status().code(), absl::StatusCode::kDeadlineExceeded);
  release.set_value();

  EXPECT_THAT(first.get(), IsOk());
  EXPECT_TRUE(WaitUntil([&] { return Requests("DEADLINE_EXCEEDED") == 1; }));
  EXPECT_EQ(begun, 1);
}

TEST_F(CallRunnerTest, KnowsWhenItsCallerHungUp) {
  std::promise<Call> begun;
  CallRunner::Done answer;
  Serve([&](const Call& call, CallRunner::Done done) {
    answer = std::move(done);
    begun.set_value(call);
  });
  std::thread caller([this] { EXPECT_FALSE(Ask(absl::Milliseconds(500)).ok()); });
  const Call call = begun.get_future().get();
  EXPECT_FALSE(call.is_cancelled());
  caller.join();

  EXPECT_TRUE(WaitUntil([&] { return call.is_cancelled(); }));
  answer(absl::OkStatus());
  answer = nullptr;
  EXPECT_TRUE(call.is_cancelled());  // also when there is no call any more
}

TEST_F(CallRunnerTest, AsynchronousCallsGetTheSameAnswers) {
  Serve([](const Call&, const CallRunner::Done& done) { done(absl::OkStatus()); });
  std::promise<absl::StatusOr<std::string>> answer;

  CallRawAsync(channel_, kPath, "question", {absl::Now() + absl::Seconds(20), kTraceId},
               [&answer](absl::StatusOr<std::string> result) { answer.set_value(std::move(result)); });

  EXPECT_THAT(answer.get_future().get(), IsOkAndHolds(Eq("answer")));
}

}  // namespace
}  // namespace jixiao
