// How every service starts, refuses and ends, seen from outside its process.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <future>

#include "common/rpc/channel.h"
#include "common/rpc/status_conversion.h"
#include "common/testing/child_process.h"
#include "common/testing/status_matchers.h"
#include "common/testing/wait_until.h"

namespace jixiao {
namespace {

using testing::AcceptsConnections;
using ::testing::AllOf;
using testing::BinaryPath;
using testing::ChildProcess;
using ::testing::Eq;
using testing::FailsWith;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::IsOkAndHolds;
using ::testing::Optional;
using testing::WaitUntil;

constexpr char kWait[] = "/jixiao.test.SlowEcho/Wait";
constexpr char kCheck[] = "/grpc.health.v1.Health/Check";

class ServerLifecycleTest : public ::testing::Test {
 protected:
  void Start(std::vector<std::string> flags) {
    flags.insert(flags.begin(), {BinaryPath("slow-echo-server"), "--plaintext"});
    process_ = std::make_unique<ChildProcess>(std::move(flags));
    const auto port = process_->LoggedNumber("serving", "port");
    ASSERT_TRUE(port.has_value()) << process_->Output();
    port_ = *port;
    channel_ = MakeChannel("127.0.0.1:" + std::to_string(port_));
  }

  absl::StatusOr<std::string> Wait(int milliseconds, absl::Duration timeout = absl::Seconds(30)) {
    return CallRaw(channel_, kWait, std::to_string(milliseconds), {absl::Now() + timeout, ""});
  }
  std::future<absl::StatusOr<std::string>> WaitElsewhere(int milliseconds) {
    return std::async(std::launch::async, [this, milliseconds] { return Wait(milliseconds); });
  }
  bool HasLogged(const std::string& text) { return process_->Output().find(text) != std::string::npos; }

  std::unique_ptr<ChildProcess> process_;
  int port_ = 0;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(ServerLifecycleTest, ACallInFlightFinishesWhileTheServerDrains) {
  Start({"--drain_pause=0s"});
  auto slow = WaitElsewhere(1'000);
  ASSERT_TRUE(WaitUntil([this] { return HasLogged("waiting"); }));

  process_->Signal(SIGTERM);

  EXPECT_TRUE(WaitUntil([this] { return !AcceptsConnections(port_); }));
  EXPECT_EQ(process_->WaitForExit(absl::ZeroDuration()), std::nullopt) << "ended before the call";
  EXPECT_THAT(slow.get(), IsOkAndHolds(Eq("1000")));
  EXPECT_THAT(process_->WaitForExit(), Optional(0));
  EXPECT_THAT(process_->Output(), AllOf(HasSubstr("\"draining\""), HasSubstr("\"drained\"")));
}

TEST_F(ServerLifecycleTest, HealthSaysSoBeforeTheServerStopsListening) {
  Start({"--drain_pause=1500ms"});
  EXPECT_THAT(CallRaw(channel_, kCheck, "", {absl::Now() + absl::Seconds(10), ""}), IsOkAndHolds(Eq("\x08\x01")));

  process_->Signal(SIGINT);

  EXPECT_TRUE(WaitUntil([this] {
    const auto health = CallRaw(channel_, kCheck, "", {absl::Now() + absl::Seconds(10), ""});
    return health.ok() && *health == "\x08\x02";
  }));
  EXPECT_THAT(Wait(1), IsOk());  // still served
  EXPECT_THAT(process_->WaitForExit(), Optional(0));
}

TEST_F(ServerLifecycleTest, ACallThatTakesTooLongIsCutOffAndTheServerEnds) {
  Start({"--drain_pause=0s", "--drain_timeout=300ms"});
  auto slow = WaitElsewhere(3'000);
  ASSERT_TRUE(WaitUntil([this] { return HasLogged("waiting"); }));
  const absl::Time start = absl::Now();

  process_->Signal(SIGTERM);

  EXPECT_EQ(slow.get().status().code(), absl::StatusCode::kUnavailable);
  EXPECT_LT(absl::Now() - start, absl::Milliseconds(2'500));
  EXPECT_THAT(process_->WaitForExit(), Optional(0));
}

TEST_F(ServerLifecycleTest, ASecondServerOnThePortIsRefusedWithASentence) {
  Start({});
  ChildProcess second({BinaryPath("slow-echo-server"), "--plaintext", "--listen=127.0.0.1:" + std::to_string(port_)});

  EXPECT_THAT(second.WaitForExit(), Optional(1));
  EXPECT_THAT(second.Output(), HasSubstr("another process has the port"));
  EXPECT_THAT(Wait(1), IsOk());
}

TEST_F(ServerLifecycleTest, WrongConfigurationIsRefusedInOneSentenceWithAllProblems) {
  ChildProcess process(
      {BinaryPath("slow-echo-server"), "--plaintext", "--listen=0.0.0.0:1", "--rpc_threads=0", "--drain_pause=-1s"});

  EXPECT_THAT(process.WaitForExit(), Optional(2));
  EXPECT_THAT(process.Output(), AllOf(HasSubstr("--tls_cert"), HasSubstr("--rpc_threads"), HasSubstr("--drain_pause")));
}

TEST_F(ServerLifecycleTest, DemandsADeadline) {
  Start({});

  EXPECT_THAT(CallRaw(channel_, kWait, "1", {absl::InfiniteFuture(), ""}),
              FailsWith(absl::StatusCode::kInvalidArgument, "DEADLINE_REQUIRED"));
  EXPECT_FALSE(HasLogged("waiting"));
}

TEST_F(ServerLifecycleTest, OverloadIsRefusedAtOnceWithATimeToComeBack) {
  Start({"--rpc_threads=1", "--rpc_queue=1"});
  auto running = WaitElsewhere(400);
  ASSERT_TRUE(WaitUntil([this] { return HasLogged("waiting"); }));
  std::vector<std::future<absl::StatusOr<std::string>>> more;
  for (int i = 0; i < 10; ++i) more.push_back(WaitElsewhere(1));

  int served = 0;
  int refused = 0;
  for (auto& answer : more) {
    const auto result = answer.get();
    served += result.ok() ? 1 : 0;
    if (result.ok()) continue;
    ++refused;
    EXPECT_THAT(result, FailsWith(absl::StatusCode::kResourceExhausted, "OVERLOADED"));
    EXPECT_TRUE(RetryDelayOf(result.status()).has_value());
  }
  EXPECT_THAT(running.get(), IsOk());
  EXPECT_LE(served, 1);
  EXPECT_GE(refused, 9);
}

TEST_F(ServerLifecycleTest, CompressedRequestsAreRefused) {
  Start({});
  grpc::ChannelArguments arguments;
  arguments.SetCompressionAlgorithm(GRPC_COMPRESS_GZIP);
  channel_ =
      grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(port_), grpc::InsecureChannelCredentials(), arguments);

  // A thousand zeros shrink, so that the request really goes out compressed.
  const auto answer = CallRaw(channel_, kWait, std::string(1'000, '0'), {absl::Now() + absl::Seconds(10), ""});

  EXPECT_EQ(answer.status().code(), absl::StatusCode::kUnimplemented) << answer.status();
  EXPECT_FALSE(HasLogged("waiting"));
}

TEST_F(ServerLifecycleTest, TooLargeRequestsAreRefused) {
  Start({});

  EXPECT_EQ(CallRaw(channel_, kWait, std::string(2 << 20, '0'), {absl::Now() + absl::Seconds(10), ""}).status().code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(Wait(1), IsOk());
}

TEST_F(ServerLifecycleTest, ReflectionIsOffUnlessAskedFor) {
  constexpr char kReflection[] = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
  Start({});
  EXPECT_EQ(CallRaw(channel_, kReflection, "", {absl::Now() + absl::Seconds(10), ""}).status().code(),
            absl::StatusCode::kUnimplemented);
  Start({"--reflection"});
  EXPECT_NE(CallRaw(channel_, kReflection, "\x3a\x01*", {absl::Now() + absl::Seconds(10), ""}).status().code(),
            absl::StatusCode::kUnimplemented);
}

TEST_F(ServerLifecycleTest, EveryCallIsOneLogLineWithItsTrace) {
  Start({});
  const std::string trace_id = "0af7651916cd43dd8448eb211c80319c";
  ASSERT_THAT(CallRaw(channel_, kWait, "1", {absl::Now() + absl::Seconds(10), trace_id}), IsOk());

  EXPECT_THAT(process_->Output(), HasSubstr(R"("event":"rpc","method":"Wait","code":"OK")"));
  EXPECT_THAT(process_->Output(), HasSubstr(R"("trace_id":")" + trace_id));
}

}  // namespace
}  // namespace jixiao
