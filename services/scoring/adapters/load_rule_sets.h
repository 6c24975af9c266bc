// Reads rule sets from a folder: rules.textproto, forms/<form>.textproto and
// <id>/ruleset.textproto.
#ifndef JIXIAO_SCORING_ADAPTERS_LOAD_RULE_SETS_H_
#define JIXIAO_SCORING_ADAPTERS_LOAD_RULE_SETS_H_

#include <string>

#include "absl/status/statusor.h"
#include "scoring/core/rules/rule_sets.h"

namespace jixiao::scoring {

// All rule sets below `folder`. NOT_FOUND if there is none; INVALID_ARGUMENT
// names the file and every problem in it.
absl::StatusOr<RuleSets> LoadRuleSets(const std::string& folder);

// The catalogue of all rules, rules.textproto of `folder`. As above if it cannot
// be read.
absl::StatusOr<v1::RuleCatalogue> LoadRuleCatalogue(const std::string& folder);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_ADAPTERS_LOAD_RULE_SETS_H_
