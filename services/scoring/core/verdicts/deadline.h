// Reads dates in cells as deadlines: `年底前`, `2024年12月底前`, `11月底完成`.
#ifndef JIXIAO_SCORING_CORE_VERDICTS_DEADLINE_H_
#define JIXIAO_SCORING_CORE_VERDICTS_DEADLINE_H_

#include <optional>
#include <string_view>

namespace jixiao::scoring {

// The last day that a cell names.
struct Day {
  int year = 0;  // 0: not stated
  int month = 0;
  int day = 0;
};

// `words` folded and without blanks. Empty for periods, for several dates, and
// for dates with anything behind them that could turn their meaning (`后`,
// `未完成`).
std::optional<Day> ReadDeadline(std::string_view words);

// True if `a` is not after `b`. Years count only if both state one.
bool NotAfter(const Day& a, const Day& b);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_VERDICTS_DEADLINE_H_
