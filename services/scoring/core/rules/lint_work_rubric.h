// Finds what is wrong with a rubric for the self-evaluation work.
#ifndef JIXIAO_SCORING_CORE_RULES_LINT_WORK_RUBRIC_H_
#define JIXIAO_SCORING_CORE_RULES_LINT_WORK_RUBRIC_H_

#include <vector>

#include "common/base/errors.h"
#include "jixiao/scoring/v1/ruleset.pb.h"

namespace jixiao::scoring {

// Every problem of `rubric`, empty if it may be used: points that do not sum to
// 100, criteria that stand twice or lack what their measure needs, tiers that do
// not run downward, words that stand for two aspects. Fields start with
// `work_rubric`.
std::vector<FieldViolation> LintWorkRubric(const v1::WorkRubric& rubric);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_RULES_LINT_WORK_RUBRIC_H_
