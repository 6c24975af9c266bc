// What an auditor verifies: chains of the audit log, and the submissions whose
// histories have to be in them.
#ifndef JIXIAO_COMMANDS_PLATFORM_AUDIT_SCOPE_H_
#define JIXIAO_COMMANDS_PLATFORM_AUDIT_SCOPE_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "client/service_client.h"
#include "intake/core/audit/audited_events.h"

namespace jixiao::cli {

struct AuditScope {
  // Names of submissions by the chain that they belong to. They were stored before
  // any chain is read, and with them their entries.
  std::map<intake::AuditShard, std::set<std::string>> submissions;
  // Time of the earliest entry of all these chains; what happened later is in one
  // of them, or was taken out. None if nothing is chained.
  std::optional<absl::Time> log_start;
};

absl::Time TimeOf(const google::protobuf::Timestamp& time);

// `names` of chains; none: all that the caller may read, that a checkpoint knows,
// or that a submission belongs to, as a chain may be gone as a whole. With
// `is_chain_only` no submissions.
absl::StatusOr<AuditScope> FindAuditScope(const std::vector<std::string>& names,
                                          const std::vector<intake::v1::AuditCheckpoint>& checkpoints,
                                          bool is_chain_only, ServiceClient& client);

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_PLATFORM_AUDIT_SCOPE_H_
