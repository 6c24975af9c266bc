// Slips of the pen and of the keyboard on one written figure.
#ifndef JIXIAO_CONFORMANCE_SLIPS_H_
#define JIXIAO_CONFORMANCE_SLIPS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/random.h"

namespace jixiao::conformance {

enum class Slip {
  kDigitsExchanged,
  kDigitLost,
  kZeroLost,
  kDigitDoubled,
  kDigitMistyped,
  kTimesTen,
  kTenth,
  kTimesHundred,
  kTimesTenThousand,
  kSign,
};

// `text`, a number with or without a unit, with one slip; empty if it has no
// place for one, or the slip would change nothing or leave no number.
std::optional<std::string> WithSlip(std::string_view text, Slip slip, Random& random);

// True if one slip may turn one number into the other, either way round.
bool IsOneSlipApart(std::string_view a, std::string_view b);

// What may have stood there if `text` is the outcome of one slip; without the
// unit.
std::vector<std::string> BeforeOneSlip(std::string_view text);

}  // namespace jixiao::conformance

#endif  // JIXIAO_CONFORMANCE_SLIPS_H_
