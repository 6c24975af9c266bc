// For any service: absl::Status on this side, grpc::Status on the wire, nothing
// lost in between: payloads travel as google.rpc.Status details.
#ifndef JIXIAO_COMMON_RPC_STATUS_CONVERSION_H_
#define JIXIAO_COMMON_RPC_STATUS_CONVERSION_H_

#include <grpcpp/support/status.h>

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace jixiao {

// Payloads become details in the order ErrorInfo, BadRequest, RetryInfo, others.
// Trailers of more than 8 KiB are refused by clients, so long messages are cut
// and field violations that do not fit are left out, last ones first.
grpc::Status ToGrpcStatus(const absl::Status& status);

// The same backwards; details that cannot be read are left out.
absl::Status FromGrpcStatus(const grpc::Status& status);

// The delay of an attached RetryInfo.
std::optional<absl::Duration> RetryDelayOf(const absl::Status& status);

// `RESOURCE_EXHAUSTED`, as metrics and logs spell it.
std::string CodeName(absl::StatusCode code);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_RPC_STATUS_CONVERSION_H_
