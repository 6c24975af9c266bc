// Decides how a unit explains a finding in words: which findings, which words.
#ifndef JIXIAO_INTAKE_CORE_REVIEW_FINDING_EXPLANATION_H_
#define JIXIAO_INTAKE_CORE_REVIEW_FINDING_EXPLANATION_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

struct Explanation {
  SubmissionKey key;
  int version = 0;
  std::string finding_id;
  std::string text;
  std::string request_id;
  std::string actor;
  absl::Time time;
};

// INVALID_ARGUMENT with field violations: request id, version, and a text that is
// too short or long, says nothing, or names people. It is published, so personal
// data is refused here, where the clerk can still choose other words.
absl::Status ValidateExplanation(const Explanation& explanation);

// Stores it beside the current version's card; it replaces an earlier one of the
// same finding. Fails as ChangeOnce does, with FAILED_PRECONDITION (WRONG_STATE)
// unless SCORED, and with NOT_FOUND (NO_SUCH_FINDING).
absl::Status ExplainFinding(SubmissionTransaction& transaction, const Explanation& explanation);

// Notes without explanations of findings that `to_explain` does not name, and the
// number of those it names that have none.
int KeepExplanationsOf(const std::vector<std::string>& to_explain, ReviewNotes& notes);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_REVIEW_FINDING_EXPLANATION_H_
