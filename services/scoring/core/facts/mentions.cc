#include "scoring/core/facts/mentions.h"

#include <array>

#include "common/base/text.h"
#include "common/domain/decimal.h"

namespace jixiao::scoring {
namespace {

// A paragraph folded for reading, each character with its original position.
struct Folded {
  std::u32string chars;
  std::vector<int64_t> positions;
};

bool IsQuote(char32_t c) { return c == U'“' || c == U'”' || c == U'"' || c == U'‘' || c == U'’'; }

Folded Fold(std::string_view paragraph) {
  Folded out;
  const std::u32string original = ToCodePoints(paragraph);
  for (size_t i = 0; i < original.size(); ++i) {
    char32_t c = original[i];
    if (IsBlank(c) || IsQuote(c)) continue;
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    out.chars.push_back(c);
    out.positions.push_back(static_cast<int64_t>(i));
  }
  return out;
}

bool IsDigit(char32_t c) { return c >= '0' && c <= '9'; }

// Signs that end the words belonging to a figure.
bool IsStop(char32_t c) {
  static constexpr std::u32string_view kStops = U"，,。；;：:、！？!?";
  return kStops.find(c) != std::u32string_view::npos;
}

bool IsFullStop(char32_t c) { return c == U'。' || c == U'！' || c == U'？'; }

size_t NumberLength(const std::u32string& chars, size_t at) {
  std::string ascii;
  for (size_t i = at; i < chars.size() && chars[i] < 0x80; ++i) ascii.push_back(static_cast<char>(chars[i]));
  return DecimalPrefixLength(ascii);
}

std::u32string_view UnitAt(const std::u32string& chars, size_t at) {
  static constexpr std::array<std::u32string_view, 5> kLong = {U"万元", U"亿元", U"人次", U"个百分点", U"平方米"};
  const std::u32string_view rest = std::u32string_view(chars).substr(at);
  for (const std::u32string_view unit : kLong) {
    if (rest.starts_with(unit)) return unit;
  }
  if (rest.empty() || (!IsHan(rest.front()) && rest.front() != '%')) return {};
  return rest.substr(0, 1);
}

// Start of the words in front of position `at`.
size_t LabelStart(const std::u32string& chars, size_t at) {
  size_t start = at;
  while (start > 0 && !IsStop(chars[start - 1])) --start;
  return start;
}

std::string LabelText(std::u32string_view words) {
  // Brackets split a label without ending it: `公务接待费(含外宾)`.
  std::u32string out;
  for (const char32_t c : words) {
    if (c != '(' && c != ')' && c != U'（' && c != U'）') out.push_back(c);
  }
  return ToUtf8(out);
}

}  // namespace

std::vector<Mention> FindMentions(std::string_view paragraph) {
  std::vector<Mention> mentions;
  const Folded text = Fold(paragraph);
  const std::u32string& chars = text.chars;
  int sentence = 0;
  for (size_t i = 0; i < chars.size();) {
    if (IsFullStop(chars[i])) ++sentence;
    const bool starts_number = IsDigit(chars[i]) && (i == 0 || (!IsDigit(chars[i - 1]) && chars[i - 1] != '.'));
    if (!starts_number) {
      ++i;
      continue;
    }
    const size_t length = NumberLength(chars, i);
    size_t unit_at = i + length;
    Mention mention;
    if (unit_at < chars.size() && (chars[unit_at] == U'余' || chars[unit_at] == U'多')) {
      mention.is_approximate = true;
      ++unit_at;
    }
    const std::u32string_view unit = UnitAt(chars, unit_at);
    const std::optional<Decimal> number = ParseDecimal(ToUtf8(chars.substr(i, length)));
    const std::optional<int64_t> value = number ? Rescale(*number, 6) : std::nullopt;
    if (unit.empty() || !value || unit == U"年" || unit == U"月" || unit == U"日" || unit == U"号") {
      i += length;
      continue;
    }
    const size_t start = LabelStart(chars, i);
    const char32_t before = i > 0 ? chars[i - 1] : U' ';
    if (before == U'约' || before == U'近' || before == U'超') mention.is_approximate = true;
    mention.label = LabelText(std::u32string_view(chars).substr(start, i - start));
    mention.unit = ToUtf8(unit);
    mention.value_micro = *value;
    mention.sentence = sentence;
    const size_t end = unit_at + unit.size() - 1;
    mention.start_char = text.positions[i];
    mention.char_count = text.positions[end] - text.positions[i] + 1;
    mention.as_written = ToUtf8(std::u32string_view(chars).substr(i, end - i + 1));
    mentions.push_back(std::move(mention));
    i = end + 1;
  }
  return mentions;
}

}  // namespace jixiao::scoring
