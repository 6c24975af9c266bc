#include "conformance/slips.h"

#include <algorithm>
#include <vector>

#include "common/base/text.h"
#include "common/domain/decimal.h"

namespace jixiao::conformance {
namespace {

constexpr int kMicro = 6;

std::string_view NumberIn(std::string_view text) { return text.substr(0, DecimalPrefixLength(text)); }

std::optional<int64_t> ValueOf(std::string_view number) {
  const auto decimal = ParseDecimal(number);
  return decimal ? Rescale(*decimal, kMicro) : std::nullopt;
}

// A number as people write it: no zeros in front, digits on both sides of the
// point.
bool IsWellWritten(std::string_view number) {
  if (number.empty() || !IsDigit(number.front()) || !IsDigit(number.back())) return false;
  if (number.size() > 1 && number[0] == '0' && number[1] != '.') return false;
  return std::count(number.begin(), number.end(), '.') <= 1;
}

// Every number that `slip` of a digit can give.
std::vector<std::string> DigitSlips(const std::string& number, Slip slip) {
  std::vector<std::string> found;
  for (size_t i = 0; i < number.size(); ++i) {
    if (!IsDigit(number[i])) continue;
    std::string other = number;
    switch (slip) {
      case Slip::kDigitsExchanged:
        if (i + 1 >= number.size() || !IsDigit(number[i + 1])) continue;
        std::swap(other[i], other[i + 1]);
        break;
      case Slip::kDigitLost:
        if (number[i] == '0') continue;
        other.erase(i, 1);
        break;
      case Slip::kZeroLost:
        if (number[i] != '0') continue;
        other.erase(i, 1);
        break;
      case Slip::kDigitDoubled: other.insert(i, 1, number[i]); break;
      case Slip::kDigitMistyped:
        for (char digit = '0'; digit <= '9'; ++digit) {
          other[i] = digit;
          found.push_back(other);
        }
        continue;
      default: return found;
    }
    found.push_back(other);
  }
  return found;
}

// `number` x 10^power, without zeros at the end of the fraction.
std::optional<std::string> Shifted(std::string_view number, int power) {
  const auto decimal = ParseDecimal(number);
  if (!decimal) return std::nullopt;
  int64_t coefficient = decimal->coefficient;
  int scale = decimal->scale - power;
  for (; scale < 0; ++scale) coefficient *= 10;
  if (scale > kMicro) return std::nullopt;
  return FormatScaled(coefficient, scale);
}

int PowerOf(Slip slip) {
  switch (slip) {
    case Slip::kTimesTen: return 1;
    case Slip::kTenth: return -1;
    case Slip::kTimesHundred: return 2;
    case Slip::kTimesTenThousand: return 4;
    default: return 0;
  }
}

}  // namespace

std::optional<std::string> WithSlip(std::string_view text, Slip slip, Random& random) {
  const std::string number(NumberIn(text));
  const std::string unit(text.substr(number.size()));
  const auto value = ValueOf(number);
  if (!value || *value == 0) return std::nullopt;
  if (slip == Slip::kSign) return "-" + std::string(text);
  if (PowerOf(slip) != 0) {
    const auto shifted = Shifted(number, PowerOf(slip));
    return shifted ? std::optional<std::string>(*shifted + unit) : std::nullopt;
  }
  std::vector<std::string> others = DigitSlips(number, slip);
  std::erase_if(others, [&](const std::string& other) {
    return !IsWellWritten(other) || ValueOf(other).value_or(0) == *value || ValueOf(other).value_or(0) == 0;
  });
  if (others.empty()) return std::nullopt;
  return random.Pick(others) + unit;
}

bool IsOneSlipApart(std::string_view a, std::string_view b) {
  const std::string x(NumberIn(a));
  const std::string y(NumberIn(b));
  const auto reaches = [](const std::string& from, const std::string& to) {
    for (const Slip slip : {Slip::kDigitsExchanged, Slip::kDigitLost, Slip::kZeroLost, Slip::kDigitMistyped}) {
      for (const std::string& other : DigitSlips(from, slip)) {
        if (ValueOf(other) && ValueOf(other) == ValueOf(to)) return true;
      }
    }
    for (const int power : {1, 2, 4}) {
      const auto shifted = Shifted(from, power);
      if (shifted && ValueOf(*shifted) && ValueOf(*shifted) == ValueOf(to)) return true;
    }
    return false;
  };
  return reaches(x, y) || reaches(y, x);
}

std::vector<std::string> BeforeOneSlip(std::string_view text) {
  const std::string number(NumberIn(text));
  std::vector<std::string> found;
  for (const Slip slip : {Slip::kDigitsExchanged, Slip::kDigitLost, Slip::kZeroLost, Slip::kDigitMistyped}) {
    for (const std::string& other : DigitSlips(number, slip)) found.push_back(other);
  }
  // A digit lost is a digit to put in.
  for (size_t i = 0; i <= number.size(); ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) found.push_back(std::string(number).insert(i, 1, digit));
  }
  for (const int power : {-4, -2, -1, 1, 2, 4}) {
    if (const auto shifted = Shifted(number, power)) found.push_back(*shifted);
  }
  std::erase_if(found,
                [&](const std::string& other) { return !IsWellWritten(other) || ValueOf(other) == ValueOf(number); });
  return found;
}

}  // namespace jixiao::conformance
