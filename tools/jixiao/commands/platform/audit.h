// `jixiao audit verify`: walks the audit log from its first entry, over the
// network, and believes nothing but hashes.
#ifndef JIXIAO_COMMANDS_PLATFORM_AUDIT_H_
#define JIXIAO_COMMANDS_PLATFORM_AUDIT_H_

#include <string>
#include <vector>

#include "client/service_client.h"
#include "commands/output.h"

namespace jixiao::cli {

struct AuditArguments {
  std::vector<std::string> shards;  // `auditlogs/430600.2024`; empty: all that the caller may read
  std::string checkpoints_file;     // may be empty
  bool is_chain_only = false;       // histories are not held against it
};

// kExitOk if everything is as it was chained, kExitBlocked if not, kExitBadInput
// if the checkpoints cannot be read, kExitRefused if the service refuses.
int RunAuditVerify(const AuditArguments& arguments, ServiceClient& client, const Output& output);

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_PLATFORM_AUDIT_H_
