#include "intake/main/identity_config.h"

#include <fmt/format.h>

#include <utility>

#include "absl/flags/flag.h"
#include "common/base/status_macros.h"

ABSL_FLAG(std::string, identities, "",
          "[identity, file] Who may call and what they may do: an IdentityRegistry as textproto.");
ABSL_FLAG(std::string, jwks, "",
          "[identity, file] Public keys of the issuer of tokens, a JSON file. Without it no tokens are taken.");
ABSL_FLAG(std::string, token_issuer, "jixiao", "[identity, name] `iss` of the tokens that are believed.");
ABSL_FLAG(std::string, token_audience, "jixiao-intake", "[identity, name] `aud` of the tokens that are believed.");
ABSL_FLAG(int32_t, unit_submits_per_minute, 6,
          "[limits, filings a minute] Filings of all clerks of a unit together, 1 to 1000000.");
ABSL_FLAG(int32_t, unit_submits_burst, 10, "[limits, filings] Of these, how many at once after a pause.");
ABSL_FLAG(int32_t, unit_submits_per_day, 200,
          "[limits, filings a day] Filings of all clerks of a unit together in a day; 0: no limit.");
ABSL_FLAG(int32_t, system_submits_per_minute, 60'000, "[limits, filings a minute] Filings of one budget system.");
ABSL_FLAG(int32_t, system_submits_burst, 10'000, "[limits, filings] Of these, how many at once after a pause.");
ABSL_FLAG(std::string, peer_ca, "",
          "[TLS, file] CA of the certificates of scoring and publish, in PEM. Without it: plaintext.");
ABSL_FLAG(std::string, client_cert, "", "[TLS, file] Certificate that intake shows to scoring and publish, in PEM.");
ABSL_FLAG(std::string, client_key, "", "[TLS, file] Its key in PEM; may be the same file.");

namespace jixiao::intake {
namespace {

void CheckRate(const std::string& whose, const SubmitRate& rate, std::vector<std::string>& problems) {
  if (rate.per_minute < 1 || rate.per_minute > 1'000'000 || rate.burst < 1 || rate.burst > 1'000'000 ||
      rate.per_day < 0) {
    problems.push_back(
        fmt::format("--{}_submits_per_minute and --{}_submits_burst have to be from 1 to 1000000", whose, whose));
  }
}

}  // namespace

IdentityConfig IdentityConfigFromFlags() {
  IdentityConfig config;
  config.registry_file = absl::GetFlag(FLAGS_identities);
  config.key_file = absl::GetFlag(FLAGS_jwks);
  config.token_rules.issuer = absl::GetFlag(FLAGS_token_issuer);
  config.token_rules.audience = absl::GetFlag(FLAGS_token_audience);
  config.limits.unit = {.per_minute = absl::GetFlag(FLAGS_unit_submits_per_minute),
                        .burst = absl::GetFlag(FLAGS_unit_submits_burst),
                        .per_day = absl::GetFlag(FLAGS_unit_submits_per_day)};
  config.limits.system = {.per_minute = absl::GetFlag(FLAGS_system_submits_per_minute),
                          .burst = absl::GetFlag(FLAGS_system_submits_burst),
                          .per_day = 0};
  config.peers.ca = absl::GetFlag(FLAGS_peer_ca);
  config.peers.cert = absl::GetFlag(FLAGS_client_cert);
  config.peers.key = absl::GetFlag(FLAGS_client_key);
  return config;
}

std::vector<std::string> Validate(const IdentityConfig& config, const std::vector<std::string>& peers) {
  std::vector<std::string> problems;
  if (config.registry_file.empty()) {
    problems.emplace_back("--identities is missing: it says who may call (./dev up makes one for development)");
  }
  if (config.token_rules.issuer.empty() || config.token_rules.audience.empty()) {
    problems.emplace_back("--token_issuer or --token_audience is empty");
  }
  CheckRate("unit", config.limits.unit, problems);
  CheckRate("system", config.limits.system, problems);
  for (const std::string& problem : ProblemsWith(config.peers)) {
    problems.push_back(fmt::format("--peer_ca, --client_cert, --client_key: {}", problem));
  }
  if (!config.peers.ca.empty()) return problems;
  if (!config.peers.cert.empty()) problems.emplace_back("--client_cert needs --peer_ca");
  for (const std::string& peer : peers) {
    if (!IsLocalAddress(peer)) problems.push_back(fmt::format("{} is on another machine: give --peer_ca", peer));
  }
  return problems;
}

absl::StatusOr<std::unique_ptr<IdentityCallers>> OpenCallers(const IdentityConfig& config,
                                                             const std::string& trust_domain, const Clock& clock) {
  IdentityCallers::Parts parts;
  parts.trust_domain = trust_domain;
  JIXIAO_ASSIGN_OR_RETURN(parts.registry,
                          WatchedFile<IdentityRegistry>::Open(
                              {.path = config.registry_file,
                               .max_bytes = kMaxRegistryBytes,
                               .parse = [](const std::string& text) { return IdentityRegistry::Parse(text); }},
                              clock));
  if (!config.key_file.empty()) {
    JIXIAO_ASSIGN_OR_RETURN(parts.tokens, TokenVerifier::Open(config.key_file, config.token_rules, clock));
  }
  return std::make_unique<IdentityCallers>(std::move(parts));
}

}  // namespace jixiao::intake
