// Decides how a reviewer confirms proposed points of the work assessment; the
// version is then scored again with them.
#ifndef JIXIAO_INTAKE_CORE_REVIEW_WORK_CONFIRMATION_H_
#define JIXIAO_INTAKE_CORE_REVIEW_WORK_CONFIRMATION_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

struct WorkConfirmations {
  SubmissionKey key;
  int version = 0;
  std::vector<v1::WorkConfirmation> confirmations;
  std::string request_id;
  std::string actor;
  absl::Time time;
};

// INVALID_ARGUMENT with field violations: request id, version, lengths, points
// missing or negative, a criterion given twice.
absl::Status ValidateWorkConfirmations(const WorkConfirmations& request);

// Stores them beside the card of the current version (later ones replace earlier
// ones of the same criterion) and has it scored again; the explanations stay. Until
// then the card is the former one. Fails as ChangeOnce does, with
// FAILED_PRECONDITION (WRONG_STATE) unless SCORED, and with INVALID_ARGUMENT for
// criteria that the card does not have or that are computed, and for points above
// a criterion's own.
absl::Status ConfirmWork(SubmissionTransaction& transaction, const WorkConfirmations& request);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_REVIEW_WORK_CONFIRMATION_H_
