// Counts that a list follows: `共 3 类：甲、乙、丙`.
#ifndef JIXIAO_SCORING_CORE_FACTS_TEXT_LISTS_H_
#define JIXIAO_SCORING_CORE_FACTS_TEXT_LISTS_H_

#include <optional>
#include <string_view>

namespace jixiao::scoring {

// How many items a list has. 和 may join two items or stand within one, so the
// number may be uncertain by one.
struct ListCount {
  int low = 0;
  int high = 0;
  bool is_open = false;  // 等: not everything is listed
  bool is_clear = true;  // items without figures of their own
};

// Items of the list that `text`, the folded text behind a count, begins with.
// Empty if no list follows.
std::optional<ListCount> CountList(std::string_view text);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_FACTS_TEXT_LISTS_H_
