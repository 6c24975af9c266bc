#include "common/rpc/server.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <chrono>
#include <mutex>
#include <set>

#include "common/rpc/channel.h"
#include "common/rpc/config/server_config.h"
#include "common/rpc/raw_message.h"
#include "common/testing/raw_service.h"
#include "common/testing/status_matchers.h"
#include "common/testing/wait_until.h"

namespace jixiao {
namespace {

using ::testing::ElementsAre;
using testing::FailsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;

constexpr char kCheck[] = "/grpc.health.v1.Health/Check";

// Health.Watch of the whole server.
class WatchedHealth {
 public:
  explicit WatchedHealth(const std::shared_ptr<grpc::Channel>& channel) : stub_(channel) {
    context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    stream_ = stub_.PrepareCall(&context_, "/grpc.health.v1.Health/Watch", &queue_);
    stream_->StartCall(this);
    Await();
    stream_->WriteLast(ToByteBuffer(""), grpc::WriteOptions(), this);
    Await();
  }
  ~WatchedHealth() {
    context_.TryCancel();
    grpc::Status status;
    stream_->Finish(&status, this);
    Await();
    queue_.Shutdown();
  }

  // The next answer; empty if the stream ended.
  std::string Next() {
    grpc::ByteBuffer answer;
    stream_->Read(&answer, this);
    return Await() ? ToBytes(answer) : "";
  }

 private:
  bool Await() {
    void* tag = nullptr;
    bool is_ok = false;
    return queue_.Next(&tag, &is_ok) && is_ok;
  }

  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
};

class ServerTest : public ::testing::Test {
 protected:
  static ServerOptions Options() {
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.plaintext = true;
    options.drain_pause = absl::ZeroDuration();
    return options;
  }

  // HealthCheckRequest{service = 1}; HealthCheckResponse{status = 1}, 1 is
  // SERVING, 2 is NOT_SERVING.
  static std::string Health(Server& server, const std::string& service) {
    const std::string request = service.empty() ? "" : "\x0a" + std::string(1, char(service.size())) + service;
    const auto answer = CallRaw(MakeChannel("127.0.0.1:" + std::to_string(server.port())), kCheck, request,
                                {absl::Now() + absl::Seconds(10), ""});
    return answer.ok() ? *answer : answer.status().ToString();
  }

  testing::RawService service_{"/jixiao.test.Echo/Ask", nullptr};
};

TEST_F(ServerTest, SaysThatItIsHealthyPerService) {
  const auto server = Server::Start(Options(), {{"jixiao.test.Echo", &service_}});
  ASSERT_THAT(server, IsOk());
  EXPECT_GT((*server)->port(), 0);

  EXPECT_EQ(Health(**server, ""), "\x08\x01");
  EXPECT_EQ(Health(**server, "jixiao.test.Echo"), "\x08\x01");
  EXPECT_THAT(Health(**server, "jixiao.test.Other"), HasSubstr("NOT_FOUND"));
  (*server)->SetServing(false);
  EXPECT_EQ(Health(**server, ""), "\x08\x02");
  EXPECT_EQ(Health(**server, "jixiao.test.Echo"), "\x08\x02");
  (*server)->SetServing(true);
  EXPECT_EQ(Health(**server, ""), "\x08\x01");
}

TEST_F(ServerTest, RefusesAPortThatIsTaken) {
  const auto first = Server::Start(Options(), {{"jixiao.test.Echo", &service_}});
  ASSERT_THAT(first, IsOk());
  ServerOptions options = Options();
  options.listen = "127.0.0.1:" + std::to_string((*first)->port());
  testing::RawService other("/jixiao.test.Echo/Ask", nullptr);

  const auto second = Server::Start(options, {{"jixiao.test.Echo", &other}});

  ASSERT_THAT(second, FailsWith(absl::StatusCode::kFailedPrecondition, "PORT_TAKEN"));
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(options.listen));
}

TEST_F(ServerTest, RefusesPlaintextForOtherMachines) {
  ServerOptions options = Options();
  options.listen = "0.0.0.0:0";
  EXPECT_THAT(Server::Start(options, {{"jixiao.test.Echo", &service_}}),
              FailsWith(absl::StatusCode::kInvalidArgument, "BAD_TRANSPORT"));

  for (const char* listen : {"0.0.0.0:1", "[::]:1", "10.0.0.1:1", "127.evil.example:1", "example.com:1"}) {
    options.listen = listen;
    EXPECT_THAT(ProblemsWithTransport(options), ElementsAre(HasSubstr("plaintext"))) << listen;
  }
  for (const char* listen : {"127.0.0.1:0", "127.1.2.3:65535", "[::1]:50051", "localhost:1", "unix:/run/x"}) {
    options.listen = listen;
    EXPECT_THAT(ProblemsWithTransport(options), IsEmpty()) << listen;
  }
  for (const char* listen : {"", ":1", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "unix:"}) {
    EXPECT_TRUE(ProblemWithListen(listen).has_value()) << listen;
  }
}

TEST_F(ServerTest, PlaintextHasToBeAskedFor) {
  ServerOptions options = Options();
  options.plaintext = false;
  EXPECT_THAT(Server::Start(options, {{"jixiao.test.Echo", &service_}}),
              FailsWith(absl::StatusCode::kInvalidArgument, "BAD_TRANSPORT"));
  options.tls.cert = options.tls.key = "/nonexistent";
  options.plaintext = true;
  EXPECT_THAT(ProblemsWithTransport(options), ::testing::Contains(HasSubstr("exclude each other")));
}

TEST_F(ServerTest, CallsBeforeShutdownOnceWhenDraining) {
  const auto server = Server::Start(Options(), {{"jixiao.test.Echo", &service_}});
  ASSERT_THAT(server, IsOk());
  int count = 0;

  (*server)->Drain([&count] { ++count; });
  (*server)->Drain([&count] { ++count; });

  EXPECT_EQ(count, 1);
}

TEST_F(ServerTest, AStreamGoesOnWhenItsConnectionTakesNoNewCalls) {
  std::mutex mutex;
  std::set<std::string> connections;  // by the client's port
  testing::RawService service("/jixiao.test.Echo/Ask", [&](grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer*, grpc::ByteBuffer* response) {
    *response = ToByteBuffer("answer");
    const std::lock_guard lock(mutex);
    connections.insert(context->peer());
    auto* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  });
  ServerOptions options = Options();
  options.connection_age = absl::Milliseconds(300);
  const auto server = Server::Start(options, {{"jixiao.test.Echo", &service}});
  ASSERT_THAT(server, IsOk());
  const auto channel = MakeChannel("127.0.0.1:" + std::to_string((*server)->port()));
  WatchedHealth health(channel);
  ASSERT_EQ(health.Next(), "\x08\x01");

  ASSERT_TRUE(testing::WaitUntil([&] {
    (void)CallRaw(channel, "/jixiao.test.Echo/Ask", "", {absl::Now() + absl::Seconds(10), ""});
    const std::lock_guard lock(mutex);
    return connections.size() > 1;
  }));
  (*server)->SetServing(false);

  EXPECT_EQ(health.Next(), "\x08\x02");
  EXPECT_GE(options.longest_stream, absl::Hours(1));  // as intake_service.proto promises
}

TEST(ServerConfigTest, ListsAllProblems) {
  ServerConfig config;
  config.listen = "nowhere";
  config.metrics_listen = "nowhere";
  config.drain_pause = absl::Seconds(-1);
  config.drain_timeout = absl::ZeroDuration();
  config.rpc_threads = 17;
  config.rpc_queue = 0;

  EXPECT_THAT(Validate(config),
              ElementsAre(HasSubstr("--listen"), HasSubstr("--plaintext"), HasSubstr("--trust_domain"),
                          HasSubstr("--metrics_listen"), HasSubstr("--drain_pause"), HasSubstr("--drain_timeout"),
                          HasSubstr("--rpc_threads"), HasSubstr("--rpc_queue")));
}

TEST(ServerConfigTest, AcceptsOrdinaryValues) {
  ServerConfig config;
  config.listen = "127.0.0.1:50051";
  config.plaintext = true;
  config.trust_domain = "jixiao.example";
  config.drain_pause = absl::ZeroDuration();
  config.drain_timeout = absl::Seconds(20);
  config.rpc_threads = 4;
  config.rpc_queue = 256;

  EXPECT_THAT(Validate(config), IsEmpty());
}

}  // namespace
}  // namespace jixiao
