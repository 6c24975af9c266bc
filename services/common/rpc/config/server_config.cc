#include "common/rpc/config/server_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "common/rpc/config/flag_help.h"

ABSL_FLAG(std::string, listen, "",
          "[addresses, address] Address of the gRPC server: host:port, port 0 for a free one, or unix:path.");
ABSL_FLAG(std::string, metrics_listen, "",
          "[addresses, address] Address of the metrics page, http://host:port/metrics; `none` for none.");
ABSL_FLAG(bool, plaintext, false,
          "[TLS] Serve without TLS, on 127.0.0.1 or a unix socket only: for development, and behind a proxy on this "
          "machine.");
ABSL_FLAG(std::string, tls_cert, "", "[TLS, file] The server's certificate, with those between it and its CA, in PEM.");
ABSL_FLAG(std::string, tls_key, "", "[TLS, file] Its key in PEM; may be the same file.");
ABSL_FLAG(std::string, client_ca, "", "[TLS, file] CA whose client certificates are believed, in PEM.");
ABSL_FLAG(std::string, trust_domain, "jixiao.local",
          "[TLS, domain] Certificates name subjects as spiffe://{trust_domain}/{subject}.");
ABSL_FLAG(bool, reflection, false, "[start and stop] Tell callers what there is to call. Off in production.");
ABSL_FLAG(absl::Duration, drain_pause, absl::Seconds(5),
          "[start and stop] At the end: how long health says NOT_SERVING before the server stops listening.");
ABSL_FLAG(absl::Duration, drain_timeout, absl::Seconds(20),
          "[start and stop] At the end: how long calls in flight may take to finish.");
ABSL_FLAG(int32_t, rpc_threads, 4, "[limits, threads] Threads that do the work of calls, 1 to 16.");
ABSL_FLAG(int32_t, rpc_queue, 256,
          "[limits, calls] Calls that may wait for a thread before more are refused, 1 to 4096.");

namespace jixiao {
namespace {

std::string ProgramName() { return program_invocation_short_name; }

}  // namespace

ServerOptions ServerConfig::server_options() const {
  ServerOptions options;
  options.listen = listen;
  options.tls = tls;
  options.plaintext = plaintext;
  options.reflection = reflection;
  options.drain_pause = drain_pause;
  options.drain_timeout = drain_timeout;
  return options;
}

CallRunnerOptions ServerConfig::call_runner_options() const {
  CallRunnerOptions options;
  options.threads = rpc_threads;
  options.max_queue = rpc_queue;
  options.max_in_flight = std::max(options.max_in_flight, rpc_queue + rpc_threads);
  return options;
}

ServerConfig ParseServerFlags(int argc, char** argv, const std::string& usage, const std::string& default_listen,
                              const std::string& default_metrics_listen) {
  absl::SetProgramUsageMessage(usage);
  absl::SetFlag(&FLAGS_listen, default_listen);
  absl::SetFlag(&FLAGS_metrics_listen, default_metrics_listen);
  if (AsksForHelp(argc, argv)) {
    fmt::print("{}", FlagHelp(ProgramName(), usage));
    std::exit(0);
  }
  const std::vector<char*> rest = absl::ParseCommandLine(argc, argv);
  std::vector<std::string> problems;
  for (size_t i = 1; i < rest.size(); ++i) problems.push_back(fmt::format("`{}` is no flag", rest[i]));
  StopIfMisconfigured(problems);
  ServerConfig config;
  config.listen = absl::GetFlag(FLAGS_listen);
  config.metrics_listen = absl::GetFlag(FLAGS_metrics_listen);
  if (config.metrics_listen == "none") config.metrics_listen.clear();
  config.plaintext = absl::GetFlag(FLAGS_plaintext);
  config.tls.cert = absl::GetFlag(FLAGS_tls_cert);
  config.tls.key = absl::GetFlag(FLAGS_tls_key);
  config.tls.ca = absl::GetFlag(FLAGS_client_ca);
  config.trust_domain = absl::GetFlag(FLAGS_trust_domain);
  config.reflection = absl::GetFlag(FLAGS_reflection);
  config.drain_pause = absl::GetFlag(FLAGS_drain_pause);
  config.drain_timeout = absl::GetFlag(FLAGS_drain_timeout);
  config.rpc_threads = absl::GetFlag(FLAGS_rpc_threads);
  config.rpc_queue = absl::GetFlag(FLAGS_rpc_queue);
  return config;
}

std::vector<std::string> Validate(const ServerConfig& config) {
  std::vector<std::string> problems;
  if (const auto problem = ProblemWithListen(config.listen)) problems.push_back("--listen: " + *problem);
  for (std::string& problem : ProblemsWithTransport(config.server_options())) problems.push_back(std::move(problem));
  if (config.trust_domain.empty()) problems.emplace_back("--trust_domain is empty");
  if (!config.metrics_listen.empty()) {
    // Metrics tell nothing about any report; a scraper elsewhere may read them.
    if (const auto problem = ProblemWithListen(config.metrics_listen)) {
      problems.push_back("--metrics_listen: " + *problem);
    }
  }
  if (config.drain_pause < absl::ZeroDuration() || config.drain_pause > absl::Minutes(1)) {
    problems.push_back("--drain_pause must be from 0s to 1m");
  }
  if (config.drain_timeout <= absl::ZeroDuration() || config.drain_timeout > absl::Minutes(5)) {
    problems.push_back("--drain_timeout must be more than 0s and at most 5m");
  }
  if (config.rpc_threads < 1 || config.rpc_threads > 16) problems.push_back("--rpc_threads must be from 1 to 16");
  if (config.rpc_queue < 1 || config.rpc_queue > 4096) problems.push_back("--rpc_queue must be from 1 to 4096");
  return problems;
}

void StopIfMisconfigured(const std::vector<std::string>& problems) {
  if (problems.empty()) return;
  fmt::print(stderr, "{}: cannot start with this configuration: {}.\n", ProgramName(), fmt::join(problems, "; "));
  std::exit(2);
}

void StopIfFailed(const absl::Status& status) {
  if (status.ok()) return;
  fmt::print(stderr, "{}: cannot start: {}.\n", ProgramName(), std::string(status.message()));
  std::exit(1);
}

}  // namespace jixiao
