// For any service: a gRPC server that is set up against abuse, says whether it
// is healthy, and ends without cutting off a call.
//
// In main, in this order: PrepareSignals, build everything, Server::Start,
// ServeUntilStopped, destroy in reverse order, return 0.
#ifndef JIXIAO_COMMON_RPC_SERVER_H_
#define JIXIAO_COMMON_RPC_SERVER_H_

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/tls/tls.h"

namespace jixiao {

// The longest that a stream may be open. Methods check it by their callers'
// deadlines; connections live long enough for it.
inline constexpr absl::Duration kLongestStream = absl::Hours(1);

struct ServerOptions {
  // `127.0.0.1:50051`, `[::1]:0`, `unix:/run/jixiao/intake.sock`. Port 0 picks a
  // free one.
  std::string listen;
  // With a certificate: TLS. Without: `plaintext` has to be set, and nobody but
  // this machine may reach `listen`.
  TlsFiles tls;
  bool plaintext = false;
  // Off in production: it tells strangers what there is to call.
  bool reflection = false;
  // Room for a report of 1 MiB and what a request says besides.
  int max_receive_bytes = (1 << 20) + (64 << 10);
  // After which a connection takes no new calls, give or take a tenth, so that
  // clients come to new replicas. Streams that are open go on.
  absl::Duration connection_age = absl::Minutes(5);
  absl::Duration longest_stream = kLongestStream;
  // Between "not serving" and the end of listening, for balancers to notice.
  absl::Duration drain_pause = absl::Seconds(5);
  // How long calls in flight may take to finish.
  absl::Duration drain_timeout = absl::Seconds(20);
};

// What is wrong with an address to listen on, in a sentence; empty if nothing.
std::optional<std::string> ProblemWithListen(const std::string& listen);

// What keeps the server from serving safely, in sentences; empty if nothing.
std::vector<std::string> ProblemsWithTransport(const ServerOptions& options);

// A service and its full name: {IntakeService::service_full_name(), &service}.
struct ServedService {
  std::string name;
  grpc::Service* service;  // outlives the server
};

// Thread-safe.
class Server {
 public:
  // Serves at once; health says SERVING for "" and every service. Fails with a
  // sentence for the operator:
  //   INVALID_ARGUMENT     `listen` is malformed, plaintext where other machines
  //                        reach it, or certificates that cannot be used;
  //   FAILED_PRECONDITION  (reason PORT_TAKEN) it cannot listen there.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ServerOptions& options,
                                                       const std::vector<ServedService>& services);

  // Drains without the pause unless Drain was called.
  ~Server();

  // The port listened on; 0 for a unix socket.
  int port() const { return port_; }

  // Health of "" and all services: NOT_SERVING for example while the store
  // cannot commit. Ignored once draining.
  void SetServing(bool is_serving);

  // Says NOT_SERVING, waits drain_pause, calls `before_shutdown` (end long
  // streams there: each would hold the shutdown until its deadline), stops
  // listening, lets calls finish until drain_timeout, cancels the rest.
  void Drain(const std::function<void()>& before_shutdown = nullptr);

  // For tests: calls without a port.
  std::shared_ptr<grpc::Channel> InProcessChannel();

 private:
  Server(ServerOptions options, std::vector<std::string> names);

  const ServerOptions options_;
  const std::vector<std::string> names_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
  std::atomic<bool> is_draining_{false};
};

// Blocks SIGTERM and SIGINT in this thread and all it will start, and ignores
// SIGPIPE. First thing in main.
void PrepareSignals();

// Blocks until SIGTERM or SIGINT; gives its number.
int WaitForStopSignal();

// Logs `serving`, waits for a signal, drains, logs `drained`.
void ServeUntilStopped(Server& server, const std::function<void()>& before_shutdown = nullptr);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_RPC_SERVER_H_
