// Decides what one indicator's evidence supports: numbers only, no texts. The
// sentences that explain an outcome are rendered from it in verdict.cc.
#ifndef JIXIAO_SCORING_CORE_VERDICTS_OUTCOME_H_
#define JIXIAO_SCORING_CORE_VERDICTS_OUTCOME_H_

#include <cstdint>
#include <optional>
#include <string>

#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/ruleset.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"
#include "scoring/core/verdicts/notation.h"

namespace jixiao::scoring {

// Points are given to 1/100.
inline constexpr int64_t kPointStepMilli = 10;

// An indicator row with its cells read. Points into the row it was made from.
struct ReadIndicator {
  explicit ReadIndicator(const report::v1::IndicatorRow& row);

  // True if the row is judged by words and not by numbers.
  bool IsQualitative() const { return target.shape != CellShape::kNumber; }

  // `产出 · 数量 · 组织网格员培训`.
  std::string Label() const;

  const report::v1::IndicatorRow& row;
  // As filed; empty if blank, not a number or out of range.
  std::optional<int64_t> weight_milli;
  std::optional<int64_t> claimed_milli;
  Notation target;
  Notation actual;
  // The target's operator, or the direction its name implies.
  Operator direction;
  bool is_inapplicable;           // the actual says that the row does not apply
  bool has_comparable_units;      // of two numbers
  bool targets_no_event = false;  // for qualitative rows: the target rules out an event
  // For qualitative rows: the cells folded and without blanks, as tiers' words
  // are compared.
  std::string target_words;
  std::string actual_words;
};

// The step of the rules that decided.
enum class RowStep : uint8_t {
  kNoWeight,
  kNotApplicable,       // the report says so
  kNoneForZero,         // target 0, actual 无
  kNoEvidence,          // actual shows no result
  kNoneOfEvent,         // target rules out an event, actual says there was none
  kTargetOperatorOnly,  // `≥` with nothing behind it
  kTargetBlank,
  kActualNoNumber,      // target is a number, actual is not
  kActualWithOperator,  // actual was copied from a target
  kUnitsDiffer,
  kActualApproximate,  // too rough to prove the target
  kTargetNoNumber,     // actual is a number, target is not
  kMet,
  kZeroTargetMissed,
  kNegativeMissed,    // a target below 0 has no proportion
  kProRata,           // weight x part / whole
  kCeilingTwiceOver,  // formula C from twice the target on
  kCeilingUnstated,   // formula A says nothing about ceilings
  kHandGiven,         // formula D: points are taken with a written reason
  kTierWord,          // `word` names `tier`
  kSameWords,         // actual repeats the target
  kTierSuggested,     // `word` comes near to `tier`
  kHoldsTarget,       // actual holds the words of the target
  kInTime,            // both are dates
  kTooLate,
  kInTimeOfYear,  // likewise, but only one states its year
  kUnclassified,
};

// What the evidence supports, in 1/1000 point.
struct RowOutcome {
  v1::Verdict verdict = v1::VERDICT_NOT_SCORED;
  RowStep step = RowStep::kNoWeight;
  int64_t low_milli = 0;
  int64_t high_milli = 0;
  // For kProRata.
  int64_t part = 0;
  int64_t whole = 0;
  // For the steps of tiers; point into the rule set.
  const v1::Tier* tier = nullptr;
  const std::string* word = nullptr;
};

// True if the actual cell shows no result: blank, a placeholder, or 无 where the
// target is not 0.
bool ShowsNoResult(const ReadIndicator& indicator);

// Rows without a positive weight are not scored.
RowOutcome DecideIndicator(const ReadIndicator& indicator, const v1::RuleSet& rule_set);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_VERDICTS_OUTCOME_H_
