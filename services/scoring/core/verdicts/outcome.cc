#include "scoring/core/verdicts/outcome.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "scoring/core/facts/figures.h"
#include "scoring/core/verdicts/deadline.h"

namespace jixiao::scoring {
namespace {

constexpr int64_t kOne = 1'000'000;
constexpr int64_t kLongestTierPhrase = 12;

bool IsZero(const Notation& notation) { return notation.shape == CellShape::kNumber && notation.value_micro == 0; }

// 无 and its like, where the target asks that something does not happen.
bool SaysNone(const ReadIndicator& indicator) {
  if (indicator.actual.shape == CellShape::kNone || IsZero(indicator.actual)) return true;
  const std::string& words = indicator.actual_words;
  return words == "未发生" || words == "没有发生" || words == "零发生" || words == "零" || RulesOutEvents(words);
}

class Judge {
 public:
  Judge(const ReadIndicator& indicator, int64_t weight_milli, const v1::RuleSet& rule_set)
      : indicator_(indicator), weight_(weight_milli), rule_set_(rule_set) {}

  RowOutcome Decide() const {
    const Notation& target = indicator_.target;
    const Notation& actual = indicator_.actual;
    if (indicator_.is_inapplicable) {
      return Between(v1::VERDICT_NOT_APPLICABLE, RowStep::kNotApplicable, 0, 0);
    }
    if (ShowsNoResult(indicator_)) return Between(v1::VERDICT_NO_EVIDENCE, RowStep::kNoEvidence, 0, 0);
    const bool is_word = actual.shape != CellShape::kNumber;
    if (is_word && IsZero(target) && target.op != Operator::kMoreThan && SaysNone(indicator_))
      return Full(RowStep::kNoneForZero);
    if (indicator_.targets_no_event && SaysNone(indicator_)) {
      return InTier(v1::VERDICT_TIER_SUGGESTED, RowStep::kNoneOfEvent, rule_set_.tiers(0), nullptr);
    }
    if (target.shape == CellShape::kNumber) return OnNumericTarget();
    if (target.shape == CellShape::kOperatorOnly) return Unverifiable(RowStep::kTargetOperatorOnly);
    if (IsEmptyLike(target.shape)) return Unverifiable(RowStep::kTargetBlank);
    if (actual.shape == CellShape::kNumber) return Unverifiable(RowStep::kTargetNoNumber);
    return OnQualitative();
  }

 private:
  static RowOutcome Between(v1::Verdict verdict, RowStep step, int64_t low, int64_t high) {
    RowOutcome outcome;
    outcome.verdict = verdict;
    outcome.step = step;
    outcome.low_milli = low;
    outcome.high_milli = high;
    return outcome;
  }
  RowOutcome Full(RowStep step) const { return Between(v1::VERDICT_MET, step, weight_, weight_); }
  RowOutcome Unverifiable(RowStep step) const { return Between(v1::VERDICT_UNVERIFIABLE, step, 0, weight_); }

  RowOutcome OnNumericTarget() const {
    const Notation& target = indicator_.target;
    const Notation& actual = indicator_.actual;
    if (actual.shape != CellShape::kNumber) return Unverifiable(RowStep::kActualNoNumber);
    if (actual.op != Operator::kNone && actual.op != Operator::kEqual)
      return Unverifiable(RowStep::kActualWithOperator);
    if (!indicator_.has_comparable_units) return Unverifiable(RowStep::kUnitsDiffer);
    if (actual.precision != Precision::kExact && !ProvesTarget()) return Unverifiable(RowStep::kActualApproximate);
    // A negative result counts as 0, but not against a target that is negative.
    return Compare(target.value_micro,
                   target.value_micro < 0 ? actual.value_micro : std::max<int64_t>(actual.value_micro, 0));
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

  RowOutcome Compare(int64_t target, int64_t actual) const {
    if (IsMet(target, actual)) return Full(RowStep::kMet);
    if (rule_set_.quantitative_formula() == v1::QUANTITATIVE_FORMULA_HAND_GIVEN) {
      return Between(v1::VERDICT_MISSED, RowStep::kHandGiven, 0, weight_);
    }
    if (target < 0) return Between(v1::VERDICT_MISSED, RowStep::kNegativeMissed, 0, weight_);
    if (target == 0) return Between(v1::VERDICT_MISSED, RowStep::kZeroTargetMissed, 0, 0);
    const bool ceiling = indicator_.direction == Operator::kAtMost || indicator_.direction == Operator::kLessThan ||
                         (indicator_.direction == Operator::kEqual && actual > target);
    return ceiling ? OnExceededCeiling(target, actual) : ProRata(actual, target);
  }

  // weight x part / whole, whole positive.
  RowOutcome ProRata(int64_t part, int64_t whole) const {
    const int64_t points = std::min(MulDivToStep(weight_, part, whole, kPointStepMilli), weight_);
    RowOutcome outcome = Between(v1::VERDICT_MISSED, RowStep::kProRata, points, points);
    outcome.part = part;
    outcome.whole = whole;
    return outcome;
  }

  RowOutcome OnExceededCeiling(int64_t target, int64_t actual) const {
    switch (rule_set_.quantitative_formula()) {
      case v1::QUANTITATIVE_FORMULA_RATIO: return ProRata(target, actual);
      case v1::QUANTITATIVE_FORMULA_LINEAR:
        if (actual >= 2 * target) return Between(v1::VERDICT_MISSED, RowStep::kCeilingTwiceOver, 0, 0);
        return ProRata(2 * target - actual, target);
      default: return Between(v1::VERDICT_MISSED, RowStep::kCeilingUnstated, 0, weight_);
    }
  }

  RowOutcome OnQualitative() const {
    const std::string& actual = indicator_.actual_words;
    for (const v1::Tier& tier : rule_set_.tiers()) {
      for (const std::string& word : tier.words()) {
        if (actual == word) return InTier(v1::VERDICT_TIERED, RowStep::kTierWord, tier, &word);
      }
    }
    if (actual == indicator_.target_words) {
      return InTier(v1::VERDICT_TIERED, RowStep::kSameWords, rule_set_.tiers(0), nullptr);
    }
    if (const auto outcome = OnDates()) return *outcome;
    // A sentence says too many things for one word of it to place it.
    if (CodePointCount(actual) > kLongestTierPhrase) return Unclassified();
    const bool denies = HasNegation(actual);
    // Worst tier first: `基本有效` must not read as full.
    for (int i = rule_set_.tiers_size() - 1; i >= 0; --i) {
      const v1::Tier& tier = rule_set_.tiers(i);
      for (const std::string& word : tier.suggestive_words()) {
        if (actual.find(word) == std::string::npos) continue;
        if (denies && i + 1 < rule_set_.tiers_size()) return Unclassified();
        return InTier(v1::VERDICT_TIER_SUGGESTED, RowStep::kTierSuggested, tier, &word);
      }
    }
    return denies ? Unclassified() : OnPhrase();
  }

  // Whole results that are neither a tier's words nor hold one of them.
  RowOutcome OnPhrase() const {
    for (const v1::Tier& tier : rule_set_.tiers()) {
      for (const std::string& phrase : tier.suggestive_phrases()) {
        if (indicator_.actual_words != phrase) continue;
        return InTier(v1::VERDICT_TIER_SUGGESTED, RowStep::kTierSuggested, tier, &phrase);
      }
    }
    const std::string& target = indicator_.target_words;
    if (indicator_.target.shape != CellShape::kText || CodePointCount(target) < 2 ||
        indicator_.actual_words.find(target) == std::string::npos) {
      return Unclassified();
    }
    return InTier(v1::VERDICT_TIER_SUGGESTED, RowStep::kHoldsTarget, rule_set_.tiers(0), nullptr);
  }

  // Empty unless both cells are dates.
  std::optional<RowOutcome> OnDates() const {
    if (indicator_.target.shape != CellShape::kDate || indicator_.actual.shape != CellShape::kDate) return std::nullopt;
    const auto deadline = ReadDeadline(indicator_.target_words);
    const auto done = ReadDeadline(indicator_.actual_words);
    if (!deadline || !done) return std::nullopt;
    const bool in_time = NotAfter(*done, *deadline);
    if ((deadline->year == 0) == (done->year == 0)) {
      return in_time ? Full(RowStep::kInTime) : Between(v1::VERDICT_MISSED, RowStep::kTooLate, 0, weight_);
    }
    if (!in_time) return Unclassified();
    return InTier(v1::VERDICT_TIER_SUGGESTED, RowStep::kInTimeOfYear, rule_set_.tiers(0), nullptr);
  }

  RowOutcome Unclassified() const { return Between(v1::VERDICT_UNCLASSIFIED, RowStep::kUnclassified, 0, weight_); }

  RowOutcome InTier(v1::Verdict verdict, RowStep step, const v1::Tier& tier, const std::string* word) const {
    RowOutcome outcome =
        Between(verdict, step, MulDiv(weight_, tier.lower_ppm(), kOne), MulDiv(weight_, tier.upper_ppm(), kOne));
    outcome.tier = &tier;
    outcome.word = word;
    return outcome;
  }

  const ReadIndicator& indicator_;
  const int64_t weight_;
  const v1::RuleSet& rule_set_;
};

// A missing unit is forgiven unless the other side is a rate or money.
bool Comparable(std::string_view target, std::string_view actual) {
  if (UnitsAgree(target, actual)) return true;
  if (!target.empty() && !actual.empty()) return false;
  const std::string_view unit = target.empty() ? actual : target;
  return unit != "%" && unit != "元";
}

Operator DirectionOf(const report::v1::IndicatorRow& row, const Notation& target) {
  if (target.op != Operator::kNone) return target.op;
  return LessIsBetter(row.level3().as_written()) ? Operator::kAtMost : Operator::kAtLeast;
}

std::string WordsOf(const report::v1::Value& value) {
  std::string words = FoldAndRemoveBlanks(value.as_written());
  if (words.ends_with("。")) words.resize(words.size() - std::string_view("。").size());
  return words;
}

// Where the form has a column for the unit, a bare number is in that unit.
void TakeUnit(const report::v1::Value& column, Notation& number) {
  if (number.shape != CellShape::kNumber || !number.unit.empty() || column.as_written().empty()) return;
  const Notation one = ReadNotation("1" + column.as_written());
  const bool is_unit = one.shape == CellShape::kNumber && !one.unit.empty() && one.op == Operator::kNone &&
                       one.precision == Precision::kExact;
  if (!is_unit) return;
  number.value_micro = MulDiv(number.value_micro, one.value_micro, 1'000'000);
  number.unit = one.unit;
}

}  // namespace

bool ShowsNoResult(const ReadIndicator& indicator) {
  if (!IsEmptyLike(indicator.actual.shape)) return false;
  // A bare 无 answers the target 0. Against words it may mean no accident as well
  // as no result, and auditors take it for the latter.
  return indicator.actual.shape != CellShape::kNone || !IsZero(indicator.target);
}

ReadIndicator::ReadIndicator(const report::v1::IndicatorRow& indicator_row)
    : row(indicator_row),
      weight_milli(PointsOf(row.weight())),
      claimed_milli(PointsOf(row.score())),
      target(ReadNotation(row.target().as_written())),
      actual(ReadNotation(row.actual().as_written())),
      direction(DirectionOf(row, target)),
      is_inapplicable(actual.shape == CellShape::kText && SaysInapplicable(row.actual().as_written())) {
  TakeUnit(row.measure_unit(), target);
  TakeUnit(row.measure_unit(), actual);
  has_comparable_units = Comparable(target.unit, actual.unit);
  if (!IsQualitative() && actual.shape == CellShape::kNumber) return;
  target_words = WordsOf(row.target());
  actual_words = WordsOf(row.actual());
  targets_no_event = RulesOutEvents(target_words);
}

std::string ReadIndicator::Label() const {
  constexpr int64_t kLongest = 30;
  std::string shortened;
  std::string_view name = row.level3().as_written();
  if (CodePointCount(name) > kLongest) name = shortened = Shorten(name, kLongest);
  const auto separator = [](bool wanted) -> std::string_view { return wanted ? " · " : ""; };
  const bool has_first = !row.level1().empty();
  const bool has_second = !row.level2().empty();
  return Concat({row.level1(), separator(has_first && has_second), row.level2(),
                 separator((has_first || has_second) && !name.empty()), name, row.is_core() ? "（核心）" : ""});
}

RowOutcome DecideIndicator(const ReadIndicator& indicator, const v1::RuleSet& rule_set) {
  const int64_t weight = indicator.weight_milli.value_or(0);
  if (weight <= 0) return {};
  return Judge(indicator, weight, rule_set).Decide();
}

}  // namespace jixiao::scoring
