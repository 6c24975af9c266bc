// Scores a report by a rule set: the one entry to everything scoring decides.
#ifndef JIXIAO_SCORING_CORE_SCORE_REPORT_H_
#define JIXIAO_SCORING_CORE_SCORE_REPORT_H_

#include <string>
#include <string_view>

#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"
#include "scoring/core/rules/rule_sets.h"

namespace jixiao::scoring {

// Changes whenever the same report, rule set and context could give another card.
inline constexpr std::string_view kEngineVersion = "2";

// A pure function of its arguments: no clock, no locale, no state. `report` has
// passed the wire check; blank, missing and odd values are scored as such and
// never fail. `card` is empty and may live on an arena, which saves most of its
// allocations.
void ScoreReport(const report::v1::Report& report, const std::string& report_digest, const LoadedRuleSet& rule_set,
                 const v1::ScoringContext& context, v1::ScoreCard& card);

// The same, on the heap.
v1::ScoreCard ScoreReport(const report::v1::Report& report, const std::string& report_digest,
                          const LoadedRuleSet& rule_set, const v1::ScoringContext& context);

// The points of ScoreReport and nothing else, several times faster: verdicts,
// points and grades of rows, levels and tables. `card` is empty and may live on an
// arena.
void ScorePoints(const report::v1::Report& report, const std::string& report_digest, const LoadedRuleSet& rule_set,
                 v1::ScoreCard& card);

// The card's bytes: deterministic serialization, identical on every machine.
std::string ScoreCardBytes(const v1::ScoreCard& card);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_SCORE_REPORT_H_
