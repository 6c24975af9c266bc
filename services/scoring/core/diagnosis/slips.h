// Slips of the pen: how one figure becomes another, and how likely that is.
#ifndef JIXIAO_SCORING_CORE_DIAGNOSIS_SLIPS_H_
#define JIXIAO_SCORING_CORE_DIAGNOSIS_SLIPS_H_

#include <cstdint>
#include <functional>
#include <optional>

#include "jixiao/scoring/v1/scorecard.pb.h"
#include "scoring/core/diagnosis/written_figure.h"

namespace jixiao::scoring {

// What a slip costs as an explanation, in tenths of a bit: how rare its kind is,
// and how many outcomes it could have had. A figure that was just any other
// costs as much as its digits say; a slip that costs less than that explains
// something.
using Bits = int;

struct Slip {
  v1::Cause cause = v1::CAUSE_UNSPECIFIED;
  Bits cost = 0;
};

// Tenths of bits that choosing among `count` things takes, rounded down to
// whole bits.
Bits BitsOf(int64_t count);

// Bits in the digits of `value`, written like `like`: what it takes to say it.
Bits BitsOfFigure(int64_t value, const WrittenFigure& like);

// The likeliest slip of the pen that made `filed` of `meant`; empty if none did.
std::optional<Slip> FindSlip(const WrittenFigure& filed, int64_t filed_value, int64_t meant, FactScale unit);

// Calls `visit` with every value from which one slip makes `filed`.
void ForEachMeant(const WrittenFigure& filed, int64_t filed_value, FactScale unit,
                  const std::function<void(int64_t meant, Slip slip)>& visit);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_DIAGNOSIS_SLIPS_H_
