// Scores the execution rate: executed money over the adjusted budget.
#ifndef JIXIAO_SCORING_CORE_VERDICTS_EXECUTION_H_
#define JIXIAO_SCORING_CORE_VERDICTS_EXECUTION_H_

#include <cstdint>
#include <optional>

#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/ruleset.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"
#include "scoring/core/verdicts/outcome.h"

namespace jixiao::scoring {

// A rate as stated beside the rate that its two amounts give. Parts per million.
struct RateComparison {
  int64_t stated_ppm = 0;
  int64_t computed_ppm = 0;  // rounded half up to 0.01 percentage points

  // Percentage points apart, in ppm; not negative.
  int64_t difference_ppm() const {
    return stated_ppm > computed_ppm ? stated_ppm - computed_ppm : computed_ppm - stated_ppm;
  }
};

// `part` / `whole` to 0.01 percentage points. `whole` is positive.
int64_t RatePpm(int64_t part, int64_t whole);

// Empty unless all three can be read and the budget is positive.
std::optional<RateComparison> CompareRate(const report::v1::Value& budget, const report::v1::Value& executed,
                                          const report::v1::Value& stated);

// The total row of the funds block; null if the table has none.
const report::v1::FundRow* TotalRow(const report::v1::EvaluationTable& table);

// Weight x executed / adjusted budget to 0.01 points, capped at the weight and
// not below 0. Empty unless the amounts can be read.
std::optional<int64_t> ProRataScore(const report::v1::FundRow& total, int64_t weight_milli);

// True if the region scores the rate by an indicator and `row` is that one.
bool IsExecutionIndicator(const report::v1::IndicatorRow& row, const v1::ExecutionRule& rule);

// The execution-rate row of the score card. Not scored if the rate has no
// points of its own.
v1::RowScore ScoreExecution(const report::v1::EvaluationTable& table, const v1::RuleSet& rule_set);

// Scores an execution indicator by the amounts of the funds block into `score`,
// which is empty. False, and nothing done, if they cannot be read.
bool ScoreExecutionIndicator(const report::v1::EvaluationTable& table, const ReadIndicator& indicator, int index,
                             const v1::RuleSet& rule_set, v1::RowScore& score);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_VERDICTS_EXECUTION_H_
