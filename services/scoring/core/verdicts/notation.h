// Reads the values of indicator cells as they are really written: operators,
// units, multipliers, approximations, dates, qualitative words, empty-like
// marks. What cannot be read for certain is text; nothing is guessed.
#ifndef JIXIAO_SCORING_CORE_VERDICTS_NOTATION_H_
#define JIXIAO_SCORING_CORE_VERDICTS_NOTATION_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace jixiao::scoring {

// What a cell holds.
enum class CellShape : uint8_t {
  kBlank,         // nothing at all
  kPlaceholder,   // `—`, `/`, `。`, `……`: says "nothing here"
  kNone,          // the word 无
  kNumber,        // one number with or without operator and unit
  kOperatorOnly,  // `≥` with nothing behind it
  kQualitative,   // the word 定性
  kDate,          // a date or period: `年底前`, `2021年12月完成`
  kText,          // anything else
};

enum class Operator : uint8_t { kNone, kAtLeast, kAtMost, kEqual, kMoreThan, kLessThan };

// How exact a number claims to be.
enum class Precision : uint8_t {
  kExact,
  kAtLeastThis,  // `100余次`, `超78次`: the number or more
  kAbout,        // `约290人`
};

// One cell, read.
struct Notation {
  CellShape shape = CellShape::kBlank;
  Operator op = Operator::kNone;
  Precision precision = Precision::kExact;
  // For kNumber: the number in `unit`, multipliers applied (`1.2万亩` is 12000
  // 亩, `120.54万元` is 1205400 元), in 1/1,000,000. Percents keep their number:
  // `95%` is 95 with unit `%`.
  int64_t value_micro = 0;
  std::string unit;  // without blanks, folded; empty if none
};

Notation ReadNotation(std::string_view as_written);

// True for shapes that show no result: blank, placeholder, 无.
bool IsEmptyLike(CellShape shape);

// True for a cell that says the indicator does not apply: `不适用`, `不涉及`.
bool SaysInapplicable(std::string_view as_written);

// Both for words that are folded and without blanks.
// `无重大事故`, `零投诉`: says that something unwanted does not or did not happen.
bool RulesOutEvents(std::string_view words);
// Holds a word that turns what is said, `未有效推进`.
bool HasNegation(std::string_view words);

// True if two units may be compared: equal, or one begins with the other
// (`个` and `个城市社区`).
bool UnitsAgree(std::string_view a, std::string_view b);

// True if less is better by the indicator's name: costs, spending, control,
// change, loss and incident rates. Used only where the target has no operator.
bool LessIsBetter(std::string_view indicator_name);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_VERDICTS_NOTATION_H_
