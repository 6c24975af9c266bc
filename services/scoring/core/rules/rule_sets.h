// Keeps the rule sets loaded from rulesets/ and picks the one that applies.
#ifndef JIXIAO_SCORING_CORE_RULES_RULE_SETS_H_
#define JIXIAO_SCORING_CORE_RULES_RULE_SETS_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/domain/divisions.h"
#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/ruleset.pb.h"
#include "scoring/core/rules/relation_keys.h"
#include "scoring/core/rules/rule_texts.h"

namespace jixiao::scoring {

// A linted rule set and the digest of all that it was put together from.
struct LoadedRuleSet {
  v1::RuleSet rule_set;
  std::string digest;
  RelationKeys relation_keys;  // of its relations
  Divisions divisions = {};    // pinned by the digest
};

// Parses and lints one rule set: `textproto` with the forms it names, rules
// completed from the catalogue, so that what rule sets share stands in one
// place. INVALID_ARGUMENT lists every problem, one field violation each, with
// file and line.
absl::StatusOr<LoadedRuleSet> ParseRuleSet(std::string_view textproto, const SharedRules& shared);

// The same for one rule set alone.
absl::StatusOr<LoadedRuleSet> ParseRuleSet(std::string_view textproto, const RuleTexts& shared);

// Immutable after construction, so safe to share between threads.
class RuleSets {
 public:
  // `loaded` may hold department and project rule sets of any region and year.
  // INVALID_ARGUMENT if two have one name, or fit the same reports equally well.
  static absl::StatusOr<RuleSets> Create(std::vector<LoadedRuleSet> loaded);

  // By name.
  const std::vector<LoadedRuleSet>& all() const { return loaded_; }

  // NOT_FOUND (reason NO_RULE_SET) if there is none.
  absl::StatusOr<const LoadedRuleSet*> Find(std::string_view name) const;

  // The one that fits the division, kind and layout of `content` most closely
  // and covers its year (see message Applicability). NOT_FOUND (reason
  // NO_RULE_SET) if there is none; the message lists what is known for that
  // division.
  absl::StatusOr<const LoadedRuleSet*> FindFor(const report::v1::ReportContent& content) const;

 private:
  std::vector<LoadedRuleSet> loaded_;
};

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_RULES_RULE_SETS_H_
