#include <fmt/format.h>

#include <cstdlib>

#include "common/domain/decimal.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/facts/figures.h"
#include "scoring/core/verdicts/execution.h"

namespace jixiao::scoring {
namespace {

using report::v1::Address;
using report::v1::Value;

// A row with a budget, an executed amount and a stated rate.
struct RatedRow {
  std::string label;
  const Value& budget;
  const Value& executed;
  const Value& rate;
};

std::string Quotient(const Value& part, const Value& whole, int64_t rate_ppm) {
  return fmt::format("{} ÷ {} = {}", part.as_written(), whole.as_written(), FormatRatePercent(rate_ppm));
}

void CheckRate(const RatedRow& row, const ReportView& view, const TableView& table, Findings& findings) {
  const auto rate = CompareRate(row.budget, row.executed, row.rate);
  if (!rate || rate->difference_ppm() == 0) return;
  const bool rounding = rate->difference_ppm() <= view.rule_set.execution().rate_rounding_ppm();
  findings.Add(
      {.rule_id = rounding ? "EXEC_RATE_ROUND" : "EXEC_RATE",
       .places = {table.Place(row.rate, row.label + " · 执行率"), table.Place(row.budget, row.label + " · 全年预算数"),
                  table.Place(row.executed, row.label + " · 全年执行数")},
       .value = row.rate.as_written(),
       .expected = Quotient(row.executed, row.budget, rate->computed_ppm),
       .difference = FormatScaled(MulDiv(rate->difference_ppm(), 1, 100), 2) + " 个百分点"});
}

void CheckOverspending(const RatedRow& row, const TableView& table, Findings& findings) {
  const auto budget = FenOf(row.budget);
  const auto executed = FenOf(row.executed);
  if (!budget || !executed || *executed <= *budget) return;
  findings.Add({.rule_id = "OVERSPEND",
                .places = {table.Place(row.executed, row.label + " · 全年执行数"),
                           table.Place(row.budget, row.label + " · 全年预算数")},
                .value = FormatWanYuan(*executed),
                .expected = fmt::format("不超过全年预算数 {}", FormatWanYuan(*budget)),
                .difference = "超出 " + FormatWanYuan(*executed - *budget)});
}

// Points for the rate, wherever the form has them.
struct RatePoints {
  int64_t weight;
  const Value& score;
  Address place;
};

void CheckExecutionScore(const report::v1::FundRow& total, const RatePoints& points, const ReportView& view,
                         Findings& findings) {
  const auto claimed = PointsOf(points.score);
  const int64_t weight = points.weight;
  const auto pro_rata = ProRataScore(total, weight);
  if (!claimed || !pro_rata) return;
  const int64_t difference = *claimed - *pro_rata;
  if (std::abs(difference) <= view.rule_set.execution().score_tolerance_milli()) return;
  findings.Add(
      {.rule_id = "EXEC_SCORE",
       .places = {points.place},
       .value = FormatPoints(*claimed) + " 分",
       .expected =
           fmt::format("按比例 {} × {} ÷ {} = {} 分（最高 {} 分）", FormatPoints(weight), total.executed().as_written(),
                       total.adjusted_budget().as_written(), FormatPoints(*pro_rata), FormatPoints(weight)),
       .difference = fmt::format("{} {} 分", difference > 0 ? "多" : "少", FormatPoints(std::abs(difference)))});
}

void CheckExecutionScores(const report::v1::FundRow& total, const ReportView& view, const TableView& table,
                          Findings& findings) {
  const v1::ExecutionRule& rule = view.rule_set.execution();
  const int64_t weight = PointsOf(total.weight()).value_or(rule.weight_milli());
  CheckExecutionScore(total, {weight, total.score(), table.Place(total.score(), "预算执行率 · 得分")}, view, findings);
  for (const ReadIndicator& indicator : table.indicators) {
    const auto points = PointsOf(indicator.row.weight());
    if (!points || *points <= 0 || !IsExecutionIndicator(indicator.row, rule)) continue;
    const Value& score = indicator.row.score();
    CheckExecutionScore(total, {*points, score, table.PlaceOf(indicator, score, "得分")}, view, findings);
  }
}

void CheckBudgetChange(const report::v1::FundRow& total, const ReportView& view, const TableView& table,
                       Findings& findings) {
  if (!view.rule_set.has_budget_change_note_ppm()) return;
  const auto initial = FenOf(total.initial_budget());
  const auto adjusted = FenOf(total.adjusted_budget());
  if (!initial || !adjusted || *initial <= 0) return;
  const int64_t change = RatePpm(*adjusted - *initial, *initial);
  if (std::abs(change) <= view.rule_set.budget_change_note_ppm()) return;
  findings.Add({.rule_id = "BUDGET_ADJ",
                .places = {table.Place(total.adjusted_budget(), "年度资金总额 · 全年预算数"),
                           table.Place(total.initial_budget(), "年度资金总额 · 年初预算数")},
                .value = fmt::format("年初 {}，全年 {}", FormatWanYuan(*initial), FormatWanYuan(*adjusted)),
                .expected = "调整幅度较大的，应说明追加或调减的原因",
                .difference = "调整幅度 " + FormatRatePercent(change)});
}

}  // namespace

void CheckFunds(const ReportView& view, const TableView& table, Findings& findings) {
  std::vector<RatedRow> rows;
  for (const auto& row : table.table.fund_rows()) {
    rows.push_back({row.label(), row.adjusted_budget(), row.executed(), row.execution_rate()});
  }
  for (const auto& task : table.table.tasks()) {
    rows.push_back({"任务：" + task.name().as_written(), task.budget(), task.executed(), task.execution_rate()});
  }
  for (const RatedRow& row : rows) {
    CheckRate(row, view, table, findings);
    CheckOverspending(row, table, findings);
  }
  if (const auto* total = TotalRow(table.table)) {
    CheckExecutionScores(*total, view, table, findings);
    CheckBudgetChange(*total, view, table, findings);
  }
}

}  // namespace jixiao::scoring
