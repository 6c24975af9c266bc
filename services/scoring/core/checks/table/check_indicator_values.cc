#include <fmt/format.h>

#include "common/base/text.h"
#include "common/base/words.h"
#include "common/domain/decimal.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/facts/figures.h"

namespace jixiao::scoring {
namespace {

std::string Pair(const ReadIndicator& indicator) {
  return fmt::format("指标值“{}”，实际完成值“{}”", Shorten(indicator.row.target().as_written(), 30),
                     Shorten(indicator.row.actual().as_written(), 30));
}

void CheckTarget(const TableView& table, const ReadIndicator& indicator, Findings& findings) {
  if (PointsOrZero(indicator.row.weight()) <= 0) return;
  if (indicator.target.shape == CellShape::kBlank) {
    findings.Add({.rule_id = "TARGET_BLANK",
                  .places = {table.PlaceOf(indicator, indicator.row.target(), "年度指标值")},
                  .value = "空白",
                  .expected = "年初批复的绩效目标值"});
  }
  if (indicator.target.shape == CellShape::kOperatorOnly) {
    findings.Add({.rule_id = "TARGET_INCOMPLETE",
                  .places = {table.PlaceOf(indicator, indicator.row.target(), "年度指标值")},
                  .value = fmt::format("只有“{}”", indicator.row.target().as_written()),
                  .expected = fmt::format("计算符号后有数值，才能判断“{}”是否达标",
                                          Shorten(indicator.row.actual().as_written(), 20))});
  }
}

void CheckActual(const TableView& table, const ReadIndicator& indicator, Findings& findings) {
  const report::v1::IndicatorRow& row = indicator.row;
  const auto place = [&] { return table.PlaceOf(indicator, row.actual(), "实际完成值"); };
  if (ShowsNoResult(indicator) && PointsOrZero(row.score()) > 0) {
    const std::string shown =
        indicator.actual.shape == CellShape::kBlank ? "空白" : fmt::format("“{}”", row.actual().as_written());
    findings.Add({.rule_id = "FULL_EMPTY_ACTUAL",
                  .places = {place(), table.PlaceOf(indicator, row.score(), "得分")},
                  .value = fmt::format("实际完成值为{}，得 {} 分", shown, FormatPoints(PointsOrZero(row.score()))),
                  .expected = "写明实际完成的数量或情况；没有依据的不得分"});
  }
  if (indicator.actual.shape == CellShape::kNumber && indicator.actual.op != Operator::kNone &&
      indicator.actual.op != Operator::kEqual) {
    findings.Add({.rule_id = "ACTUAL_HAS_OP",
                  .places = {place()},
                  .value = fmt::format("“{}”", row.actual().as_written()),
                  .expected = "实际测得的数值，不带“≥”“≤”等符号"});
  }
  if (indicator.target.shape == CellShape::kNumber && indicator.actual.shape == CellShape::kNumber &&
      !indicator.target.unit.empty() && indicator.actual.unit.empty()) {
    findings.Add({.rule_id = "UNIT_MISSING",
                  .places = {place()},
                  .value = Pair(indicator),
                  .expected = fmt::format("实际完成值写明单位“{}”", indicator.target.unit)});
  }
}

void CheckOverCompletion(const ReportView& view, const TableView& table, int index, Findings& findings) {
  const ReadIndicator& indicator = table.indicators[static_cast<size_t>(index)];
  const v1::RowScore& score = table.score.rows(index + 1);
  const bool exact = indicator.target.precision == Precision::kExact && indicator.actual.precision == Precision::kExact;
  const bool at_least = indicator.direction == Operator::kAtLeast || indicator.direction == Operator::kMoreThan;
  if (!view.rule_set.has_over_completion_note_ppm() || score.verdict() != v1::VERDICT_MET || !exact || !at_least ||
      indicator.target.value_micro <= 0 || indicator.actual.shape != CellShape::kNumber) {
    return;
  }
  const int64_t completion = MulDiv(indicator.actual.value_micro, 1'000'000, indicator.target.value_micro);
  if (completion <= view.rule_set.over_completion_note_ppm()) return;
  findings.Add({.rule_id = "OVER_130",
                .places = {table.PlaceOf(indicator, indicator.row.actual(), "实际完成值")},
                .value = Pair(indicator),
                .expected = fmt::format("完成率不超过 {}，或说明目标为何偏低",
                                        FormatRatePercent(view.rule_set.over_completion_note_ppm())),
                .difference = "完成率 " + FormatRatePercent(completion)});
}

// One note for the whole table: the clerk mends them in one go.
void CheckOperators(const TableView& table, Findings& findings) {
  Observation observation{.rule_id = "TARGET_NO_OP", .places = {}, .value = "", .expected = ""};
  for (const ReadIndicator& indicator : table.indicators) {
    if (indicator.target.shape != CellShape::kNumber || indicator.target.op != Operator::kNone) continue;
    observation.places.push_back(table.PlaceOf(indicator, indicator.row.target(), "年度指标值"));
    AddItem(fmt::format("“{}”", Shorten(indicator.row.target().as_written(), 20)), observation.value);
  }
  if (observation.places.empty()) return;
  observation.expected = fmt::format("这 {} 处数值前写明“≥”“≤”或“=”", observation.places.size());
  findings.Add(std::move(observation));
}

}  // namespace

void CheckIndicatorValues(const ReportView& view, const TableView& table, Findings& findings) {
  for (size_t i = 0; i < table.indicators.size(); ++i) {
    CheckTarget(table, table.indicators[i], findings);
    CheckActual(table, table.indicators[i], findings);
    CheckOverCompletion(view, table, static_cast<int>(i), findings);
  }
  CheckOperators(table, findings);
}

}  // namespace jixiao::scoring
