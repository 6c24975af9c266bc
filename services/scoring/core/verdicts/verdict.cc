#include "scoring/core/verdicts/verdict.h"

#include <algorithm>

#include "common/base/log.h"
#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "scoring/core/facts/figures.h"

namespace jixiao::scoring {
namespace {

using Texts = std::initializer_list<std::string_view>;

// Behind what `out` holds.
void AppendAll(Texts parts, std::string& out) {
  for (const std::string_view part : parts) out.append(part);
}

std::string_view UnitOf(const Notation& notation) {
  if (notation.unit.empty()) return "未写单位";
  return notation.unit;
}

// Writes the formula with its numbers, or the reason why there is none, into
// `out`: piece by piece, because it is written for every row of every report.
class FormulaWriter {
 public:
  FormulaWriter(const ReadIndicator& indicator, int64_t weight, const RowOutcome& outcome, std::string& out)
      : indicator_(indicator), weight_(weight), outcome_(outcome), out_(out) {}

  void Write() {
    switch (outcome_.step) {
      case RowStep::kNoWeight: return Say("本行没有分值，不计分");
      case RowStep::kNotApplicable: return Say("填报为不适用，本行不计分，其余各行按比例折算");
      case RowStep::kNoneForZero: return Compare({"：没有发生，视为 0，达标"});
      case RowStep::kNoEvidence: return Say("实际完成值没有内容，没有可以支持得分的依据");
      case RowStep::kNoneOfEvent: return Tier({"目标是不发生，填报为没有发生，接近第一档，待审核人员确认"});
      case RowStep::kTargetOperatorOnly: return Say("年度指标值只有计算符号，没有数值，无法判断是否达标");
      case RowStep::kTargetBlank: return Say("年度指标值空白，没有可以对照的目标");
      case RowStep::kActualNoNumber: return Say("指标值是数值，实际完成值不是一个可以直接对照的数值");
      case RowStep::kActualWithOperator: return Say("实际完成值写成了带计算符号的目标，不是实测值");
      case RowStep::kUnitsDiffer:
        return AppendAll({"指标值与实际完成值的单位不同（", UnitOf(indicator_.target), " 与 ",
                          UnitOf(indicator_.actual), "），无法对照"},
                         out_);
      case RowStep::kActualApproximate: return Say("实际完成值是约数，不足以证明是否达标");
      case RowStep::kTargetNoNumber: return Say("指标值不是数值，实际完成值却是数值，两者无法对照");
      case RowStep::kMet: return Compare({"：达标，得满分 ", FormatPoints(weight_), " 分"});
      case RowStep::kZeroTargetMissed: return Compare({"：目标为 0 而实际不为 0，得 0 分"});
      case RowStep::kNegativeMissed: return Compare({"：未达标，目标为负数，无法按比例折算，由审核人员判断"});
      case RowStep::kProRata: return ProRata();
      case RowStep::kCeilingTwiceOver: return Compare({"：达到目标两倍以上，得 0 分"});
      case RowStep::kCeilingUnstated: return Compare({"：超出上限，规则没有写明如何折算，由审核人员判断"});
      case RowStep::kHandGiven: return Compare({"：未达标，扣多少由单位说明理由，由审核人员判断"});
      case RowStep::kTierWord: return Tier({"“", *outcome_.word, "”属于该档用语"});
      case RowStep::kSameWords: return Tier({"实际完成值与指标值一致，按第一档"});
      case RowStep::kTierSuggested: return Tier({"用语不在三档之内，“", *outcome_.word, "”接近该档，待审核人员确认"});
      case RowStep::kHoldsTarget: return Tier({"完成情况写到了指标值的要求，接近第一档，待审核人员确认"});
      case RowStep::kInTime: return Compare({"：按期完成，得满分 ", FormatPoints(weight_), " 分"});
      case RowStep::kTooLate: return Compare({"：晚于规定时间，规则没有写明扣多少，由审核人员判断"});
      case RowStep::kInTimeOfYear: return Tier({"按月日看没有逾期，但有一处没有写年份，待审核人员确认"});
      case RowStep::kUnclassified: return Say("用语不在三档之内，无法归档，待审核人员判断");
    }
  }

 private:
  void Say(std::string_view text) { out_.assign(text); }

  // `目标 ≥100次，实际 72次` and `rest`.
  void Compare(Texts rest) {
    constexpr size_t kUsual = 128;
    out_.reserve(kUsual);
    AppendAll({"目标 ", indicator_.row.target().as_written(), "，实际 ", indicator_.row.actual().as_written()}, out_);
    AppendAll(rest, out_);
  }

  void ProRata() {
    Compare({"：未达标，", FormatPoints(weight_), " × ", FormatScaled(outcome_.part, 6), " ÷ ",
             FormatScaled(outcome_.whole, 6), " = ",
             FormatScaled(MulDiv(weight_ * 1000, outcome_.part, outcome_.whole), 6)});
  }

  void Tier(Texts why) {
    constexpr size_t kUsual = 128;
    out_.reserve(kUsual);
    AppendAll(why, out_);
    AppendAll({"：", FormatPoints(weight_), " 分 × ", FormatRatePercent(outcome_.tier->lower_ppm()), "—",
               FormatRatePercent(outcome_.tier->upper_ppm()), " = "},
              out_);
    AppendInterval(outcome_.low_milli, outcome_.high_milli, out_);
  }

  const ReadIndicator& indicator_;
  const int64_t weight_;
  const RowOutcome& outcome_;
  std::string& out_;
};

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
  FormulaWriter(indicator, weight, outcome, *trace.mutable_formula()).Write();
  if (outcome.step == RowStep::kProRata) trace.set_rounding("四舍五入到小数点后两位");
  std::string& result = *trace.mutable_result();
  result.assign("证据支持 ");
  AppendInterval(outcome.low_milli, outcome.high_milli, result);
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
  std::string text;
  AppendInterval(low_milli, high_milli, text);
  return text;
}

void AppendInterval(int64_t low_milli, int64_t high_milli, std::string& out) {
  if (low_milli == high_milli) return AppendAll({FormatPoints(low_milli), " 分"}, out);
  AppendAll({FormatPoints(low_milli), "—", FormatPoints(high_milli), " 分"}, out);
}

}  // namespace jixiao::scoring
