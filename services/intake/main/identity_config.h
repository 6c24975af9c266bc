// The flags of jixiao-intake about who may call, and how it calls others.
#ifndef JIXIAO_INTAKE_MAIN_IDENTITY_CONFIG_H_
#define JIXIAO_INTAKE_MAIN_IDENTITY_CONFIG_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/identity/token.h"
#include "common/rpc/tls/tls.h"
#include "intake/core/filing/submit_limits.h"
#include "intake/rpc/identity_callers.h"

namespace jixiao::intake {

struct IdentityConfig {
  std::string registry_file;
  std::string key_file;  // empty: no tokens
  TokenRules token_rules;
  SubmitLimits::Options limits;
  TlsFiles peers;  // for calls to scoring and publish
};

IdentityConfig IdentityConfigFromFlags();

// All problems, empty if none. `peers` are the addresses that intake calls.
std::vector<std::string> Validate(const IdentityConfig& config, const std::vector<std::string>& peers);

// Fails with a sentence for the operator if a file is missing or broken. `clock`
// outlives the callers.
absl::StatusOr<std::unique_ptr<IdentityCallers>> OpenCallers(const IdentityConfig& config,
                                                             const std::string& trust_domain, const Clock& clock);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_MAIN_IDENTITY_CONFIG_H_
