// Scores how a unit did its self-evaluation, by the rubric of the rule set.
#ifndef JIXIAO_SCORING_CORE_ASSESSMENT_WORK_ASSESSMENT_H_
#define JIXIAO_SCORING_CORE_ASSESSMENT_WORK_ASSESSMENT_H_

#include "absl/status/status.h"
#include "jixiao/scoring/v1/ruleset.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"
#include "scoring/core/view/report_view.h"

namespace jixiao::scoring {

// Whether `rule_set` can be applied with `context`. INVALID_ARGUMENT with one
// violation for each field: unknown or repeated criteria, points beyond the
// criterion's, negative days, dates that cannot be.
absl::Status CheckContext(const v1::ScoringContext& context, const v1::RuleSet& rule_set);

// Empty without a rubric, and for project reports, except for what was filed. A
// reviewer's confirmation replaces what was computed or proposed; confirmations
// that CheckContext refuses are left out. `assessment` is empty at first.
void AssessWork(const ReportView& view, const v1::ScoringContext& context, v1::WorkAssessment& assessment);

// Findings on the sheet as filed, and on late filing.
void CheckWork(const ReportView& view, const v1::ScoringContext& context, const v1::WorkAssessment& assessment,
               Findings& findings);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_ASSESSMENT_WORK_ASSESSMENT_H_
