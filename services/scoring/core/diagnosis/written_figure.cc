#include "scoring/core/diagnosis/written_figure.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "common/base/text.h"
#include "common/domain/decimal.h"

namespace jixiao::scoring {
namespace {

// Scales that figures of `unit` are written in, the usual one first.
std::vector<int> ScalesOf(FactScale unit) {
  switch (unit) {
    case FactScale::kFen: return {6, 2, 10, 0};
    case FactScale::kPointsMilli: return {3};
    case FactScale::kCountMilli: return {3, 7};
    case FactScale::kRatePpm: return {4, 6};
  }
  return {0};
}

// The written number and its place in `text`; false if there is none.
bool TakeNumber(const std::string& text, WrittenFigure& figure) {
  size_t start = 0;
  while (start < text.size() && !IsDigit(text[start])) ++start;
  if (start == text.size()) return false;
  const size_t length = DecimalPrefixLength(std::string_view(text).substr(start));
  figure.is_negative = start > 0 && text[start - 1] == '-';
  figure.prefix = text.substr(0, figure.is_negative ? start - 1 : start);
  figure.suffix = text.substr(start + length);
  figure.digits = text.substr(start, length);
  figure.digits.erase(std::remove(figure.digits.begin(), figure.digits.end(), ','), figure.digits.end());
  return true;
}

}  // namespace

int WrittenFigure::digit_count() const {
  return static_cast<int>(std::count_if(digits.begin(), digits.end(), IsDigit));
}

int WrittenFigure::decimals() const {
  const size_t point = digits.find('.');
  return point == std::string::npos ? 0 : static_cast<int>(digits.size() - point - 1);
}

WrittenFigure ReadFigure(const Fact& fact, FactScale unit) {
  const std::vector<int> scales = ScalesOf(unit);
  WrittenFigure figure;
  // Folded only where digits are full-width: the rest is written back as it is.
  if (TakeNumber(std::string(fact.as_written), figure) || TakeNumber(FoldWidth(fact.as_written), figure)) {
    for (const int scale : scales) {
      figure.scale = scale;
      const auto value = ValueOfDigits(figure.digits, figure);
      if (value && (figure.is_negative ? -*value : *value) == fact.value) return figure;
    }
  }
  // Filed without text, or in a way that does not read as the number.
  figure = {};
  figure.scale = scales.front();
  figure.is_negative = fact.value < 0;
  figure.digits = FormatScaled(std::abs(fact.value), figure.scale);
  return figure;
}

std::string DigitsOf(int64_t value, const WrittenFigure& like, int min_decimals) {
  // More decimals than the scale has are zeros that the clerk wrote.
  return FormatScaled(std::abs(value), like.scale, std::min(min_decimals, like.scale));
}

std::string WriteLike(int64_t value, const WrittenFigure& like) {
  // Whoever writes `94.50` keeps two decimals, whoever writes `2.96` need not.
  const int own = like.has_point() && like.digits.back() == '0' ? like.decimals() : 0;
  const int decimals = like.keeps_zeros ? like.most_decimals : own;
  return like.prefix + (value < 0 ? "-" : "") + DigitsOf(value, like, decimals) + like.suffix;
}

std::optional<int64_t> ValueOfDigits(const std::string& digits, const WrittenFigure& like) {
  const auto number = ParseDecimal(digits);
  if (!number || number->scale > like.scale) return std::nullopt;
  return Rescale(*number, like.scale);
}

}  // namespace jixiao::scoring
