// Reads audit logs as streams that may break: each goes on where it stopped.
#ifndef JIXIAO_TOOLS_JIXIAO_CLIENT_AUDIT_READER_H_
#define JIXIAO_TOOLS_JIXIAO_CLIENT_AUDIT_READER_H_

#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/service_client.h"
#include "jixiao/intake/v1/audit.pb.h"

namespace jixiao::cli {

// Hands each message about `name` behind `after` to `take`, until the server has
// sent all; records come once each and in order.
absl::Status ReadAuditLog(ServiceClient& client, const std::string& name, int64_t after,
                          const std::function<void(const intake::v1::ReadAuditLogResponse&)>& take);

// The first record of `name`, not held against anything; none if there is none.
absl::StatusOr<std::optional<intake::v1::AuditRecord>> FirstAuditRecord(ServiceClient& client, const std::string& name);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_CLIENT_AUDIT_READER_H_
