// For any service: words in Chinese texts, and lists of them.
#ifndef JIXIAO_COMMON_BASE_WORDS_H_
#define JIXIAO_COMMON_BASE_WORDS_H_

#include <initializer_list>
#include <string>
#include <string_view>

namespace jixiao {

// True if `text` holds one of `words`.
inline bool HasAny(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (text.find(word) != std::string_view::npos) return true;
  }
  return false;
}

// True if `part` can be had from `whole` by leaving characters out.
inline bool IsShortFormOf(std::u32string_view part, std::u32string_view whole) {
  size_t at = 0;
  for (const char32_t c : whole) {
    if (at < part.size() && part[at] == c) ++at;
  }
  return at == part.size();
}

// Adds `item` to `list`, with `separator` between items.
inline void AddItem(std::string_view item, std::string& list, std::string_view separator = "、") {
  if (!list.empty()) list += separator;
  list += item;
}

}  // namespace jixiao

#endif  // JIXIAO_COMMON_BASE_WORDS_H_
