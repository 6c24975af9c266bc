#include "scoring/core/checks/table/goal_items.h"

#include <algorithm>

#include "common/base/text.h"

namespace jixiao::scoring {
namespace {

bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool IsHanDigit(char32_t c) {
  return std::u32string_view(U"一二三四五六七八九十").find(c) != std::u32string_view::npos;
}
bool IsLetter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

// Length of a number at `at`: `目标1：`, `1.`, `1、`, `（一）`; 0 if there is none.
size_t NumberAt(std::u32string_view text, size_t at) {
  const std::u32string_view rest = text.substr(at);
  size_t i = rest.starts_with(U"目标") ? 2 : 0;
  const bool named = i > 0;
  const bool bracket = i < rest.size() && (rest[i] == U'(' || rest[i] == U'（');
  i += bracket;
  const size_t first = i;
  while (i < rest.size() && i < first + 2 && (IsDigit(rest[i]) || ((bracket || named) && IsHanDigit(rest[i])))) ++i;
  if (i == first || i >= rest.size()) return 0;
  static constexpr std::u32string_view kStops = U".．、：:";
  const bool closes =
      bracket ? (rest[i] == U')' || rest[i] == U'）') : kStops.find(rest[i]) != std::u32string_view::npos;
  if (!closes || (!bracket && i + 1 < rest.size() && IsDigit(rest[i + 1]))) return 0;
  return i + 1;
}

std::u32string Plain(std::u32string_view item) {
  size_t start = 0;
  while (start < item.size() && IsBlank(item[start])) ++start;
  start += NumberAt(item, std::min(start, item.size()));
  std::u32string out;
  for (const char32_t c : item.substr(start)) {
    if (IsHan(c) || IsDigit(c) || IsLetter(c)) out.push_back(c);
  }
  return out;
}

std::vector<std::u32string> Split(std::u32string_view text, std::u32string_view stops, bool at_numbers) {
  std::vector<std::u32string> items;
  size_t start = 0;
  const auto take = [&](size_t end) {
    std::u32string item = Plain(text.substr(start, end - start));
    if (!item.empty()) items.push_back(std::move(item));
    start = end;
  };
  for (size_t i = 0; i < text.size(); ++i) {
    static constexpr std::u32string_view kBeforeNumber = U"。；;，,\n ";
    const bool may_start =
        i > 0 && (kBeforeNumber.find(text[i - 1]) != std::u32string_view::npos || IsBlank(text[i - 1]));
    const bool numbered = at_numbers && may_start && NumberAt(text, i) > 0;
    if (stops.find(text[i]) != std::u32string_view::npos || numbered) take(i);
  }
  take(text.size());
  return items;
}

}  // namespace

std::vector<std::u32string> GoalItems(std::string_view cell) {
  const std::u32string text = ToCodePoints(cell);
  std::vector<std::u32string> items = Split(text, U"\n", true);
  return items.size() > 1 ? items : Split(text, U"；;", false);
}

bool IsNearCopy(std::u32string_view a, std::u32string_view b) {
  constexpr size_t kDifferent = 3;
  const size_t longer = std::max(a.size(), b.size());
  const size_t shorter = std::min(a.size(), b.size());
  if (longer - shorter > kDifferent) return false;
  size_t front = 0;
  while (front < shorter && a[front] == b[front]) ++front;
  size_t back = 0;
  while (back < shorter - front && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
  // Short items may agree by chance but for a word.
  const size_t allowed = longer >= 16 ? kDifferent : 0;
  return front + back + allowed >= longer;
}

bool ShareRun(std::u32string_view a, std::u32string_view b, size_t length) {
  for (size_t i = 0; i + length <= a.size(); ++i) {
    if (b.find(a.substr(i, length)) != std::u32string_view::npos) return true;
  }
  return false;
}

}  // namespace jixiao::scoring
