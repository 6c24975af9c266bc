#include "scoring/core/diagnosis/slips.h"

#include <algorithm>
#include <cstdlib>

#include "common/base/text.h"
#include "common/domain/decimal.h"

namespace jixiao::scoring {
namespace {

// How rare each kind is, in tenths of bits. Chosen so that the order is that of
// everyday experience with typed tables; only differences matter.
constexpr Bits kLastZero = 25;
constexpr Bits kExchanged = 20;
constexpr Bits kLost = 30;
constexpr Bits kDoubled = 30;
constexpr Bits kAdded = 40;
constexpr Bits kMistyped = 40;
constexpr Bits kPoint = 35;
constexpr Bits kUnit = 30;
constexpr Bits kFarUnit = 60;
constexpr Bits kSign = 40;
constexpr Bits kMostFigure = 140;
// More decimals than any figure of the table has, or none of the zeros that all
// others keep.
constexpr Bits kAgainstHabit = 30;

// Next digit behind `i`, over a point; npos if there is none.
size_t NextDigit(const std::string& digits, size_t i) {
  for (size_t j = i + 1; j < digits.size(); ++j) {
    if (IsDigit(digits[j])) return j;
  }
  return std::string::npos;
}

int DecimalsOf(const std::string& digits) {
  const size_t point = digits.find('.');
  return point == std::string::npos ? 0 : static_cast<int>(digits.size() - point - 1);
}

int64_t CountDigits(const std::string& digits) { return std::count_if(digits.begin(), digits.end(), IsDigit); }

// `digits` without the digit at `i`; empty if that leaves no number.
std::string Without(const std::string& digits, size_t i) {
  std::string out = digits;
  out.erase(i, 1);
  if (!out.empty() && out.back() == '.') out.pop_back();
  if (out.empty() || out.front() == '.') return "";
  return out;
}

// True if the digit at `i` is a zero or equals its neighbour: lost or doubled
// more easily than others.
bool IsEasilyMiscounted(const std::string& digits, size_t i) {
  return digits[i] == '0' || (i > 0 && digits[i - 1] == digits[i]) ||
         (i + 1 < digits.size() && digits[i + 1] == digits[i]);
}

std::optional<Slip> Exchanged(const std::string& filed, const std::string& meant, bool keeps_zeros) {
  if (filed.size() != meant.size()) return std::nullopt;
  size_t i = 0;
  while (i < filed.size() && filed[i] == meant[i]) ++i;
  if (i == filed.size() || !IsDigit(filed[i]) || !IsDigit(meant[i])) return std::nullopt;
  std::string back = filed;
  const size_t j = NextDigit(filed, i);
  if (j != std::string::npos) {
    std::swap(back[i], back[j]);
    // 98.07 for 98.70: few write the last zero that this takes.
    const bool takes_last_zero = !keeps_zeros && back.back() == '0' && back.find('.') != std::string::npos;
    const Bits cost = kExchanged + BitsOf(CountDigits(filed) - 1) + (takes_last_zero ? kLastZero : 0);
    if (back == meant) return Slip{v1::CAUSE_DIGITS_EXCHANGED, cost};
  }
  back = filed;
  back[i] = meant[i];
  if (back == meant) return Slip{v1::CAUSE_DIGIT_MISTYPED, kMistyped + BitsOf(9 * CountDigits(filed))};
  return std::nullopt;
}

// One of the two has a digit more. Empty if more than that differs.
std::optional<size_t> ExtraDigit(const std::string& longer, const std::string& shorter) {
  for (size_t i = 0; i < longer.size(); ++i) {
    if (IsDigit(longer[i]) && Without(longer, i) == shorter) return i;
  }
  return std::nullopt;
}

std::optional<Slip> LostOrAdded(const std::string& filed, const std::string& meant) {
  if (CountDigits(meant) == CountDigits(filed) + 1) {
    const auto lost = ExtraDigit(meant, filed);
    if (!lost) return std::nullopt;
    const Bits easy = IsEasilyMiscounted(meant, *lost) ? 0 : 10;
    return Slip{v1::CAUSE_DIGIT_LOST, kLost + easy + BitsOf(CountDigits(meant))};
  }
  if (CountDigits(filed) == CountDigits(meant) + 1) {
    const auto added = ExtraDigit(filed, meant);
    if (!added) return std::nullopt;
    const bool is_doubled = IsEasilyMiscounted(filed, *added);
    const Bits cost = is_doubled ? kDoubled + BitsOf(CountDigits(filed)) : kAdded + BitsOf(10 * CountDigits(filed));
    return Slip{v1::CAUSE_DIGIT_ADDED, cost};
  }
  return std::nullopt;
}

// Off by a power of ten.
std::optional<Slip> ByPowerOfTen(const WrittenFigure& filed, int64_t filed_value, int64_t meant, FactScale unit) {
  if (filed_value == 0 || meant == 0) return std::nullopt;
  const int64_t large = std::max(std::abs(filed_value), std::abs(meant));
  const int64_t small = std::min(std::abs(filed_value), std::abs(meant));
  int power = 0;
  int64_t scaled = small;
  while (power < 8 && scaled < large && scaled < INT64_MAX / 10) {
    scaled *= 10;
    ++power;
  }
  if (scaled != large || power == 0 || (filed_value < 0) != (meant < 0)) return std::nullopt;
  if (power <= 3) {
    // Points and counts are whole numbers mostly: a zero that came or went.
    if (power == 1 && unit != FactScale::kFen && !filed.has_point() &&
        DigitsOf(meant, filed, 0).find('.') == std::string::npos) {
      return std::nullopt;
    }
    return Slip{v1::CAUSE_DECIMAL_POINT, kPoint + 10 * (power - 1)};
  }
  if (unit != FactScale::kFen) return std::nullopt;
  if (power == 4) return Slip{v1::CAUSE_MONEY_UNIT, kUnit};
  if (power == 8) return Slip{v1::CAUSE_MONEY_UNIT, kFarUnit};
  return std::nullopt;
}

void TakeCheaper(std::optional<Slip> other, std::optional<Slip>& best) {
  if (other && (!best || other->cost < best->cost)) best = other;
}

// Visits what deleting, replacing, inserting or exchanging digits of `filed`
// gives: the values that a slip could have started from.
class Variants {
 public:
  Variants(const WrittenFigure& filed, int64_t filed_value, FactScale unit,
           const std::function<void(int64_t, Slip)>& visit)
      : filed_(filed), filed_value_(filed_value), unit_(unit), visit_(visit) {}

  void Run() {
    const std::string& digits = filed_.digits;
    for (size_t i = 0; i < digits.size(); ++i) {
      if (!IsDigit(digits[i])) continue;
      const size_t next = NextDigit(digits, i);
      if (next != std::string::npos && digits[i] != digits[next]) {
        std::string exchanged = digits;
        std::swap(exchanged[i], exchanged[next]);
        Visit(exchanged);
      }
      Visit(Without(digits, i));
      for (char c = '0'; c <= '9'; ++c) {
        std::string other = digits;
        other[i] = c;
        if (c != digits[i]) Visit(other);
      }
    }
    for (size_t i = 0; i <= digits.size(); ++i) {
      for (char c = '0'; c <= '9'; ++c) Visit(std::string(digits).insert(i, 1, c));
    }
    if (filed_value_ < 0) VisitValue(-filed_value_);
    for (const int64_t factor : {10, 100, 1'000, 10'000}) {
      if (filed_value_ % factor == 0) VisitValue(filed_value_ / factor);
      if (std::abs(filed_value_) < INT64_MAX / factor) VisitValue(filed_value_ * factor);
    }
  }

 private:
  void Visit(const std::string& digits) {
    if (digits.size() > 1 && digits[0] == '0' && digits[1] != '.') return;
    const auto value = ValueOfDigits(digits, filed_);
    if (value) VisitValue(filed_.is_negative ? -*value : *value);
  }

  void VisitValue(int64_t value) {
    if (value == filed_value_) return;
    if (const auto slip = FindSlip(filed_, filed_value_, value, unit_)) visit_(value, *slip);
  }

  const WrittenFigure& filed_;
  int64_t filed_value_;
  FactScale unit_;
  const std::function<void(int64_t, Slip)>& visit_;
};

}  // namespace

namespace {

// Digits exchanged, lost or added, in whichever way `meant` may have been
// written.
std::optional<Slip> OfDigits(const WrittenFigure& filed, int64_t meant) {
  std::optional<Slip> best;
  const auto try_decimals = [&](int decimals, Bits cost) {
    const std::string text = DigitsOf(meant, filed, std::max(decimals, 0));
    for (auto slip : {Exchanged(filed.digits, text, filed.keeps_zeros), LostOrAdded(filed.digits, text)}) {
      if (slip) slip->cost += cost;
      TakeCheaper(slip, best);
    }
  };
  if (filed.keeps_zeros) {
    try_decimals(filed.most_decimals, 0);
    if (best) return best;
  }
  const Bits cost = filed.keeps_zeros ? kAgainstHabit : 0;
  for (const int decimals : {0, filed.decimals(), filed.decimals() - 1}) try_decimals(decimals, cost);
  return best;
}

}  // namespace

Bits BitsOf(int64_t count) {
  Bits bits = 0;
  for (; count > 1; count /= 2) bits += 10;
  return bits;
}

Bits BitsOfFigure(int64_t value, const WrittenFigure& like) {
  std::string digits = DigitsOf(value, like, 0);
  // Leading zeros and zeros at the end of round figures say little.
  const size_t first = digits.find_first_not_of("0.");
  if (first == std::string::npos) return 33;
  int count = CountDigits(digits.substr(first));
  return std::min(33 * count, kMostFigure);
}

std::optional<Slip> FindSlip(const WrittenFigure& filed, int64_t filed_value, int64_t meant, FactScale unit) {
  if (filed_value == meant) return std::nullopt;
  // A sign is written where there is none; hardly anybody leaves one out.
  if (filed_value == -meant) return filed_value < 0 ? std::optional<Slip>({v1::CAUSE_SIGN, kSign}) : std::nullopt;
  std::optional<Slip> best = ByPowerOfTen(filed, filed_value, meant, unit);
  if ((filed_value < 0) == (meant < 0)) TakeCheaper(OfDigits(filed, meant), best);
  if (best && filed.most_decimals >= 0 && DecimalsOf(DigitsOf(meant, filed, 0)) > filed.most_decimals) {
    best->cost += kAgainstHabit;
  }
  return best;
}

void ForEachMeant(const WrittenFigure& filed, int64_t filed_value, FactScale unit,
                  const std::function<void(int64_t meant, Slip slip)>& visit) {
  Variants(filed, filed_value, unit, visit).Run();
}

}  // namespace jixiao::scoring
