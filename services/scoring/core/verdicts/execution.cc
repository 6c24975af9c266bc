#include "scoring/core/verdicts/execution.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "scoring/core/facts/figures.h"
#include "scoring/core/verdicts/outcome.h"
#include "scoring/core/verdicts/verdict.h"

namespace jixiao::scoring {
namespace {

constexpr int64_t kWhole = 1'000'000;

int64_t Points(int64_t part, int64_t whole, int64_t weight_milli) {
  return std::clamp<int64_t>(MulDivToStep(weight_milli, part, whole, kPointStepMilli), 0, weight_milli);
}

using report::v1::Value;

// The rate as one row: amounts of the funds block, points of wherever the form
// has them.
struct RateRow {
  const report::v1::FundRow& funds;
  const Value& weight;
  const Value& score;
  int64_t weight_milli;
};

// Executed over the initial budget, where the adjusted one was made equal to
// what was spent and 100 % says nothing.
std::string ByConstruction(const report::v1::FundRow& row) {
  const auto initial = FenOf(row.initial_budget());
  const auto adjusted = FenOf(row.adjusted_budget());
  const auto executed = FenOf(row.executed());
  if (!initial || *initial <= 0 || adjusted != executed || *initial == *adjusted) return "";
  return fmt::format("；全年预算数与执行数相同，执行数 ÷ 年初预算数 = {}",
                     FormatRatePercent(RatePpm(*executed, *initial)));
}

v1::RowScore StartRow(const RateRow& row, const v1::RuleSet& rule_set) {
  v1::RowScore score;
  if (const auto filed = PointsOf(row.weight)) score.set_weight_milli(*filed);
  if (const auto claimed = PointsOf(row.score)) score.set_claimed_milli(*claimed);
  v1::Trace& trace = *score.mutable_trace();
  trace.set_clause(ClauseOf(rule_set, v1::SCORING_TOPIC_EXECUTION));
  AddInput(trace, "全年预算数", row.funds.adjusted_budget());
  AddInput(trace, "全年执行数", row.funds.executed());
  AddInput(trace, "执行率", row.funds.execution_rate());
  AddInput(trace, "分值", row.weight);
  AddInput(trace, "得分", row.score);
  return score;
}

void SetInterval(v1::Verdict verdict, int64_t low, int64_t high, v1::RowScore& score) {
  score.set_verdict(verdict);
  score.set_supported_low_milli(low);
  score.set_supported_high_milli(high);
  score.mutable_trace()->set_result("证据支持 " + IntervalText(low, high));
}

void ScoreRate(const RateRow& row, int64_t pro_rata, const v1::RuleSet& rule_set, v1::RowScore& score) {
  int64_t low = pro_rata;
  int64_t high = pro_rata;
  const int64_t weight = row.weight_milli;
  const int64_t budget = *FenOf(row.funds.adjusted_budget());
  const int64_t executed = *FenOf(row.funds.executed());
  std::string formula = fmt::format("{} × {} ÷ {} = {}", FormatPoints(weight), FormatWanYuan(executed),
                                    FormatWanYuan(budget), FormatScaled(MulDiv(weight * 1000, executed, budget), 6));
  if (executed > budget) formula += fmt::format("，超过分值，按上限 {} 分计", FormatPoints(weight));
  // Amounts and stated rate contradict each other: either may be the slip, so
  // both readings bound what is supported.
  const auto rate = CompareRate(row.funds.adjusted_budget(), row.funds.executed(), row.funds.execution_rate());
  if (rate && rate->difference_ppm() > rule_set.execution().rate_rounding_ppm()) {
    const int64_t by_stated = Points(std::clamp<int64_t>(rate->stated_ppm, 0, kWhole), kWhole, weight);
    low = std::min(low, by_stated);
    high = std::max(high, by_stated);
    formula += fmt::format("；按填报执行率则为 {} × {} = {}", FormatPoints(weight),
                           row.funds.execution_rate().as_written(), FormatPoints(by_stated));
  }
  const bool is_contradictory = low != high;
  SetInterval(is_contradictory     ? v1::VERDICT_UNVERIFIABLE
              : executed >= budget ? v1::VERDICT_MET
                                   : v1::VERDICT_MISSED,
              low, high, score);
  score.mutable_trace()->set_formula(formula + ByConstruction(row.funds));
  score.mutable_trace()->set_rounding("四舍五入到小数点后两位，最高不超过分值");
}

}  // namespace

int64_t RatePpm(int64_t part, int64_t whole) { return MulDiv(part, 10'000, whole) * 100; }

std::optional<RateComparison> CompareRate(const report::v1::Value& budget, const report::v1::Value& executed,
                                          const report::v1::Value& stated) {
  const auto budget_fen = FenOf(budget);
  const auto executed_fen = FenOf(executed);
  const auto stated_ppm = RatePpmOf(stated);
  if (!budget_fen || !executed_fen || !stated_ppm || *budget_fen <= 0) return std::nullopt;
  // Far outside any real rate; a saturated quotient must not be compared.
  if (*executed_fen / *budget_fen > kWhole) return std::nullopt;
  return RateComparison{*stated_ppm, RatePpm(*executed_fen, *budget_fen)};
}

const report::v1::FundRow* TotalRow(const report::v1::EvaluationTable& table) {
  for (const auto& row : table.fund_rows()) {
    if (row.role() == report::v1::FUND_ROLE_TOTAL) return &row;
  }
  return nullptr;
}

std::optional<int64_t> ProRataScore(const report::v1::FundRow& total, int64_t weight_milli) {
  const auto budget = FenOf(total.adjusted_budget());
  const auto executed = FenOf(total.executed());
  if (!budget || !executed || *budget <= 0) return std::nullopt;
  if (*executed >= *budget) return weight_milli;
  return Points(*executed, *budget, weight_milli);
}

bool IsExecutionIndicator(const report::v1::IndicatorRow& row, const v1::ExecutionRule& rule) {
  if (rule.indicator_names().empty()) return false;
  const std::string name = RemoveBlanks(row.level3().as_written());
  return std::any_of(rule.indicator_names().begin(), rule.indicator_names().end(),
                     [&](const std::string& part) { return name.find(part) != std::string::npos; });
}

v1::RowScore ScoreExecution(const report::v1::EvaluationTable& table, const v1::RuleSet& rule_set) {
  static const report::v1::FundRow* const kNoRow = new report::v1::FundRow;
  const report::v1::FundRow* total = TotalRow(table);
  const report::v1::FundRow& funds = total == nullptr ? *kNoRow : *total;
  const v1::ExecutionRule& rule = rule_set.execution();
  const int64_t rule_weight = rule.indicator_names().empty() ? rule.weight_milli() : 0;
  const int64_t weight = std::max<int64_t>(PointsOf(funds.weight()).value_or(rule_weight), 0);
  const RateRow row{funds, funds.weight(), funds.score(), weight};

  v1::RowScore score = StartRow(row, rule_set);
  score.set_label("预算执行率");
  const std::optional<int64_t> pro_rata = ProRataScore(funds, weight);
  if (weight == 0) {
    SetInterval(v1::VERDICT_NOT_SCORED, 0, 0, score);
    score.mutable_trace()->set_formula(rule.indicator_names().empty() ? "执行率没有分值，不计分"
                                                                      : "执行率列为一项指标，在该行计分");
  } else if (!pro_rata) {
    SetInterval(v1::VERDICT_UNVERIFIABLE, 0, weight, score);
    score.mutable_trace()->set_formula("全年预算数或全年执行数读不出数值（或全年预算数为 0），无法计算执行率");
  } else {
    ScoreRate(row, *pro_rata, rule_set, score);
  }
  return score;
}

bool ScoreExecutionIndicator(const report::v1::EvaluationTable& table, const ReadIndicator& indicator, int index,
                             const v1::RuleSet& rule_set, v1::RowScore& score) {
  const report::v1::FundRow* total = TotalRow(table);
  const int64_t weight = indicator.weight_milli.value_or(0);
  if (total == nullptr || weight <= 0) return false;
  const std::optional<int64_t> pro_rata = ProRataScore(*total, weight);
  if (!pro_rata) return false;
  const RateRow row{*total, indicator.row.weight(), indicator.row.score(), weight};
  score = StartRow(row, rule_set);
  score.set_indicator_index(index);
  score.set_label(indicator.Label());
  ScoreRate(row, *pro_rata, rule_set, score);
  return true;
}

}  // namespace jixiao::scoring
