// Explains why no season takes a filing: told apart by what there is instead.
#ifndef JIXIAO_INTAKE_CORE_FILING_SEASON_ABSENCE_H_
#define JIXIAO_INTAKE_CORE_FILING_SEASON_ABSENCE_H_

#include "absl/status/status.h"
#include "common/domain/divisions.h"
#include "intake/core/filing/filing.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

// FAILED_PRECONDITION for a filing that no season covers: WRONG_KIND if its year
// has a season for the other kind only, WRONG_YEAR if other years have one for
// its kind, else NO_SEASON.
absl::Status WhyNoSeason(SubmissionTransaction& transaction, const Filing& filing, const Divisions& divisions);

// WRONG_YEAR if reports of the same kind are taken for another year right now.
absl::Status CheckNoOtherYearIsOpen(SubmissionTransaction& transaction, const Filing& filing);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_FILING_SEASON_ABSENCE_H_
