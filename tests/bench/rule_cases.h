// Equal work for rule engines: reports of 60 indicator rows of four kinds and 30
// equalities, as the scoring core has them prepared and as JSON for others.
#ifndef JIXIAO_TESTS_BENCH_RULE_CASES_H_
#define JIXIAO_TESTS_BENCH_RULE_CASES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "scoring/core/diagnosis/relations.h"
#include "scoring/core/facts/facts.h"
#include "scoring/core/rules/rule_sets.h"
#include "scoring/core/verdicts/outcome.h"

namespace jixiao::bench {

inline constexpr int kCases = 1'000;
inline constexpr int kRows = 60;
inline constexpr int kEqualities = 30;

// One report, cells read and facts collected: rules only have to be evaluated.
struct RuleCase {
  report::v1::EvaluationTable table;
  std::vector<scoring::ReadIndicator> indicators;  // point into `table`
  scoring::Facts facts;
  std::vector<scoring::BoundRelation> relations;  // of the cases' rule set, bound to `facts`
  std::string json;                               // the same for other engines, one line
};

// The rule set of the cases: weights, tiers and bands of Hunan, and 30 relations.
scoring::LoadedRuleSet RuleSetOfCases(const scoring::v1::RuleSet& hunan);

// The same on every machine. `rule_set` outlives them.
std::vector<std::unique_ptr<RuleCase>> MakeRuleCases(const scoring::LoadedRuleSet& rule_set);

}  // namespace jixiao::bench

#endif  // JIXIAO_TESTS_BENCH_RULE_CASES_H_
