// Collects findings and gives each what a clerk needs: texts from its rule, a
// stable id, its place below the cause it follows from.
#ifndef JIXIAO_SCORING_CORE_VIEW_FINDINGS_H_
#define JIXIAO_SCORING_CORE_VIEW_FINDINGS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/scoring/v1/ruleset.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"

namespace jixiao::scoring {

// What a check has to say; the rule says the rest.
struct Observation {
  std::string_view rule_id;
  std::vector<report::v1::Address> places;  // at least one, most important first
  std::string value;
  std::string expected;
  std::string difference = {};  // empty if there is nothing to subtract
};

// A place for what no cell or sentence shows: `报告标题`, `报送时间`.
report::v1::Address DocumentPlace(std::string_view label);

// OVER_WEIGHT: `score` at `place` is above `weight`, both in 1/1000 point.
Observation ScoreAboveWeight(report::v1::Address place, int64_t score, int64_t weight);

// `多 1.5 分` for a positive difference in 1/1000 point, `少 1.5 分` otherwise.
std::string MoreOrLess(int64_t difference);

// Adds the suggestion to write `to` for `from` at `place`.
v1::Suggestion& Suggest(const report::v1::Address& place, std::string_view from, std::string_view to, std::string text,
                        v1::Finding& finding);

// Not thread-safe; one per report.
class Findings {
 public:
  // `rule_set` outlives this.
  explicit Findings(const v1::RuleSet& rule_set) : rule_set_(rule_set) {}

  // True if `rule_id` is switched on.
  bool Checks(std::string_view rule_id) const { return RuleOf(rule_id) != nullptr; }

  // Adds a finding unless its rule is switched off. Returns it for suggestions,
  // null if switched off; valid until the next Add.
  v1::Finding* Add(Observation observation);

  // Findings of `rule_id` whose first place is in evaluation table
  // `table_index`, to be folded under a cause.
  std::vector<v1::Finding*> OfRule(std::string_view rule_id, int table_index);

  // By id; null if there is none. Valid until the next Add.
  v1::Finding* Find(std::string_view id);

  // All, numbered, roots before what follows from them, then by severity and
  // place. Ends the collection.
  std::vector<v1::Finding> Finish();

 private:
  // Looked up one by one: most reports have few findings, and an index of all
  // rules would cost more than it saves.
  const v1::Rule* RuleOf(std::string_view rule_id) const;

  const v1::RuleSet& rule_set_;
  std::map<std::string, int, std::less<>> counts_;
  std::vector<v1::Finding> findings_;
};

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_VIEW_FINDINGS_H_
