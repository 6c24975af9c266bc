#include <fmt/format.h>

#include "common/domain/decimal.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/facts/figures.h"
#include "scoring/core/verdicts/execution.h"
#include "scoring/core/verdicts/score_table.h"

namespace jixiao::scoring {
namespace {

// Points of the rows under `level1`, with those of other levels that the rule
// set counts to the same block if `whole_block`.
int64_t SumOfRows(const ReportView& view, const TableView& table, const std::string& level1, bool whole_block) {
  const v1::LevelRule* block = RuleOfLevel(level1, view.rule_set);
  int64_t sum = 0;
  for (const ReadIndicator& indicator : table.indicators) {
    const std::string& own = indicator.row.level1();
    const bool counts = own == level1 || (whole_block && block != nullptr && RuleOfLevel(own, view.rule_set) == block);
    if (counts) sum += PointsOf(indicator.row.weight()).value_or(0);
  }
  return sum;
}

// What the table's own label promises against what its rows add up to.
void CheckHeaders(const ReportView& view, const TableView& table, Findings& findings) {
  for (const auto& header : table.table.level_headers()) {
    const auto stated = PointsOf(header.points());
    const int64_t sum = SumOfRows(view, table, header.level1(), false);
    if (!stated || *stated == sum || *stated == SumOfRows(view, table, header.level1(), true)) continue;
    findings.Add({.rule_id = "LEVEL_WEIGHT",
                  .places = {table.Place(header.points(), header.level1() + "指标")},
                  .value = fmt::format("三级指标分值合计 {} 分", FormatPoints(sum)),
                  .expected = fmt::format("表头标明 {} 分", FormatPoints(*stated)),
                  .difference = FormatPoints(sum - *stated) + " 分"});
  }
}

// The execution rate's own weight stays fixed where levels may be moved.
void CheckExecutionWeight(const ReportView& view, const TableView& table, Findings& findings) {
  const v1::ExecutionRule& rule = view.rule_set.execution();
  const auto* total = TotalRow(table.table);
  const auto weight = total == nullptr ? std::nullopt : PointsOf(total->weight());
  if (!weight || *weight == rule.weight_milli() || !rule.indicator_names().empty()) return;
  findings.Add({.rule_id = "LEVEL_PROFILE",
                .places = {table.Place(total->weight(), "预算执行率 · 分值")},
                .value = fmt::format("预算执行率 {} 分", FormatPoints(*weight)),
                .expected = fmt::format("{} 分", FormatPoints(rule.weight_milli())),
                .difference = FormatPoints(*weight - rule.weight_milli()) + " 分"});
}

void CheckProfile(const ReportView& view, const TableView& table, Findings& findings) {
  CheckExecutionWeight(view, table, findings);
  if (view.rule_set.levels_adjustable()) return;
  for (const v1::LevelScore& level : table.score.levels()) {
    if (level.has_rule_weight_milli() && level.weight_milli() == level.rule_weight_milli()) continue;
    const std::string expected = level.has_rule_weight_milli()
                                     ? fmt::format("{} 分", FormatPoints(level.rule_weight_milli()))
                                     : "评分规则没有这个一级指标";
    findings.Add({.rule_id = "LEVEL_PROFILE",
                  .places = {table.Place({}, level.level1() + "指标 · 分值")},
                  .value = fmt::format("{} {} 分", level.level1(), FormatPoints(level.weight_milli())),
                  .expected = expected,
                  .difference = level.has_rule_weight_milli()
                                    ? FormatPoints(level.weight_milli() - level.rule_weight_milli()) + " 分"
                                    : ""});
  }
}

void CheckRows(const TableView& table, Findings& findings) {
  for (const ReadIndicator& indicator : table.indicators) {
    const auto weight = PointsOf(indicator.row.weight());
    const auto score = PointsOf(indicator.row.score());
    if (weight && *weight == 0) {
      findings.Add({.rule_id = "ZERO_WEIGHT",
                    .places = {table.PlaceOf(indicator, indicator.row.weight(), "分值")},
                    .value = "分值 0",
                    .expected = "分值大于 0，或删去本行并把分值分到其他指标"});
    }
    if (weight && score && *score > *weight) {
      findings.Add(ScoreAboveWeight(table.PlaceOf(indicator, indicator.row.score(), "得分"), *score, *weight));
    }
  }
}

void CheckGrade(const TableView& table, Findings& findings) {
  const v1::TableScore& score = table.score;
  if (!score.has_claimed_grade() || !score.has_grade() || score.claimed_grade() == score.grade()) return;
  findings.Add({.rule_id = "GRADE_BAND",
                .places = {table.Place(table.table.grade(), "自评结果")},
                .value = score.claimed_grade(),
                .expected = fmt::format("{} 分对应“{}”", FormatPoints(score.claimed_milli()), score.grade())});
}

}  // namespace

void CheckWeights(const ReportView& view, const TableView& table, Findings& findings) {
  CheckHeaders(view, table, findings);
  CheckProfile(view, table, findings);
  CheckRows(table, findings);
  CheckGrade(table, findings);
}

}  // namespace jixiao::scoring
