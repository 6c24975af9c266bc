#include "print/terminal_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "common/base/text.h"

namespace jixiao::cli {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Unicode's East Asian Width W and F, blocks that cannot occur in a report left
// out. Ambiguous signs (`·`, `—`, `≥`) count as one column, as terminals do.
constexpr Range kWide[] = {
    {0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF}, {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

constexpr Range kInvisible[] = {
    {0x0300, 0x036F}, {0x200B, 0x200F}, {0x2060, 0x2064}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},
};

// Controls, and marks that reverse the direction of what follows.
constexpr Range kSteering[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069},
};

template <size_t N>
bool IsIn(const Range (&ranges)[N], char32_t c) {
  return std::any_of(std::begin(ranges), std::end(ranges), [c](Range r) { return c >= r.first && c <= r.last; });
}

int WidthOf(char32_t c) { return IsIn(kInvisible, c) ? 0 : IsIn(kWide, c) ? 2 : 1; }

bool MayNotStartALine(char32_t c) {
  constexpr std::u32string_view kClosing = U"，。、；：？！）》」』】”’…·,.;:?!)]}%％";
  return kClosing.find(c) != std::u32string_view::npos;
}

// Latin words and numbers stay whole; between Chinese characters any break goes.
bool MayBreakBetween(char32_t before, char32_t after) {
  constexpr std::u32string_view kOpening = U"（《「『【“‘([{";
  if (MayNotStartALine(after) || kOpening.find(before) != std::u32string_view::npos) return false;
  return before == U' ' || WidthOf(before) == 2 || WidthOf(after) == 2;
}

// Length of the longest front part of `text` that is a line of `width` columns.
size_t LineLength(std::u32string_view text, int width) {
  size_t best = 0;
  int used = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    used += WidthOf(text[i]);
    if (used > width) return best > 0 ? best : std::max<size_t>(i, 1);
    if (i + 1 == text.size() || MayBreakBetween(text[i], text[i + 1])) best = i + 1;
  }
  return text.size();
}

std::string Coloured(const Style& style, std::string_view code, std::string_view text) {
  return style.colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

}  // namespace

int DisplayWidth(std::string_view text) {
  int width = 0;
  for (const char32_t c : ToCodePoints(text)) width += WidthOf(c);
  return width;
}

std::string SafeText(std::string_view text) {
  std::u32string safe;
  while (!text.empty()) {
    const size_t length = Utf8SequenceLength(text);
    const char32_t c = length > 0 ? FrontCodePoint(text) : U'\uFFFD';
    text.remove_prefix(std::max<size_t>(length, 1));
    const bool is_blank = c == U'\n' || c == U'\t' || c == U' ';
    if (is_blank) {
      if (!safe.empty() && safe.back() != U' ') safe.push_back(U' ');
    } else if (IsIn(kSteering, c)) {
      if (c != U'\r') safe.push_back(U'\uFFFD');
    } else {
      safe.push_back(c);
    }
  }
  while (!safe.empty() && safe.back() == U' ') safe.pop_back();
  return ToUtf8(safe);
}

std::string CutToWidth(std::string_view text, int width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  std::string cut;
  int used = 0;
  for (const char32_t c : ToCodePoints(text)) {
    used += WidthOf(c);
    if (used > width - 1) break;
    AppendUtf8(c, cut);
  }
  return cut + "…";
}

std::string PadRight(std::string_view text, int width) {
  return std::string(text) + std::string(std::max(0, width - DisplayWidth(text)), ' ');
}

std::string PadLeft(std::string_view text, int width) {
  return std::string(std::max(0, width - DisplayWidth(text)), ' ') + std::string(text);
}

std::string Wrap(std::string_view text, int indent, int width) {
  constexpr int kNarrowest = 20;
  if (width == 0 || width - indent < kNarrowest) return std::string(text);
  const std::u32string code_points = ToCodePoints(text);
  std::u32string_view rest = code_points;
  std::string wrapped;
  while (!rest.empty()) {
    const size_t length = LineLength(rest, width - indent);
    if (!wrapped.empty()) wrapped += "\n" + std::string(indent, ' ');
    wrapped += Trim(ToUtf8(rest.substr(0, length)));
    rest.remove_prefix(length);
  }
  return wrapped;
}

std::string Bold(const Style& style, std::string_view text) { return Coloured(style, "1", text); }
std::string Faint(const Style& style, std::string_view text) { return Coloured(style, "2", text); }
std::string Red(const Style& style, std::string_view text) { return Coloured(style, "1;31", text); }
std::string Yellow(const Style& style, std::string_view text) { return Coloured(style, "33", text); }
std::string Cyan(const Style& style, std::string_view text) { return Coloured(style, "36", text); }
std::string Green(const Style& style, std::string_view text) { return Coloured(style, "32", text); }

}  // namespace jixiao::cli
