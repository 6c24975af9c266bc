#include "common/rpc/server.h"

#include <fmt/format.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/impl/server_builder_plugin.h>
#include <grpcpp/resource_quota.h>
#include <signal.h>

#include <charconv>
#include <chrono>
#include <future>
#include <mutex>
#include <random>
#include <thread>
#include <utility>

#include "absl/time/clock.h"
#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"

namespace jixiao {
namespace {

constexpr char kUnixPrefix[] = "unix:";

bool IsUnix(const std::string& listen) { return listen.starts_with(kUnixPrefix); }

bool IsPort(std::string_view text) {
  int port = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port >= 0 && port <= 65535;
}

// Long-lived clients move to other replicas at different moments.
int JitteredMs(absl::Duration age) {
  std::random_device device;
  const int ms = static_cast<int>(absl::ToInt64Milliseconds(age));
  return std::uniform_int_distribution<int>(ms - ms / 10, ms + ms / 10)(device);
}

// Values and reasons: measured attacks on this version of gRPC. It must not face
// strangers even so; a proxy stands in front.
void SetLimits(const ServerOptions& options, grpc::ServerBuilder& builder) {
  grpc::ResourceQuota quota("jixiao");
  quota.Resize(256u << 20);
  builder.SetResourceQuota(quota);
  builder.SetMaxReceiveMessageSize(options.max_receive_bytes);
  // A few compressed bytes can unfold to gigabytes before any limit is checked.
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_GZIP, false);
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 64);
  // Beyond this gRPC refuses a call in the middle of its headers and loses what the
  // rest of them said about the table that later headers refer to: the next call on
  // the connection fails too. BeginCall refuses from 8 KiB on, and nothing breaks.
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, 64 << 10);
  // At this age a connection takes no new calls, and its client makes another; what
  // is under way goes on until the grace ends.
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, JitteredMs(options.connection_age));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS,
                             static_cast<int>(absl::ToInt64Milliseconds(options.longest_stream)) + 60'000);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, 60'000);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, 10'000);
  // Else a second server starts on the same port and silently shares its calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
}

// Linking the reflection library switches it on for every server; this takes it
// out again.
class WithoutReflection : public grpc::ServerBuilderOption {
 public:
  void UpdateArguments(grpc::ChannelArguments*) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
    std::erase_if(*plugins, [](const auto& plugin) { return plugin->name() == "proto_server_reflection"; });
  }
};

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

// gRPC 1.51 aborts now and then ("prior > 0" in its completion queue) while the
// queue of the callback API is closed, which happens each time its last server
// or channel goes. One channel that is never closed keeps the queue for the
// life of the process. The call only makes the channel use the queue; it fails
// at once.
void KeepCallbackQueue() {
  static const auto* const channel =
      new std::shared_ptr<grpc::Channel>(grpc::CreateChannel("unix:/dev/null/-", grpc::InsecureChannelCredentials()));
  static auto* const stub = new grpc::GenericStub(*channel);
  static std::once_flag once;
  std::call_once(once, [] {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(1));
    const grpc::Slice nothing;
    const grpc::ByteBuffer request(&nothing, 1);
    grpc::ByteBuffer response;
    std::promise<void> answered;
    stub->UnaryCall(&context, "/jixiao.Queue/Keep", grpc::StubOptions(), &request, &response,
                    [&answered](const grpc::Status&) { answered.set_value(); });
    answered.get_future().wait();
  });
}

}  // namespace

std::optional<std::string> ProblemWithListen(const std::string& listen) {
  if (IsUnix(listen)) {
    if (listen.size() > sizeof(kUnixPrefix) - 1) return std::nullopt;
    return "`unix:` needs a path behind it";
  }
  const size_t colon = listen.rfind(':');
  if (colon == std::string::npos || colon == 0 || !IsPort(std::string_view(listen).substr(colon + 1))) {
    return fmt::format("`{}` is no address to listen on: write host:port, for example 127.0.0.1:50051", listen);
  }
  return std::nullopt;
}

std::vector<std::string> ProblemsWithTransport(const ServerOptions& options) {
  if (options.tls.cert.empty() && options.tls.key.empty()) {
    if (!options.plaintext) {
      return {
          "there is neither a certificate (--tls_cert, --tls_key) nor --plaintext, which is for this machine alone"};
    }
    if (IsLocalAddress(options.listen)) return {};
    return {
        fmt::format("`{}` would take plaintext calls from other machines: give a certificate (--tls_cert, "
                    "--tls_key), or listen on 127.0.0.1 or a unix socket",
                    options.listen)};
  }
  std::vector<std::string> problems = ProblemsWith(options.tls);
  if (options.plaintext) problems.emplace_back("--plaintext and a certificate exclude each other");
  return problems;
}

Server::Server(ServerOptions options, std::vector<std::string> names)
    : options_(std::move(options)), names_(std::move(names)) {}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ServerOptions& options,
                                                      const std::vector<ServedService>& services) {
  if (const auto problem = ProblemWithListen(options.listen)) {
    return MakeError(absl::StatusCode::kInvalidArgument, "BAD_LISTEN", *problem);
  }
  if (const auto problems = ProblemsWithTransport(options); !problems.empty()) {
    return MakeError(absl::StatusCode::kInvalidArgument, "BAD_TRANSPORT", fmt::format("{}", fmt::join(problems, "; ")));
  }
  std::vector<std::string> names;
  names.reserve(services.size());
  for (const ServedService& service : services) names.push_back(service.name);
  std::unique_ptr<Server> server(new Server(options, std::move(names)));
  KeepCallbackQueue();
  grpc::EnableDefaultHealthCheckService(true);
  // Refers to the reflection library, or the linker might leave it out.
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  if (!options.reflection) builder.SetOption(std::make_unique<WithoutReflection>());
  SetLimits(options, builder);
  int port = 0;
  builder.AddListeningPort(options.listen,
                           options.plaintext ? grpc::InsecureServerCredentials() : MakeServerCredentials(options.tls),
                           &port);
  for (const ServedService& service : services) builder.RegisterService(service.service);
  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "PORT_TAKEN",
                     fmt::format("cannot listen on {}: another process has the port, or the address is not of this "
                                 "machine",
                                 options.listen));
  }
  server->port_ = IsUnix(options.listen) ? 0 : port;
  server->SetServing(true);
  return server;
}

Server::~Server() {
  // None if it could not start.
  if (server_ == nullptr || is_draining_.exchange(true)) return;
  server_->Shutdown(absl::ToChronoTime(absl::Now() + options_.drain_timeout));
  server_->Wait();
}

void Server::SetServing(bool is_serving) {
  if (is_draining_.load()) return;
  grpc::HealthCheckServiceInterface* const health = server_->GetHealthCheckService();
  health->SetServingStatus("", is_serving);
  for (const std::string& name : names_) health->SetServingStatus(name, is_serving);
}

void Server::Drain(const std::function<void()>& before_shutdown) {
  if (is_draining_.exchange(true)) return;
  // Unlike SetServingStatus this cannot be taken back by a late SetServing.
  server_->GetHealthCheckService()->Shutdown();
  absl::SleepFor(options_.drain_pause);
  if (before_shutdown) before_shutdown();
  server_->Shutdown(absl::ToChronoTime(absl::Now() + options_.drain_timeout));
  server_->Wait();
}

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  return server_->InProcessChannel(grpc::ChannelArguments());
}

void PrepareSignals() {
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  // Peers that hang up are told by write errors.
  signal(SIGPIPE, SIG_IGN);
}

int WaitForStopSignal() {
  const sigset_t signals = StopSignals();
  int number = 0;
  while (sigwait(&signals, &number) != 0) {
  }
  return number;
}

void ServeUntilStopped(Server& server, const std::function<void()>& before_shutdown) {
  LogInfo("serving", {{"port", server.port()}});
  const int number = WaitForStopSignal();
  LogInfo("draining", {{"signal", number}});
  server.Drain(before_shutdown);
  LogInfo("drained");
}

}  // namespace jixiao
