// Decides what a reviewer or the unit does with a scored version: approve,
// return, withdraw.
#ifndef JIXIAO_INTAKE_CORE_REVIEW_SUBMISSION_REVIEW_H_
#define JIXIAO_INTAKE_CORE_REVIEW_SUBMISSION_REVIEW_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "intake/core/submission/submission_store.h"
#include "jixiao/intake/v1/submission.pb.h"

namespace jixiao::intake {

// Of a reason, or of one comment of a return.
inline constexpr int64_t kMostReasonCharacters = 2000;

// One step of a review, as asked for.
struct ReviewStep {
  SubmissionKey key;
  v1::SubmissionEvent::Action action = v1::SubmissionEvent::ACTION_UNSPECIFIED;  // APPROVED, RETURNED or WITHDRAWN
  int version = 0;                                                               // the version the caller has read
  std::string reason;                                                            // of an approval or withdrawal
  std::vector<v1::ReviewComment> comments;                                       // of a return
  std::string request_id;
  std::string actor;
  absl::Time time;
};

// INVALID_ARGUMENT with field violations if the step breaks the documented
// format: request id, version, lengths, a missing reason or comment.
absl::Status ValidateReviewStep(const ReviewStep& step);

// Takes the step within `transaction`; a request id that was answered before
// changes nothing. Fails with NOT_FOUND, ALREADY_EXISTS (REQUEST_ID_REUSED),
// ABORTED (STALE_BASE_VERSION) or FAILED_PRECONDITION (WRONG_STATE,
// OPEN_BLOCKING_FINDINGS, UNEXPLAINED_FINDINGS).
//
// A withdrawal takes down every public version of the submission, not only the
// current one: what must not be seen stands in earlier versions as well.
absl::Status TakeReviewStep(SubmissionTransaction& transaction, const ReviewStep& step);

// Approves as the policy does when nothing blocks and nothing waits for an
// explanation; shared with the step above. `record` is changed and must be
// stored by the caller; the policy has no request id.
absl::Status ApproveVersion(SubmissionTransaction& transaction, const std::string& actor, const std::string& reason,
                            absl::Time time, SubmissionRecord& record, const std::string& request_id = {});

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_REVIEW_SUBMISSION_REVIEW_H_
