// Rule sets for people.
#ifndef JIXIAO_TOOLS_JIXIAO_PRINT_RULE_SET_H_
#define JIXIAO_TOOLS_JIXIAO_PRINT_RULE_SET_H_

#include <string>
#include <vector>

#include "jixiao/scoring/v1/ruleset.pb.h"
#include "print/terminal_text.h"

namespace jixiao::cli {

std::string PrintRuleSetList(const std::vector<const scoring::v1::RuleSet*>& rule_sets, const Style& style);

// The whole rule set: sources, weights, tiers, grades, every rule with its
// severity and clause.
std::string PrintRuleSet(const scoring::v1::RuleSet& rule_set, const std::string& digest, const Style& style);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_PRINT_RULE_SET_H_
