// Finds what is wrong with a rule set before any report is scored by it.
#ifndef JIXIAO_SCORING_CORE_RULES_LINT_RULE_SET_H_
#define JIXIAO_SCORING_CORE_RULES_LINT_RULE_SET_H_

#include <vector>

#include "common/base/errors.h"
#include "jixiao/scoring/v1/ruleset.pb.h"
#include "scoring/core/rules/rule_texts.h"

namespace jixiao::scoring {

// Every problem of `rule_set`, empty if it may be used: required fields, weights
// that do not sum up, tiers or bands with gaps, years that do not exist,
// relations on unknown facts or rules, believed rules that would block. Each
// problem names the file and line that `origins` knows.
std::vector<FieldViolation> LintRuleSet(const v1::RuleSet& rule_set, const Origins& origins);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_RULES_LINT_RULE_SET_H_
