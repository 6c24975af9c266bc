// The goals of a table and what is said to have come of them, item by item.
#ifndef JIXIAO_SCORING_CORE_CHECKS_TABLE_GOAL_ITEMS_H_
#define JIXIAO_SCORING_CORE_CHECKS_TABLE_GOAL_ITEMS_H_

#include <string>
#include <string_view>
#include <vector>

namespace jixiao::scoring {

// Items of a goals cell: by line, by number (`目标1：`, `1.`, `（一）`) or, if there
// is neither, by semicolon. Han characters, digits and letters only, numbers in
// front left out, so that two items can be compared.
std::vector<std::u32string> GoalItems(std::string_view cell);

// True if `a` and `b` differ in at most a few neighbouring characters.
bool IsNearCopy(std::u32string_view a, std::u32string_view b);

// True if both hold one run of `length` characters. `length` is positive.
bool ShareRun(std::u32string_view a, std::u32string_view b, size_t length);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_CHECKS_TABLE_GOAL_ITEMS_H_
