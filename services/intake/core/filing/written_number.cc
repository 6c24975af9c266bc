#include "intake/core/filing/written_number.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/text.h"
#include "common/domain/decimal.h"

namespace jixiao::intake {
namespace {

using report::v1::MoneyUnit;
using report::v1::Value;

// Power of ten that a word behind a number multiplies it by; 0 if none does.
int MultiplierBehind(std::string_view rest) {
  if (rest.starts_with("余")) rest.remove_prefix(std::string_view("余").size());
  if (rest.starts_with("亿")) return 8;
  if (rest.starts_with("万")) return 4;
  if (rest.starts_with("千")) return 3;
  if (rest.starts_with("百") && !rest.starts_with("百分")) return 2;
  return 0;
}

bool Equals(Decimal number, int scale, int64_t units) {
  const std::optional<int64_t> rescaled = Rescale(number, scale);
  return rescaled.has_value() && *rescaled == units;
}

bool EqualsAny(Decimal number, std::initializer_list<int> scales, int64_t units) {
  for (const int scale : scales) {
    if (Equals(number, scale, units)) return true;
  }
  return false;
}

bool MoneyFits(Decimal number, std::string_view rest, MoneyUnit unit, int64_t amount_fen) {
  const int multiplier = MultiplierBehind(rest);
  if (multiplier > 0) return Equals(number, 2 + multiplier, amount_fen);
  if (rest.starts_with("元")) return Equals(number, 2, amount_fen);
  switch (unit) {
    case report::v1::MONEY_UNIT_YUAN: return Equals(number, 2, amount_fen);
    case report::v1::MONEY_UNIT_TEN_THOUSAND_YUAN: return Equals(number, 6, amount_fen);
    case report::v1::MONEY_UNIT_HUNDRED_MILLION_YUAN: return Equals(number, 10, amount_fen);
    default: return EqualsAny(number, {2, 6, 10}, amount_fen);
  }
}

bool RateFits(Decimal number, std::string_view rest, int64_t rate_ppm) {
  if (rest.starts_with("%") || rest.starts_with("百分")) return Equals(number, 4, rate_ppm);
  // `25` under a heading in %, `1` for 100 %, `3` behind 千分之 or 万分之.
  return EqualsAny(number, {4, 6, 3, 2}, rate_ppm);
}

bool CountFits(Decimal number, std::string_view rest, int64_t count_milli) {
  return Equals(number, 3, count_milli) || Equals(number, 3 + MultiplierBehind(rest), count_milli);
}

bool Fits(ReadNumber read, Decimal number, std::string_view rest, MoneyUnit unit) {
  switch (read.scale) {
    case Value::kAmountFen: return MoneyFits(number, rest, unit, read.units);
    case Value::kPointsMilli: return Equals(number, 3, read.units);
    case Value::kRatePpm: return RateFits(number, rest, read.units);
    case Value::kCountMilli: return CountFits(number, rest, read.units);
    case Value::NUMBER_NOT_SET: break;
  }
  return true;
}

bool HasChineseNumeral(std::string_view text) {
  constexpr std::u32string_view kNumerals = U"零〇一二三四五六七八九十百千万亿两半";
  for (const char32_t c : ToCodePoints(text)) {
    if (kNumerals.find(c) != std::u32string_view::npos) return true;
  }
  return false;
}

bool AnyNumberFits(ReadNumber read, std::string_view text, MoneyUnit unit, bool& has_digit) {
  for (size_t i = 0; i < text.size();) {
    if (!IsDigit(text[i])) {
      ++i;
      continue;
    }
    has_digit = true;
    const size_t length = DecimalPrefixLength(text.substr(i));
    if (length == 0) {  // too many digits for any field
      while (i < text.size() && IsDigit(text[i])) ++i;
      continue;
    }
    if (std::optional<Decimal> number = ParseDecimal(text.substr(i, length))) {
      const std::string_view rest = text.substr(i + length);
      if (Fits(read, *number, rest, unit)) return true;
      const bool may_be_negative = i > 0 && (text[i - 1] == '-' || text.substr(0, i).ends_with("−"));
      number->coefficient = -number->coefficient;
      if (may_be_negative && Fits(read, *number, rest, unit)) return true;
    }
    i += length;
  }
  return false;
}

}  // namespace

bool NumberFitsText(ReadNumber number, std::string_view as_written, MoneyUnit money_unit) {
  if (number.scale == Value::NUMBER_NOT_SET) return true;
  // Most cells are a bare number: no copies for those.
  if (const auto bare = ParseDecimal(as_written)) return Fits(number, *bare, "", money_unit);
  bool has_digit = false;
  const std::string text = RemoveBlanks(FoldWidth(as_written));
  if (AnyNumberFits(number, text, money_unit, has_digit)) return true;
  return !has_digit && HasChineseNumeral(text);
}

}  // namespace jixiao::intake
