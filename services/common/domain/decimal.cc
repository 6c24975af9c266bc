#include "common/domain/decimal.h"

#include <fmt/format.h>

#include <limits>

#include "common/base/log.h"

namespace jixiao {
namespace {

constexpr int64_t kPowers[] = {1,
                               10,
                               100,
                               1'000,
                               10'000,
                               100'000,
                               1'000'000,
                               10'000'000,
                               100'000'000,
                               1'000'000'000,
                               10'000'000'000,
                               100'000'000'000,
                               1'000'000'000'000,
                               10'000'000'000'000,
                               100'000'000'000'000,
                               1'000'000'000'000'000,
                               10'000'000'000'000'000,
                               100'000'000'000'000'000,
                               1'000'000'000'000'000'000};
constexpr int kMaxDigits = 18;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Half up, away from zero.
__int128 RoundedQuotient(__int128 dividend, __int128 divisor) {
  if (divisor < 0) {
    dividend = -dividend;
    divisor = -divisor;
  }
  const bool negative = dividend < 0;
  if (negative) dividend = -dividend;
  const __int128 quotient = (dividend * 2 + divisor) / (divisor * 2);
  return negative ? -quotient : quotient;
}

bool Fits(__int128 value) {
  return value >= std::numeric_limits<int64_t>::min() && value <= std::numeric_limits<int64_t>::max();
}

}  // namespace

size_t DecimalPrefixLength(std::string_view text) {
  size_t i = 0;
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
  const size_t first_digit = i;
  while (i < text.size() && IsDigit(text[i])) ++i;
  if (i == first_digit) return 0;
  // Groups only after one to three leading digits: 1,576 but not 15765,000.
  const auto group_at = [&](size_t at) {
    return at + 3 < text.size() && text[at] == ',' && IsDigit(text[at + 1]) && IsDigit(text[at + 2]) &&
           IsDigit(text[at + 3]) && (at + 4 >= text.size() || !IsDigit(text[at + 4]));
  };
  if (i - first_digit <= 3) {
    while (group_at(i)) i += 4;
  }
  if (i + 1 < text.size() && text[i] == '.' && IsDigit(text[i + 1])) {
    ++i;
    while (i < text.size() && IsDigit(text[i])) ++i;
  }
  return i;
}

std::optional<Decimal> ParseDecimal(std::string_view text) {
  if (text.empty() || DecimalPrefixLength(text) != text.size()) return std::nullopt;
  Decimal value;
  int digits = 0;
  bool in_fraction = false;
  for (const char c : text) {
    if (c == '.') in_fraction = true;
    if (!IsDigit(c)) continue;
    if (value.coefficient != 0 || c != '0') ++digits;
    if (in_fraction) ++value.scale;
    if (digits > kMaxDigits || value.scale > 9) return std::nullopt;
    value.coefficient = value.coefficient * 10 + (c - '0');
  }
  if (text.front() == '-') value.coefficient = -value.coefficient;
  return value;
}

std::optional<int64_t> Rescale(Decimal value, int scale) {
  const int shift = scale - value.scale;
  const __int128 result = shift >= 0 ? static_cast<__int128>(value.coefficient) * kPowers[shift]
                                     : RoundedQuotient(value.coefficient, kPowers[-shift]);
  if (!Fits(result)) return std::nullopt;
  return static_cast<int64_t>(result);
}

int64_t MulDiv(int64_t a, int64_t b, int64_t c) {
  JIXIAO_CHECK(c != 0);
  const __int128 result = RoundedQuotient(static_cast<__int128>(a) * b, c);
  if (Fits(result)) return static_cast<int64_t>(result);
  return result < 0 ? std::numeric_limits<int64_t>::min() : std::numeric_limits<int64_t>::max();
}

std::string FormatScaled(int64_t units, int scale, int min_decimals) {
  const bool negative = units < 0;
  const uint64_t magnitude = negative ? -static_cast<uint64_t>(units) : static_cast<uint64_t>(units);
  const uint64_t power = static_cast<uint64_t>(kPowers[scale]);
  std::string out = fmt::format("{}{}", negative ? "-" : "", magnitude / power);
  if (scale == 0) return out;
  std::string fraction = fmt::format("{:0{}}", magnitude % power, scale);
  while (static_cast<int>(fraction.size()) > min_decimals && fraction.back() == '0') fraction.pop_back();
  if (!fraction.empty()) out.append(".").append(fraction);
  return out;
}

std::string FormatPoints(int64_t points_milli) { return FormatScaled(points_milli, 3); }

std::string FormatWanYuan(int64_t amount_fen) { return FormatScaled(amount_fen, 6) + "万元"; }

std::string FormatRatePercent(int64_t rate_ppm) { return FormatScaled(MulDiv(rate_ppm, 1, 100), 2) + "%"; }

}  // namespace jixiao
