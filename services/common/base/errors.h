// For any service: failures as values that carry what a program needs to
// branch on. The rpc room turns them into google.rpc.Status unchanged.
#ifndef JIXIAO_COMMON_BASE_ERRORS_H_
#define JIXIAO_COMMON_BASE_ERRORS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/rpc/error_details.pb.h"

namespace jixiao {

// A failure with `reason`, an UPPER_SNAKE_CASE token that is stable within v1.
// `message` says what is wrong and how to mend it.
absl::Status MakeError(absl::StatusCode code, std::string_view reason, const std::string& message);

// One broken field of a request.
struct FieldViolation {
  std::string field;        // path from the request
  std::string description;  // in Chinese
};

// INVALID_ARGUMENT listing all violations; `violations` is not empty.
absl::Status InvalidFields(const std::vector<FieldViolation>& violations);

// `status` that tells the caller when to come back.
absl::Status WithRetryDelay(absl::Status status, absl::Duration retry_delay);

// RESOURCE_EXHAUSTED that tells the caller when to come back.
absl::Status Overloaded(const std::string& message, absl::Duration retry_delay);

// What was attached; empty messages if nothing was.
std::string ReasonOf(const absl::Status& status);
google::rpc::BadRequest ViolationsOf(const absl::Status& status);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_BASE_ERRORS_H_
