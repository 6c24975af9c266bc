// For any service: exact decimal arithmetic on scaled 64-bit integers. Money is
// in fen, points in 1/1000, rates in parts per million; nothing here or above
// uses floating point.
#ifndef JIXIAO_COMMON_DOMAIN_DECIMAL_H_
#define JIXIAO_COMMON_DOMAIN_DECIMAL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jixiao {

// coefficient / 10^scale. |coefficient| < 10^18, scale in [0, 9].
struct Decimal {
  int64_t coefficient = 0;
  int scale = 0;
};

// Reads `-1,576.75`: optional sign, ASCII digits with optional thousands commas
// (each followed by three digits), optional fraction of 1 to 9 digits. Nothing
// else, no blanks. Empty if `text` is not such a number or too large.
std::optional<Decimal> ParseDecimal(std::string_view text);

// Length in bytes of the longest prefix of `text` that ParseDecimal reads; 0 if
// there is none.
size_t DecimalPrefixLength(std::string_view text);

// `value` x 10^scale, rounded half up (away from zero). Empty on overflow.
// scale in [0, 18].
std::optional<int64_t> Rescale(Decimal value, int scale);

// a x b / c, rounded half up (away from zero), saturated to the range of int64_t.
// c is not 0.
int64_t MulDiv(int64_t a, int64_t b, int64_t c);

// a x b / c, rounded half up to a multiple of `step` in one go: rounding to
// thousandths first and to hundredths then would turn 6.7646 into 6.77. `c` and
// `step` are positive.
int64_t MulDivToStep(int64_t a, int64_t b, int64_t c, int64_t step);

// `units` / 10^scale with at least `min_decimals` and no more zeros than that:
// (9100, 3, 0) is `9.1`, (9100, 3, 2) is `9.10`.
std::string FormatScaled(int64_t units, int scale, int min_decimals = 0);

// For people.
std::string FormatPoints(int64_t points_milli);   // `9.91`
std::string FormatWanYuan(int64_t amount_fen);    // `1576.75万元`
std::string FormatRatePercent(int64_t rate_ppm);  // `94.47%`, rounded half up to 2 decimals

}  // namespace jixiao

#endif  // JIXIAO_COMMON_DOMAIN_DECIMAL_H_
