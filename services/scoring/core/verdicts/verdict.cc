#include "scoring/core/verdicts/verdict.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/log.h"
#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "scoring/core/facts/figures.h"

namespace jixiao::scoring {
namespace {

constexpr int64_t kWhole = 1'000'000;
constexpr int64_t kLongestTierPhrase = 12;

// Points are given to 1/100.
int64_t ToCenti(int64_t milli) { return MulDiv(milli, 1, 10) * 10; }

// What the evidence says, before it becomes a RowScore.
struct Outcome {
  v1::Verdict verdict;
  int64_t low_milli;
  int64_t high_milli;
  std::string formula;
  std::string rounding;
};

class Judge {
 public:
  Judge(const ReadIndicator& indicator, int64_t weight_milli, const v1::RuleSet& rule_set)
      : indicator_(indicator), weight_(weight_milli), rule_set_(rule_set) {}

  Outcome Decide() const {
    const Notation& target = indicator_.target;
    const Notation& actual = indicator_.actual;
    if (IsEmptyLike(actual.shape)) return OnEmptyActual();
    if (target.shape == CellShape::kOperatorOnly)
      return Unverifiable("年度指标值只有计算符号，没有数值，无法判断是否达标");
    if (target.shape == CellShape::kBlank || target.shape == CellShape::kPlaceholder ||
        target.shape == CellShape::kNone) {
      return Unverifiable("年度指标值空白，没有可以对照的目标");
    }
    if (target.shape == CellShape::kNumber) return OnNumericTarget();
    if (actual.shape == CellShape::kNumber) return Unverifiable("指标值不是数值，实际完成值却是数值，两者无法对照");
    return OnQualitative();
  }

 private:
  Outcome Fixed(v1::Verdict verdict, int64_t points, std::string formula) const {
    return {verdict, points, points, std::move(formula), ""};
  }
  Outcome Full(std::string formula) const { return Fixed(v1::VERDICT_MET, weight_, std::move(formula)); }
  Outcome Unverifiable(std::string why) const { return {v1::VERDICT_UNVERIFIABLE, 0, weight_, std::move(why), ""}; }

  Outcome OnEmptyActual() const {
    const bool zero_target = indicator_.target.shape == CellShape::kNumber && indicator_.target.value_micro == 0;
    if (zero_target && indicator_.actual.shape == CellShape::kNone) return Full("目标为 0，实际为“无”，视为 0：达标");
    return Fixed(v1::VERDICT_NO_EVIDENCE, 0, "实际完成值没有内容，没有可以支持得分的依据");
  }

  Outcome OnNumericTarget() const {
    const Notation& target = indicator_.target;
    const Notation& actual = indicator_.actual;
    if (actual.shape != CellShape::kNumber) return Unverifiable("指标值是数值，实际完成值不是一个可以直接对照的数值");
    if (actual.op != Operator::kNone && actual.op != Operator::kEqual) {
      return Unverifiable("实际完成值写成了带计算符号的目标，不是实测值");
    }
    if (!Comparable(target.unit, actual.unit)) {
      return Unverifiable(fmt::format("指标值与实际完成值的单位不同（{} 与 {}），无法对照",
                                      target.unit.empty() ? "未写单位" : target.unit,
                                      actual.unit.empty() ? "未写单位" : actual.unit));
    }
    if (actual.precision != Precision::kExact && !ProvesTarget()) {
      return Unverifiable("实际完成值是约数，不足以证明是否达标");
    }
    return Compare();
  }

  // A missing unit is forgiven unless the other side is a rate or money.
  static bool Comparable(std::string_view target, std::string_view actual) {
    if (UnitsAgree(target, actual)) return true;
    if (!target.empty() && !actual.empty()) return false;
    const std::string_view unit = target.empty() ? actual : target;
    return unit != "%" && unit != "元";
  }

  bool ProvesTarget() const {
    const bool at_least = indicator_.direction == Operator::kAtLeast || indicator_.direction == Operator::kMoreThan;
    return at_least && indicator_.actual.precision == Precision::kAtLeastThis &&
           indicator_.actual.value_micro >= indicator_.target.value_micro;
  }

  bool IsMet(int64_t target, int64_t actual) const {
    switch (indicator_.direction) {
      case Operator::kAtMost: return actual <= target;
      case Operator::kLessThan: return actual < target;
      case Operator::kMoreThan:
        return actual > target || (actual == target && indicator_.actual.precision == Precision::kAtLeastThis);
      case Operator::kEqual: return actual == target;
      default: return actual >= target;
    }
  }

  Outcome Compare() const {
    const int64_t target = indicator_.target.value_micro;
    const int64_t actual = std::max<int64_t>(indicator_.actual.value_micro, 0);
    const std::string both =
        fmt::format("目标 {}，实际 {}", indicator_.row.target().as_written(), indicator_.row.actual().as_written());
    if (IsMet(target, actual)) return Full(fmt::format("{}：达标，得满分 {} 分", both, FormatPoints(weight_)));
    if (target <= 0) return Fixed(v1::VERDICT_MISSED, 0, fmt::format("{}：目标为 0 而实际不为 0，得 0 分", both));
    const bool ceiling = indicator_.direction == Operator::kAtMost || indicator_.direction == Operator::kLessThan ||
                         (indicator_.direction == Operator::kEqual && actual > target);
    return ceiling ? OnExceededCeiling(target, actual, both) : ProRata(actual, target, both);
  }

  // weight x part / whole, both positive.
  Outcome ProRata(int64_t part, int64_t whole, const std::string& both) const {
    const int64_t exact = MulDiv(weight_, part, whole);
    const int64_t points = std::min(ToCenti(exact), weight_);
    return {v1::VERDICT_MISSED, points, points,
            fmt::format("{}：未达标，{} × {} ÷ {} = {}", both, FormatPoints(weight_), FormatScaled(part, 6),
                        FormatScaled(whole, 6), FormatScaled(MulDiv(weight_ * 1000, part, whole), 6)),
            "四舍五入到小数点后两位"};
  }

  Outcome OnExceededCeiling(int64_t target, int64_t actual, const std::string& both) const {
    switch (rule_set_.quantitative_formula()) {
      case v1::QUANTITATIVE_FORMULA_RATIO: return ProRata(target, actual, both);
      case v1::QUANTITATIVE_FORMULA_LINEAR: {
        if (actual >= 2 * target) return Fixed(v1::VERDICT_MISSED, 0, both + "：达到目标两倍以上，得 0 分");
        return ProRata(2 * target - actual, target, both);
      }
      default: return {v1::VERDICT_MISSED, 0, weight_, both + "：超出上限，规则没有写明如何折算，由审核人员判断", ""};
    }
  }

  Outcome OnQualitative() const {
    const std::string actual = RemoveBlanks(FoldWidth(indicator_.row.actual().as_written()));
    const std::string target = RemoveBlanks(FoldWidth(indicator_.row.target().as_written()));
    for (const v1::Tier& tier : rule_set_.tiers()) {
      for (const std::string& word : tier.words()) {
        if (actual == word) return InTier(tier, v1::VERDICT_TIERED, fmt::format("“{}”属于该档用语", word));
      }
    }
    const v1::Tier& best = rule_set_.tiers(0);
    if (actual == target) return InTier(best, v1::VERDICT_TIERED, "实际完成值与指标值一致，按第一档");
    // A sentence says too many things for one word of it to place it.
    if (CodePointCount(actual) > kLongestTierPhrase) return Unclassified();
    // Worst tier first: `未有效` must not read as 有效, `基本有效` not as full.
    for (int i = rule_set_.tiers_size() - 1; i >= 0; --i) {
      const v1::Tier& tier = rule_set_.tiers(i);
      for (const std::string& word : tier.suggestive_words()) {
        if (actual.find(word) == std::string::npos) continue;
        return InTier(tier, v1::VERDICT_TIER_SUGGESTED,
                      fmt::format("用语不在三档之内，“{}”接近该档，待审核人员确认", word));
      }
    }
    return Unclassified();
  }

  Outcome Unclassified() const {
    return {v1::VERDICT_UNCLASSIFIED, 0, weight_, "用语不在三档之内，无法归档，待审核人员判断", ""};
  }

  Outcome InTier(const v1::Tier& tier, v1::Verdict verdict, std::string_view why) const {
    const int64_t low = MulDiv(weight_, tier.lower_ppm(), kWhole);
    const int64_t high = MulDiv(weight_, tier.upper_ppm(), kWhole);
    return {verdict, low, high,
            fmt::format("{}：{} 分 × {}—{} = {}", why, FormatPoints(weight_), FormatRatePercent(tier.lower_ppm()),
                        FormatRatePercent(tier.upper_ppm()), IntervalText(low, high)),
            ""};
  }

  const ReadIndicator& indicator_;
  const int64_t weight_;
  const v1::RuleSet& rule_set_;
};

Operator DirectionOf(const report::v1::IndicatorRow& row, const Notation& target) {
  if (target.op != Operator::kNone) return target.op;
  return LessIsBetter(row.level3().as_written()) ? Operator::kAtMost : Operator::kAtLeast;
}

bool IsQualitative(const ReadIndicator& indicator) { return indicator.target.shape != CellShape::kNumber; }

}  // namespace

ReadIndicator::ReadIndicator(const report::v1::IndicatorRow& indicator_row)
    : row(indicator_row),
      target(ReadNotation(row.target().as_written())),
      actual(ReadNotation(row.actual().as_written())),
      direction(DirectionOf(row, target)) {}

std::string ReadIndicator::Label() const {
  std::string label;
  for (const std::string& part : {row.level1(), row.level2(), Shorten(row.level3().as_written(), 30)}) {
    if (part.empty()) continue;
    if (!label.empty()) label += " · ";
    label += part;
  }
  return label;
}

v1::RowScore ScoreIndicator(const ReadIndicator& indicator, int index, const v1::RuleSet& rule_set) {
  const report::v1::IndicatorRow& row = indicator.row;
  v1::RowScore score;
  score.set_indicator_index(index);
  score.set_label(indicator.Label());
  if (const auto weight = PointsOf(row.weight())) score.set_weight_milli(*weight);
  if (const auto claimed = PointsOf(row.score())) score.set_claimed_milli(*claimed);
  v1::Trace& trace = *score.mutable_trace();
  trace.set_clause(
      ClauseOf(rule_set, IsQualitative(indicator) ? v1::SCORING_TOPIC_QUALITATIVE : v1::SCORING_TOPIC_QUANTITATIVE));
  AddInput(trace, "年度指标值", row.target());
  AddInput(trace, "实际完成值", row.actual());
  AddInput(trace, "分值", row.weight());
  AddInput(trace, "得分", row.score());
  const int64_t weight = std::max<int64_t>(score.weight_milli(), 0);
  Outcome outcome{v1::VERDICT_NOT_SCORED, 0, 0, "本行没有分值，不计分", ""};
  if (weight > 0) outcome = Judge(indicator, weight, rule_set).Decide();
  score.set_verdict(outcome.verdict);
  score.set_supported_low_milli(outcome.low_milli);
  score.set_supported_high_milli(outcome.high_milli);
  trace.set_formula(outcome.formula);
  if (!outcome.rounding.empty()) trace.set_rounding(outcome.rounding);
  trace.set_result("证据支持 " + IntervalText(outcome.low_milli, outcome.high_milli));
  return score;
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
  if (low_milli == high_milli) return FormatPoints(low_milli) + " 分";
  return fmt::format("{}—{} 分", FormatPoints(low_milli), FormatPoints(high_milli));
}

}  // namespace jixiao::scoring
