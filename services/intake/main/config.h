// What the command line of jixiao-intake says.
#ifndef JIXIAO_INTAKE_MAIN_CONFIG_H_
#define JIXIAO_INTAKE_MAIN_CONFIG_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/rpc/config/server_config.h"
#include "intake/main/identity_config.h"

namespace jixiao::intake {

struct Config {
  ServerConfig server;
  IdentityConfig identity;
  std::string store;                // as OpenStore takes it
  std::string synchronous_standby;  // likewise
  bool is_migrating = false;
  absl::Duration migrate_hold;
  std::string scoring;  // host:port or unix:path
  std::string publish;
  bool auto_approve = false;
  int outbox_in_flight = 0;
  absl::Duration outbox_call_timeout;
  std::string libreoffice;        // path, `auto` or empty
  std::string calendar;           // path
  std::string rulesets;           // folder
  std::string seasons;            // `required` or `optional`
  std::string audit_checkpoints;  // path, or empty
};

Config ConfigFromFlags(int argc, char** argv);

// All problems, empty if none.
std::vector<std::string> Validate(const Config& config);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_MAIN_CONFIG_H_
