#include "common/domain/decimal.h"

#include <limits>

#include "common/base/log.h"
#include "common/base/text.h"

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

int64_t Saturated(__int128 value) {
  if (Fits(value)) return static_cast<int64_t>(value);
  return value < 0 ? std::numeric_limits<int64_t>::min() : std::numeric_limits<int64_t>::max();
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
  // Most figures fit a division in hardware, which is several times faster.
  int64_t product;
  constexpr int64_t kSmall = std::numeric_limits<int64_t>::max() / 4;
  if (!__builtin_mul_overflow(a, b, &product) && product >= 0 && product < kSmall && c > 0 && c < kSmall) {
    return (product * 2 + c) / (c * 2);
  }
  return Saturated(RoundedQuotient(static_cast<__int128>(a) * b, c));
}

int64_t MulDivToStep(int64_t a, int64_t b, int64_t c, int64_t step) {
  JIXIAO_CHECK(c > 0 && step > 0);
  int64_t divisor;
  const int64_t steps = __builtin_mul_overflow(c, step, &divisor)
                            ? Saturated(RoundedQuotient(static_cast<__int128>(a) * b, static_cast<__int128>(c) * step))
                            : MulDiv(a, b, divisor);
  return Saturated(static_cast<__int128>(steps) * step);
}

std::string FormatScaled(int64_t units, int scale, int min_decimals) {
  const bool negative = units < 0;
  uint64_t rest = negative ? -static_cast<uint64_t>(units) : static_cast<uint64_t>(units);
  // Digits from the last to the first; 20 digits, a point, a sign and the zeros
  // in front of a fraction fit.
  char buffer[48];
  char* const end = buffer + sizeof buffer;
  char* at = end;
  bool any = false;
  for (int place = scale; place > 0; --place, rest /= 10) {
    const char digit = static_cast<char>('0' + rest % 10);
    if (!any && digit == '0' && place > min_decimals) continue;
    any = true;
    *--at = digit;
  }
  if (any) *--at = '.';
  do {
    *--at = static_cast<char>('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  if (negative) *--at = '-';
  return {at, end};
}

std::string FormatPoints(int64_t points_milli) { return FormatScaled(points_milli, 3); }

std::string FormatWanYuan(int64_t amount_fen) { return FormatScaled(amount_fen, 6) + "万元"; }

std::string FormatRatePercent(int64_t rate_ppm) { return FormatScaled(MulDiv(rate_ppm, 1, 100), 2) + "%"; }

}  // namespace jixiao
