// For any service's main: the flags that every service has, and how wrong
// configuration ends a start: one sentence with all problems, exit code 2.
//
//   int main(int argc, char** argv) {
//     PrepareSignals();
//     const Config config = ConfigFromFlags(argc, argv);  // ParseServerFlags and own flags
//     StopIfMisconfigured(Validate(config));              // Validate(config.server) and own checks
#ifndef JIXIAO_COMMON_RPC_CONFIG_SERVER_CONFIG_H_
#define JIXIAO_COMMON_RPC_CONFIG_SERVER_CONFIG_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/rpc/server.h"
#include "common/rpc/work/call_runner.h"

namespace jixiao {

// What --listen, --metrics_listen, --plaintext, --tls_cert, --tls_key,
// --client_ca, --trust_domain, --reflection, --drain_pause, --drain_timeout, --rpc_threads and --rpc_queue say.
struct ServerConfig {
  std::string listen;
  std::string metrics_listen;  // empty: no metrics
  TlsFiles tls;
  bool plaintext = false;
  std::string trust_domain;  // of subjects in certificates
  bool reflection = false;
  absl::Duration drain_pause;
  absl::Duration drain_timeout;
  int rpc_threads = 0;
  int rpc_queue = 0;

  ServerOptions server_options() const;
  CallRunnerOptions call_runner_options() const;
};

// Parses the command line, the service's own flags included; unknown flags and
// left-over arguments end the process with exit code 1 and 2, --help with 0 and the
// list of all flags. The defaults are the service's own addresses.
ServerConfig ParseServerFlags(int argc, char** argv, const std::string& usage, const std::string& default_listen,
                              const std::string& default_metrics_listen);

// All problems, in sentences without a full stop; empty if none.
std::vector<std::string> Validate(const ServerConfig& config);

// Ends the process with exit code 2 if there are problems.
void StopIfMisconfigured(const std::vector<std::string>& problems);

// Ends the process with exit code 1 and the sentence of `status` unless it is OK.
void StopIfFailed(const absl::Status& status);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_RPC_CONFIG_SERVER_CONFIG_H_
