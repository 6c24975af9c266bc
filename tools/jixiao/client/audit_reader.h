// Reads audit logs as streams that may break: each goes on where it stopped.
#ifndef JIXIAO_TOOLS_JIXIAO_CLIENT_AUDIT_READER_H_
#define JIXIAO_TOOLS_JIXIAO_CLIENT_AUDIT_READER_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "client/service_client.h"
#include "jixiao/intake/v1/intake_service.pb.h"

namespace jixiao::cli {

// Hands each message about `name` behind `after` to `take`, until the server has
// sent all; records come once each and in order.
absl::Status ReadAuditLog(ServiceClient& client, const std::string& name, int64_t after,
                          const std::function<void(const intake::v1::ReadAuditLogResponse&)>& take);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_CLIENT_AUDIT_READER_H_
