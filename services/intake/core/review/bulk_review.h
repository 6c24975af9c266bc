// Decides many submissions at once: which ones a filter means, and each of them as
// the single call would, in a transaction of its own.
#ifndef JIXIAO_INTAKE_CORE_REVIEW_BULK_REVIEW_H_
#define JIXIAO_INTAKE_CORE_REVIEW_BULK_REVIEW_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

struct BulkReview {
  std::string division_code;
  int fiscal_year = 0;
  report::v1::ReportKind kind = report::v1::REPORT_KIND_UNSPECIFIED;  // unspecified: all
  bool without_blocking_findings = true;
  bool without_unexplained_findings = true;
  bool within_supported_scores = false;
  v1::SubmissionEvent::Action action = v1::SubmissionEvent::ACTION_UNSPECIFIED;  // APPROVED or RETURNED
  std::string reason;
  bool is_preview = false;  // counted only, so a return may still be without words
  std::string request_id;
  std::optional<int> expected_count;
  // Where the caller may review.
  std::vector<Scope> scopes;
  std::string actor;
};

struct BulkOutcome {
  int matched = 0;
  int changed = 0;
  int failed = 0;
  int remaining = 0;
  std::vector<std::pair<std::string, absl::Status>> failures;  // submission name and why; the first 100
};

// INVALID_ARGUMENT with field violations.
absl::Status ValidateBulkReview(const BulkReview& review);

// Submissions that match now.
absl::StatusOr<int> CountMatches(SubmissionStore& store, const BulkReview& review);

// Decides what matches, until `until`; one submission that cannot be decided leaves
// the others alone. The moment of the first call with a request id is kept: what
// changed later does not match, so a repetition goes on where this one stopped and
// touches nothing that nobody has looked at. Fails as a whole with ABORTED
// (PREVIEW_OUTDATED) or ALREADY_EXISTS (REQUEST_ID_REUSED), and as the store does
// for reads.
absl::StatusOr<BulkOutcome> ReviewAll(SubmissionStore& store, const Clock& clock, const BulkReview& review,
                                      absl::Time until);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_REVIEW_BULK_REVIEW_H_
