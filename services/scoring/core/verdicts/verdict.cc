#include "scoring/core/verdicts/verdict.h"

#include <algorithm>

#include "common/base/log.h"
#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "scoring/core/facts/figures.h"

namespace jixiao::scoring {
namespace {

// `目标 ≥100次，实际 72次` and what follows.
std::string Compared(const ReadIndicator& indicator, std::string_view rest) {
  return Concat({"目标 ", indicator.row.target().as_written(), "，实际 ", indicator.row.actual().as_written(), rest});
}

std::string_view UnitOf(const Notation& notation) {
  if (notation.unit.empty()) return "未写单位";
  return notation.unit;
}

std::string TierText(const RowOutcome& outcome, int64_t weight, std::string_view why) {
  return Concat({why, "：", FormatPoints(weight), " 分 × ", FormatRatePercent(outcome.tier->lower_ppm()), "—",
                 FormatRatePercent(outcome.tier->upper_ppm()), " = ",
                 IntervalText(outcome.low_milli, outcome.high_milli)});
}

std::string ProRataText(const ReadIndicator& indicator, int64_t weight, const RowOutcome& outcome) {
  return Compared(indicator, Concat({"：未达标，", FormatPoints(weight), " × ", FormatScaled(outcome.part, 6), " ÷ ",
                                     FormatScaled(outcome.whole, 6), " = ",
                                     FormatScaled(MulDiv(weight * 1000, outcome.part, outcome.whole), 6)}));
}

// The formula with its numbers, or the reason why there is none.
std::string FormulaText(const ReadIndicator& indicator, int64_t weight, const RowOutcome& outcome) {
  switch (outcome.step) {
    case RowStep::kNoWeight: return "本行没有分值，不计分";
    case RowStep::kNotApplicable: return "填报为不适用，本行不计分，其余各行按比例折算";
    case RowStep::kNoneForZero: return Compared(indicator, "：没有发生，视为 0，达标");
    case RowStep::kNoEvidence: return "实际完成值没有内容，没有可以支持得分的依据";
    case RowStep::kNoneOfEvent:
      return TierText(outcome, weight, "目标是不发生，填报为没有发生，接近第一档，待审核人员确认");
    case RowStep::kTargetOperatorOnly: return "年度指标值只有计算符号，没有数值，无法判断是否达标";
    case RowStep::kTargetBlank: return "年度指标值空白，没有可以对照的目标";
    case RowStep::kActualNoNumber: return "指标值是数值，实际完成值不是一个可以直接对照的数值";
    case RowStep::kActualWithOperator: return "实际完成值写成了带计算符号的目标，不是实测值";
    case RowStep::kUnitsDiffer:
      return Concat({"指标值与实际完成值的单位不同（", UnitOf(indicator.target), " 与 ", UnitOf(indicator.actual),
                     "），无法对照"});
    case RowStep::kActualApproximate: return "实际完成值是约数，不足以证明是否达标";
    case RowStep::kTargetNoNumber: return "指标值不是数值，实际完成值却是数值，两者无法对照";
    case RowStep::kMet: return Compared(indicator, Concat({"：达标，得满分 ", FormatPoints(weight), " 分"}));
    case RowStep::kZeroTargetMissed: return Compared(indicator, "：目标为 0 而实际不为 0，得 0 分");
    case RowStep::kNegativeMissed: return Compared(indicator, "：未达标，目标为负数，无法按比例折算，由审核人员判断");
    case RowStep::kProRata: return ProRataText(indicator, weight, outcome);
    case RowStep::kCeilingTwiceOver: return Compared(indicator, "：达到目标两倍以上，得 0 分");
    case RowStep::kCeilingUnstated: return Compared(indicator, "：超出上限，规则没有写明如何折算，由审核人员判断");
    case RowStep::kHandGiven: return Compared(indicator, "：未达标，扣多少由单位说明理由，由审核人员判断");
    case RowStep::kTierWord: return TierText(outcome, weight, Concat({"“", *outcome.word, "”属于该档用语"}));
    case RowStep::kSameWords: return TierText(outcome, weight, "实际完成值与指标值一致，按第一档");
    case RowStep::kTierSuggested:
      return TierText(outcome, weight, Concat({"用语不在三档之内，“", *outcome.word, "”接近该档，待审核人员确认"}));
    case RowStep::kHoldsTarget:
      return TierText(outcome, weight, "完成情况写到了指标值的要求，接近第一档，待审核人员确认");
    case RowStep::kInTime: return Compared(indicator, Concat({"：按期完成，得满分 ", FormatPoints(weight), " 分"}));
    case RowStep::kTooLate: return Compared(indicator, "：晚于规定时间，规则没有写明扣多少，由审核人员判断");
    case RowStep::kInTimeOfYear:
      return TierText(outcome, weight, "按月日看没有逾期，但有一处没有写年份，待审核人员确认");
    case RowStep::kUnclassified: return "用语不在三档之内，无法归档，待审核人员判断";
  }
  return "";
}

}  // namespace

void ScoreIndicator(const ReadIndicator& indicator, int index, const v1::RuleSet& rule_set, Detail detail,
                    v1::RowScore& score) {
  const report::v1::IndicatorRow& row = indicator.row;
  score.set_indicator_index(index);
  if (indicator.weight_milli) score.set_weight_milli(*indicator.weight_milli);
  if (indicator.claimed_milli) score.set_claimed_milli(*indicator.claimed_milli);
  const int64_t weight = std::max<int64_t>(score.weight_milli(), 0);
  const RowOutcome outcome = DecideIndicator(indicator, rule_set);
  score.set_verdict(outcome.verdict);
  score.set_supported_low_milli(outcome.low_milli);
  score.set_supported_high_milli(outcome.high_milli);
  if (detail == Detail::kPoints) return;

  score.set_label(indicator.Label());
  v1::Trace& trace = *score.mutable_trace();
  const bool by_words = indicator.IsQualitative();
  trace.set_clause(ClauseOf(rule_set, by_words ? v1::SCORING_TOPIC_QUALITATIVE : v1::SCORING_TOPIC_QUANTITATIVE));
  AddInput(trace, "年度指标值", row.target());
  AddInput(trace, "实际完成值", row.actual());
  AddInput(trace, "分值", row.weight());
  AddInput(trace, "得分", row.score());
  trace.set_formula(FormulaText(indicator, weight, outcome));
  if (outcome.step == RowStep::kProRata) trace.set_rounding("四舍五入到小数点后两位");
  trace.set_result(Concat({"证据支持 ", IntervalText(outcome.low_milli, outcome.high_milli)}));
}

const std::string& ClauseOf(const v1::RuleSet& rule_set, v1::ScoringTopic topic) {
  for (const auto& clause : rule_set.scoring_clauses()) {
    if (clause.topic() == topic) return clause.clause();
  }
  JIXIAO_CHECK(false && "linted rule sets have a clause for every topic");
  static const std::string* const none = new std::string;
  return *none;
}

void AddInput(v1::Trace& trace, const std::string& name, const report::v1::Value& value) {
  v1::TraceInput& input = *trace.add_inputs();
  input.set_name(name);
  input.set_as_written(value.as_written());
  if (value.has_address()) *input.mutable_address() = value.address();
}

std::string IntervalText(int64_t low_milli, int64_t high_milli) {
  if (low_milli == high_milli) return Concat({FormatPoints(low_milli), " 分"});
  return Concat({FormatPoints(low_milli), "—", FormatPoints(high_milli), " 分"});
}

}  // namespace jixiao::scoring
