// Scores of the execution rate that no relation reaches: the row is known only
// by its words, or the form leaves the weight blank and the rule set has it.
#include <fmt/format.h>

#include <cstdlib>

#include "common/domain/decimal.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/facts/figures.h"
#include "scoring/core/verdicts/execution.h"

namespace jixiao::scoring {
namespace {

using report::v1::Value;

// Points for the rate, wherever the form has them.
struct RatePoints {
  int64_t weight;
  const Value& score;
  report::v1::Address place;
};

void CheckScore(const report::v1::FundRow& total, const RatePoints& points, const ReportView& view,
                Findings& findings) {
  const auto claimed = PointsOf(points.score);
  const auto pro_rata = ProRataScore(total, points.weight);
  if (!claimed || !pro_rata) return;
  const int64_t difference = *claimed - *pro_rata;
  if (std::abs(difference) <= view.rule_set.execution().score_tolerance_milli()) return;
  const std::string weight = FormatPoints(points.weight);
  findings.Add(
      {.rule_id = "EXEC_SCORE",
       .places = {points.place},
       .value = FormatPoints(*claimed) + " 分",
       .expected = fmt::format("按比例 {} × {} ÷ {} = {} 分（最高 {} 分）", weight, total.executed().as_written(),
                               total.adjusted_budget().as_written(), FormatPoints(*pro_rata), weight),
       .difference = MoreOrLess(difference)});
}

}  // namespace

void CheckExecutionScores(const ReportView& view, const TableView& table, Findings& findings) {
  const report::v1::FundRow* total = TotalRow(table.table);
  if (total == nullptr) return;
  const v1::ExecutionRule& rule = view.rule_set.execution();
  if (!PointsOf(total->weight())) {
    const report::v1::Address place = table.Place(total->score(), "预算执行率 · 得分");
    CheckScore(*total, {rule.weight_milli(), total->score(), place}, view, findings);
  }
  for (const ReadIndicator& indicator : table.indicators) {
    const auto weight = PointsOf(indicator.row.weight());
    if (!weight || *weight <= 0 || !IsExecutionIndicator(indicator.row, rule)) continue;
    const Value& score = indicator.row.score();
    CheckScore(*total, {*weight, score, table.PlaceOf(indicator, score, "得分")}, view, findings);
  }
}

}  // namespace jixiao::scoring
