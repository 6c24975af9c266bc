// Changes a submission as a caller asked, once per request id however often the
// call is repeated.
#ifndef JIXIAO_INTAKE_CORE_CHANGE_CHANGE_ONCE_H_
#define JIXIAO_INTAKE_CORE_CHANGE_CHANGE_ONCE_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "intake/core/submission/submission_store.h"
#include "intake/core/submission/violations.h"

namespace jixiao::intake {

struct RequestedChange {
  SubmissionKey key;
  int version = 0;  // the version the caller has read
  std::string request_id;
  std::string fingerprint;  // over action and content
};

// Runs `change` on the stored submission and stores it, unless the request id was
// answered before. NOT_FOUND, ALREADY_EXISTS (REQUEST_ID_REUSED), ABORTED
// (STALE_BASE_VERSION), or what `change` fails with.
absl::Status ChangeOnce(SubmissionTransaction& transaction, const RequestedChange& request,
                        const std::function<absl::Status(SubmissionRecord&)>& change);

// Violations of what every such request has: `request_id` and `version`.
void CheckRequest(const std::string& request_id, int version, Violations& violations);

// Violations of `text` on `path`: bytes that are no text, or more than `max_chars`
// of it. False if it has any.
bool CheckText(const PathStep& path, const std::string& text, int64_t max_chars, std::string_view what,
               Violations& violations);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_CHANGE_CHANGE_ONCE_H_
