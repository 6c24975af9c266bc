// A figure as the clerk's hand wrote it: its digits, and how to write another
// value in the same way.
#ifndef JIXIAO_SCORING_CORE_DIAGNOSIS_WRITTEN_FIGURE_H_
#define JIXIAO_SCORING_CORE_DIAGNOSIS_WRITTEN_FIGURE_H_

#include <cstdint>
#include <string>

#include "scoring/core/facts/facts.h"

namespace jixiao::scoring {

// `一般公共预算：1401.1万元` is prefix, digits and suffix. Digits are ASCII with
// at most one point, without sign and commas.
struct WrittenFigure {
  std::string prefix;
  std::string digits;
  std::string suffix;
  bool is_negative = false;
  // The fact's integer is the written number x 10^scale: 6 for 万元 in fen.
  int scale = 0;
  // How the other figures of the table are written: with no more decimals than
  // this, -1 if nothing tells; and with all of them, zeros as well.
  int most_decimals = -1;
  bool keeps_zeros = false;

  int digit_count() const;
  int decimals() const;
  bool has_point() const { return decimals() > 0; }
};

WrittenFigure ReadFigure(const Fact& fact, FactScale unit);

// `value` in digits, with at least `min_decimals`; no sign.
std::string DigitsOf(int64_t value, const WrittenFigure& like, int min_decimals);

// `value` as the clerk would write it in the place of `like`.
std::string WriteLike(int64_t value, const WrittenFigure& like);

// The value of `digits` in the scale of `like`; empty if it does not fit.
std::optional<int64_t> ValueOfDigits(const std::string& digits, const WrittenFigure& like);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_DIAGNOSIS_WRITTEN_FIGURE_H_
