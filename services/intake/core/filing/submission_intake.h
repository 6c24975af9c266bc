// Decides what becomes of a filing: a new version, the same as before, or a
// refusal.
#ifndef JIXIAO_INTAKE_CORE_FILING_SUBMISSION_INTAKE_H_
#define JIXIAO_INTAKE_CORE_FILING_SUBMISSION_INTAKE_H_

#include <functional>

#include "absl/status/statusor.h"
#include "intake/core/filing/filing.h"
#include "intake/core/filing/season_filing.h"
#include "intake/core/submission/submission_store.h"
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
// ABORTED (STALE_BASE_VERSION), FAILED_PRECONDITION (UNDER_PUBLICATION) or as
// CheckExpected does. What was accepted before is answered alike, whatever the
// season says by now.
//
// Content that equals the current version's makes no new version, unless that
// version was withdrawn: then filing it again is the only way back.
absl::StatusOr<FilingAnswer> FileReport(SubmissionTransaction& transaction, const Filing& filing,
                                        const FilingPolicy& policy = {});

// FileReport in a transaction of its own; `done` is called as by
// SubmissionStore::Write.
void Submit(SubmissionStore& store, Filing filing, FilingPolicy policy,
            std::function<void(absl::StatusOr<FilingAnswer>)> done);

// Gives a filing without unit code the one that the roster has for its name; it
// keeps its provisional code if there is none or more than one. To be done before
// anybody decides whether the caller may file for the unit. Waits for the store.
absl::Status CompleteUnit(SubmissionStore& store, const Divisions& divisions, Filing& filing);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_FILING_SUBMISSION_INTAKE_H_
