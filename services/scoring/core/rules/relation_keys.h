// The keys of facts that a rule set's relations name, looked up once and not for
// every report.
#ifndef JIXIAO_SCORING_CORE_RULES_RELATION_KEYS_H_
#define JIXIAO_SCORING_CORE_RULES_RELATION_KEYS_H_

#include <optional>
#include <vector>

#include "jixiao/scoring/v1/ruleset.pb.h"
#include "scoring/core/facts/fact_keys.h"

namespace jixiao::scoring {

struct KeysOfRelation {
  std::vector<KeyPattern> left;
  std::vector<KeyPattern> right;
  std::optional<KeyPattern> stated;
  std::optional<KeyPattern> scale;
  std::optional<KeyPattern> for_each;
  FactScale unit = FactScale::kFen;  // of what is compared
};

// In the order of the relations.
using RelationKeys = std::vector<KeysOfRelation>;

RelationKeys KeysOfRelations(const v1::RuleSet& rule_set);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_RULES_RELATION_KEYS_H_
