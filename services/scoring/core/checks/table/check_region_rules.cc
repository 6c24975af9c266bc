// What only some forms demand: reasons for a low rate, short texts, scores that
// are a coefficient times the weight, indicators that do not apply.
#include <fmt/format.h>

#include <cstdlib>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/facts/figures.h"
#include "scoring/core/verdicts/execution.h"

namespace jixiao::scoring {
namespace {

using report::v1::Value;

void CheckLowRateReason(const ReportView& view, const TableView& table, Findings& findings) {
  const v1::ExecutionRule& rule = view.rule_set.execution();
  const auto* total = TotalRow(table.table);
  if (!rule.has_reason_below_ppm() || total == nullptr) return;
  const auto budget = FenOf(total->adjusted_budget());
  const auto executed = FenOf(total->executed());
  if (!budget || !executed || *budget <= 0) return;
  const int64_t rate = RatePpm(*executed, *budget);
  if (rate >= rule.reason_below_ppm() || !IsEmptyLike(ReadNotation(total->reason().as_written()).shape)) return;
  findings.Add({.rule_id = "EXEC_NO_REASON",
                .places = {table.Place(total->reason(), "预算执行率 · 原因"),
                           table.Place(total->execution_rate(), "预算执行率 · 执行率")},
                .value = fmt::format("执行率 {}，原因栏没有内容", FormatRatePercent(rate)),
                .expected = fmt::format("执行率低于 {} 的说明原因", FormatRatePercent(rule.reason_below_ppm()))});
}

void CheckLength(const v1::TextLimit& limit, const Value& text, report::v1::Address place, Findings& findings) {
  const int64_t chars = CodePointCount(Trim(text.as_written()));
  if (chars <= limit.max_chars()) return;
  findings.Add({.rule_id = "TEXT_TOO_LONG",
                .places = {std::move(place)},
                .value = fmt::format("{} 字", chars),
                .expected = fmt::format("不超过 {} 字", limit.max_chars()),
                .difference = fmt::format("超出 {} 字", chars - limit.max_chars())});
}

void CheckLengths(const ReportView& view, const TableView& table, Findings& findings) {
  for (const v1::TextLimit& limit : view.rule_set.text_limits()) {
    const auto check = [&](const Value& text, std::string_view label) {
      CheckLength(limit, text, table.Place(text, label), findings);
    };
    switch (limit.field()) {
      case v1::TEXT_FIELD_UNSPECIFIED: break;
      case v1::TEXT_FIELD_EXECUTION_REASON:
        if (const auto* total = TotalRow(table.table)) check(total->reason(), "预算执行率 · 原因");
        break;
      case v1::TEXT_FIELD_DEVIATION_REASON:
        for (const ReadIndicator& indicator : table.indicators) {
          check(indicator.row.reason(), indicator.Label() + " · 偏差原因");
        }
        break;
      case v1::TEXT_FIELD_EXPECTED_GOALS: check(table.table.expected_goals(), "预期目标"); break;
      case v1::TEXT_FIELD_ACTUAL_GOALS: check(table.table.actual_goals(), "实际完成情况"); break;
    }
  }
}

void CheckCoefficient(const ReportView& view, const TableView& table, const ReadIndicator& indicator,
                      Findings& findings) {
  const report::v1::IndicatorRow& row = indicator.row;
  const auto coefficient = RatePpmOf(row.score_coefficient());
  const auto weight = PointsOf(row.weight());
  const auto score = PointsOf(row.score());
  if (!coefficient || !weight || !score) return;
  const int64_t product = MulDivToStep(*weight, *coefficient, 1'000'000, 10);
  const int64_t difference = *score - product;
  if (std::abs(difference) <= view.rule_set.indicator_tolerance_milli()) return;
  findings.Add({.rule_id = "COEFF_SCORE",
                .places = {table.PlaceOf(indicator, row.score(), "得分"),
                           table.PlaceOf(indicator, row.score_coefficient(), "得分系数")},
                .value = FormatPoints(*score) + " 分",
                .expected = fmt::format("得分系数 {} × 权重 {} = {} 分", row.score_coefficient().as_written(),
                                        FormatPoints(*weight), FormatPoints(product)),
                .difference = MoreOrLess(difference)});
}

void CheckReviewScore(const TableView& table, const ReadIndicator& indicator, Findings& findings) {
  const auto weight = PointsOf(indicator.row.weight());
  const auto review = PointsOf(indicator.row.review_score());
  if (!weight || !review || *review <= *weight) return;
  findings.Add(ScoreAboveWeight(table.PlaceOf(indicator, indicator.row.review_score(), "审核得分"), *review, *weight));
}

// Full marks for what never came up raise the total without any result.
void CheckInapplicable(const TableView& table, const ReadIndicator& indicator, const v1::RowScore& score,
                       Findings& findings) {
  if (score.verdict() != v1::VERDICT_NOT_APPLICABLE || score.claimed_milli() <= 0) return;
  findings.Add({.rule_id = "INAPPLICABLE_SCORED",
                .places = {table.PlaceOf(indicator, indicator.row.score(), "得分"),
                           table.PlaceOf(indicator, indicator.row.actual(), "实际完成值")},
                .value = fmt::format("实际完成值写“{}”，得 {} 分", Shorten(indicator.row.actual().as_written(), 20),
                                     FormatPoints(score.claimed_milli())),
                .expected = "不适用的指标不计分，总分按其余指标折算"});
}

}  // namespace

void CheckRegionRules(const ReportView& view, const TableView& table, Findings& findings) {
  CheckLowRateReason(view, table, findings);
  CheckLengths(view, table, findings);
  for (size_t i = 0; i < table.indicators.size(); ++i) {
    const ReadIndicator& indicator = table.indicators[i];
    CheckCoefficient(view, table, indicator, findings);
    CheckReviewScore(table, indicator, findings);
    CheckInapplicable(table, indicator, table.score.rows(static_cast<int>(i) + 1), findings);
  }
}

}  // namespace jixiao::scoring
