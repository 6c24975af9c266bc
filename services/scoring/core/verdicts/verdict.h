// Writes down what one indicator's evidence supports: the interval of points, the
// verdict behind it, and the trace that lets anybody check it.
#ifndef JIXIAO_SCORING_CORE_VERDICTS_VERDICT_H_
#define JIXIAO_SCORING_CORE_VERDICTS_VERDICT_H_

#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/ruleset.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"
#include "scoring/core/verdicts/outcome.h"

namespace jixiao::scoring {

// How much of a score is written down. The points are the same.
enum class Detail {
  kFull,
  kPoints,  // no labels, no traces
};

// Score of one indicator into the empty `score`, which may live on an arena;
// `index` counts the table's indicators.
void ScoreIndicator(const ReadIndicator& indicator, int index, const v1::RuleSet& rule_set, Detail detail,
                    v1::RowScore& score);

// Clause of `topic`; the linter sees to it that there is one.
const std::string& ClauseOf(const v1::RuleSet& rule_set, v1::ScoringTopic topic);

// One line of a trace.
void AddInput(v1::Trace& trace, const std::string& name, const report::v1::Value& value);

// `[9.91, 9.91]` reads `9.91 分`, `[8, 10]` reads `8—10 分`.
std::string IntervalText(int64_t low_milli, int64_t high_milli);
void AppendInterval(int64_t low_milli, int64_t high_milli, std::string& out);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_VERDICTS_VERDICT_H_
