#include "scoring/core/facts/text_lists.h"

#include "common/base/words.h"
#include "scoring/core/facts/text_phrases.h"

namespace jixiao::scoring {
namespace {

// Words between the count and the colon: `个一级指标：`.
constexpr size_t kLongestNoun = 30;

// The list itself: behind the colon, up to the end of the clause. Commas and the
// like within brackets do not end it.
std::string_view ListText(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon > kLongestNoun) return {};
  if (HasAny(text.substr(0, colon), {",", ";", "。", "、", "(", "其中"})) return {};
  text.remove_prefix(colon + 1);
  int depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '(') ++depth;
    if (c == ')') --depth;
    const bool is_end = c == ',' || c == ';' || c == ':' || text.substr(i).starts_with("。");
    if (depth <= 0 && is_end) return text.substr(0, i);
  }
  return text;
}

int CountOf(std::string_view text, std::string_view word) {
  int count = 0;
  for (size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size())) ++count;
  return count;
}

// Signs between items, outside brackets; `last` is the text behind the last one.
int CountSeparators(std::string_view list, std::string_view& last) {
  static constexpr std::string_view kSign = "、";
  int depth = 0;
  int separators = 0;
  last = list;
  for (size_t i = 0; i < list.size(); ++i) {
    if (list[i] == '(') ++depth;
    if (list[i] == ')') --depth;
    if (depth > 0 || !list.substr(i).starts_with(kSign)) continue;
    ++separators;
    last = list.substr(i + kSign.size());
  }
  return separators;
}

}  // namespace

std::optional<ListCount> CountList(std::string_view text) {
  const std::string_view list = ListText(text);
  // 一是…；二是… and numbered clauses are no lists of names.
  if (list.empty() || HasAny(list.substr(0, 9), {"一是", "(一)", "1.", "1、", "(1)"})) return std::nullopt;
  std::string_view last;
  ListCount count;
  count.low = CountSeparators(list, last) + 1;
  const int joins = CountOf(last, "和") + CountOf(last, "及") + CountOf(last, "与");
  count.high = count.low + (joins > 0 ? 1 : 0);
  if (count.high < 2) return std::nullopt;
  count.is_open = Has(last, "等");
  count.is_clear = list.find_first_of("0123456789") == std::string_view::npos;
  return count;
}

}  // namespace jixiao::scoring
