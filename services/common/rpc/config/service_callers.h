// For services that only other services call: who may, as a flag.
#ifndef JIXIAO_COMMON_RPC_CONFIG_SERVICE_CALLERS_H_
#define JIXIAO_COMMON_RPC_CONFIG_SERVICE_CALLERS_H_

#include <string>
#include <vector>

#include "common/rpc/config/server_config.h"
#include "common/rpc/work/call_runner.h"

namespace jixiao {

// What --callers says, for `config` of a service that only services call.
struct ServiceCallers {
  std::vector<std::string> subjects;
};

ServiceCallers ServiceCallersFromFlags();

// All problems, empty if none. Over TLS nobody can call without --client_ca.
std::vector<std::string> Validate(const ServiceCallers& callers, const ServerConfig& config);

// The config's options with these callers only. In plaintext there is nobody to
// tell apart: whoever reaches the address on this machine may call.
CallRunnerOptions WithCallers(const ServiceCallers& callers, const ServerConfig& config);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_RPC_CONFIG_SERVICE_CALLERS_H_
