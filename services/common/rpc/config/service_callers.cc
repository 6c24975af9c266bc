#include "common/rpc/config/service_callers.h"

#include <fmt/format.h>

#include "absl/flags/flag.h"
#include "common/identity/subject.h"
#include "common/rpc/work/caller_certificate.h"

ABSL_FLAG(std::vector<std::string>, callers, (std::vector<std::string>{"service/intake"}),
          "[identity, subjects] Subjects whose certificates may call, separated by commas. Over TLS only.");

namespace jixiao {

ServiceCallers ServiceCallersFromFlags() { return {absl::GetFlag(FLAGS_callers)}; }

std::vector<std::string> Validate(const ServiceCallers& callers, const ServerConfig& config) {
  std::vector<std::string> problems;
  for (const std::string& subject : callers.subjects) {
    if (!IsSubject(subject) || !IsService(subject)) {
      problems.push_back(fmt::format("--callers: `{}` is no service: write service/intake", subject));
    }
  }
  if (callers.subjects.empty()) problems.emplace_back("--callers is empty: nobody could call");
  if (!config.plaintext && config.tls.ca.empty()) {
    problems.emplace_back("--client_ca is missing: callers of this service show certificates");
  }
  return problems;
}

CallRunnerOptions WithCallers(const ServiceCallers& callers, const ServerConfig& config) {
  CallRunnerOptions options = config.call_runner_options();
  if (!config.plaintext) options.admit = OnlyCallers(callers.subjects, config.trust_domain);
  return options;
}

}  // namespace jixiao
