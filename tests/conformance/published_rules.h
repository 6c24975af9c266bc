// The list of rules that is published: from the catalogue and the rule sets, so
// that it says what is really checked.
#ifndef JIXIAO_CONFORMANCE_PUBLISHED_RULES_H_
#define JIXIAO_CONFORMANCE_PUBLISHED_RULES_H_

#include <string>

#include "jixiao/conformance/v1/published_rules.pb.h"
#include "scoring/core/rules/rule_sets.h"

namespace jixiao::conformance {

v1::PublishedRules PublishRules(const scoring::v1::RuleCatalogue& catalogue, const scoring::RuleSets& rule_sets);

// rulesets/RULES.md, for people.
std::string RulesAsMarkdown(const v1::PublishedRules& rules);

}  // namespace jixiao::conformance

#endif  // JIXIAO_CONFORMANCE_PUBLISHED_RULES_H_
