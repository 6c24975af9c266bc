// Decides what becomes of a filing: a new version, the same as before, or a
// refusal.
#ifndef JIXIAO_INTAKE_CORE_SUBMISSION_INTAKE_H_
#define JIXIAO_INTAKE_CORE_SUBMISSION_INTAKE_H_

#include <functional>

#include "absl/status/statusor.h"
#include "intake/core/filing.h"
#include "intake/core/submission_store.h"
#include "jixiao/intake/v1/submission.pb.h"

namespace jixiao::intake {

enum class FilingOutcome {
  kNewVersion,
  kIdentical,  // the current version already has this content
  kReplayed,   // the request was answered before
};

struct FilingAnswer {
  FilingOutcome outcome = FilingOutcome::kNewVersion;
  v1::Receipt receipt;
  bool is_identical = false;
};

// Files within `transaction`. Fails with ALREADY_EXISTS (REQUEST_ID_REUSED),
// ABORTED (STALE_BASE_VERSION) or FAILED_PRECONDITION (UNDER_PUBLICATION).
//
// Content that equals the current version's makes no new version, unless that
// version was withdrawn: then filing it again is the only way back.
absl::StatusOr<FilingAnswer> FileReport(SubmissionTransaction& transaction, const Filing& filing);

// FileReport in a transaction of its own; `done` is called as by
// SubmissionStore::Write.
void Submit(SubmissionStore& store, Filing filing, std::function<void(absl::StatusOr<FilingAnswer>)> done);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SUBMISSION_INTAKE_H_
