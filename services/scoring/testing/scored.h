// Reports scored by Hunan's rules, for tests that look at findings.
#ifndef JIXIAO_SCORING_TESTING_SCORED_H_
#define JIXIAO_SCORING_TESTING_SCORED_H_

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "scoring/core/score_report.h"
#include "scoring/testing/rule_files.h"

namespace jixiao::scoring::testing {

inline const LoadedRuleSet& Hunan() {
  static const auto* const loaded = new LoadedRuleSet(ShippedRuleSet("hunan-2024"));
  return *loaded;
}

inline v1::ScoreCard Score(const report::v1::Report& report, const v1::ScoringContext& context = {}) {
  return ScoreReport(report, "sha256:0", Hunan(), context);
}

inline std::vector<std::string> RuleIds(const v1::ScoreCard& card) {
  std::vector<std::string> ids;
  for (const auto& finding : card.findings()) ids.push_back(finding.rule_id());
  return ids;
}

inline std::vector<std::string> RuleIds(const report::v1::Report& report) { return RuleIds(Score(report)); }

// First of `rule_id`; fails the test if there is none. By value: cards are often
// temporaries.
inline v1::Finding FindingOf(const v1::ScoreCard& card, std::string_view rule_id) {
  for (const auto& finding : card.findings()) {
    if (finding.rule_id() == rule_id) return finding;
  }
  ADD_FAILURE() << "no finding of " << rule_id;
  return {};
}

}  // namespace jixiao::scoring::testing

#endif  // JIXIAO_SCORING_TESTING_SCORED_H_
