#include <fmt/format.h>

#include <cstdlib>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/facts/figures.h"
#include "scoring/core/verdicts/claim.h"
#include "scoring/core/verdicts/execution.h"

namespace jixiao::scoring {
namespace {

// 无偏差 says that nothing was missed; beside a deduction it explains nothing.
bool SaysNoDeviation(std::string_view reason) {
  const std::string text = RemoveBlanks(reason);
  return text == "无偏差" || text == "无偏离" || text == "没有偏差";
}

bool GivesReason(const report::v1::Value& reason) {
  return !IsEmptyLike(ReadNotation(reason.as_written()).shape) && !SaysNoDeviation(reason.as_written());
}

std::string Deduction(int64_t weight, int64_t score) {
  return fmt::format("分值 {} 分，得 {} 分，扣 {} 分", FormatPoints(weight), FormatPoints(score),
                     FormatPoints(weight - score));
}

void CheckReason(const TableView& table, const ReadIndicator& indicator, int64_t weight, int64_t score,
                 Findings& findings) {
  const report::v1::Value& reason = indicator.row.reason();
  const auto place = [&] { return table.PlaceOf(indicator, reason, "偏差原因"); };
  if (IsEmptyLike(ReadNotation(reason.as_written()).shape)) {
    findings.Add({.rule_id = "DEDUCT_NO_REASON",
                  .places = {place(), table.PlaceOf(indicator, indicator.row.score(), "得分")},
                  .value = Deduction(weight, score),
                  .expected = "写明扣分的原因和改进措施"});
  } else if (SaysNoDeviation(reason.as_written())) {
    findings.Add({.rule_id = "DEDUCT_NODEV",
                  .places = {place(), table.PlaceOf(indicator, indicator.row.score(), "得分")},
                  .value = fmt::format("{}，原因栏却写“{}”", Deduction(weight, score), reason.as_written()),
                  .expected = "扣了分就写明偏差原因；确无偏差就不扣分"});
  }
}

void CheckAgainstEvidence(const ReportView& view, const TableView& table, const ReadIndicator& indicator,
                          const v1::RowScore& row, Findings& findings) {
  const int64_t weight = row.weight_milli();
  const int64_t claimed = row.claimed_milli();
  const int64_t low = row.supported_low_milli();
  const int64_t high = row.supported_high_milli();
  const ClaimedScore score{row.verdict(), low, high, weight, claimed};
  const Claim claim = JudgeClaim(score, view.rule_set);
  const auto place = [&] { return table.PlaceOf(indicator, indicator.row.score(), "得分"); };
  // Where points are taken by hand, a written reason is all it needs.
  const bool by_hand = view.rule_set.quantitative_formula() == v1::QUANTITATIVE_FORMULA_HAND_GIVEN;
  if (claim == Claim::kMetButDeducted && !(by_hand && GivesReason(indicator.row.reason()))) {
    findings.Add({.rule_id = "MET_BUT_DEDUCTED",
                  .places = {place()},
                  .value = Deduction(weight, claimed),
                  .expected = fmt::format("指标值“{}”，实际“{}”，已达标，应得满分 {} 分",
                                          Shorten(indicator.row.target().as_written(), 20),
                                          Shorten(indicator.row.actual().as_written(), 20), FormatPoints(weight)),
                  .difference = fmt::format("少 {} 分", FormatPoints(weight - claimed))});
  }
  if (claim == Claim::kFullThoughMissed) {
    findings.Add({.rule_id = "QUANT_SCORE",
                  .places = {place()},
                  .value = FormatPoints(claimed) + " 分",
                  .expected = fmt::format("指标值“{}”，实际“{}”，未达标，不应得满分；按情况扣分并写明原因",
                                          Shorten(indicator.row.target().as_written(), 20),
                                          Shorten(indicator.row.actual().as_written(), 20))});
  }
  if (claim != Claim::kOffFormula && claim != Claim::kOffTier) return;
  findings.Add({.rule_id = claim == Claim::kOffFormula ? "QUANT_SCORE" : "QUAL_TIER",
                .places = {place()},
                .value = FormatPoints(claimed) + " 分",
                .expected = fmt::format("{}，应为 {}", row.trace().formula(), IntervalText(low, high)),
                .difference = MoreOrLess(score.outside_milli())});
}

}  // namespace

void CheckIndicatorScores(const ReportView& view, const TableView& table, Findings& findings) {
  for (size_t i = 0; i < table.indicators.size(); ++i) {
    const v1::RowScore& row = table.score.rows(static_cast<int>(i) + 1);
    if (!row.has_weight_milli() || !row.has_claimed_milli() || row.weight_milli() <= 0) continue;
    const ReadIndicator& indicator = table.indicators[i];
    if (row.verdict() == v1::VERDICT_NOT_APPLICABLE) continue;
    if (row.claimed_milli() < row.weight_milli()) {
      CheckReason(table, indicator, row.weight_milli(), row.claimed_milli(), findings);
    }
    // The rate has a rule of its own, EXEC_SCORE.
    if (IsExecutionIndicator(indicator.row, view.rule_set.execution())) continue;
    CheckAgainstEvidence(view, table, indicator, row, findings);
  }
}

}  // namespace jixiao::scoring
