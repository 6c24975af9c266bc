#include "scoring/core/diagnosis/likeness.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace jixiao::scoring {
namespace {

// Two figures of a row that are this much apart, the larger in percent of the
// smaller, and how rare that is. Plans and years do differ: nothing up to half,
// and nothing where one of the two is zero or blank, as for what began or ended.
struct Apart {
  int64_t percent;
  Bits bits;
};
constexpr std::array<Apart, 3> kApart = {{{150, 0}, {200, 10}, {400, 25}}};
constexpr Bits kFarApart = 45;
// Budgets are often kept and often spent to the last fen; a year is seldom the
// year before.
constexpr Bits kKept = -20;

Bits BitsBetween(int64_t a, int64_t b, bool is_often_equal) {
  if (a == 0 || b == 0) return 0;
  if (a == b) return is_often_equal ? kKept : 0;
  const int64_t small = std::min(std::abs(a), std::abs(b));
  const int64_t large = std::max(std::abs(a), std::abs(b));
  for (const Apart& step : kApart) {
    if (large / step.percent <= small / 100) return step.bits;
  }
  return kFarApart;
}

class Rows {
 public:
  Rows(const std::vector<Change>& changes, const Ledger& ledger, const Grids& grids)
      : changes_(changes), ledger_(ledger), grids_(grids) {}

  Bits Against() const {
    std::vector<std::pair<int, int>> rows;
    for (const Change& change : changes_) {
      const Cell cell = grids_.CellOf(change.fact);
      if (cell.grid >= 0 && IsOfOneThing(grids_.at(cell.grid).kind)) rows.emplace_back(cell.grid, cell.row);
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    Bits against = 0;
    for (const auto& [grid, row] : rows)
      against += Unlike(grids_.at(grid), row, true) - Unlike(grids_.at(grid), row, false);
    return against;
  }

 private:
  static bool IsOfOneThing(Grid::Kind kind) {
    return kind == Grid::Kind::kFunds || kind == Grid::Kind::kTasks || kind == Grid::Kind::kCosts;
  }

  // 0 where nothing is written, or nobody knows what.
  int64_t Value(int fact, bool is_after) const {
    if (fact < 0) return 0;
    if (is_after) {
      for (const Change& change : changes_) {
        if (change.fact == fact) return change.to == kUnknown ? 0 : change.to;
      }
    }
    return ledger_.IsUnknown(fact) ? 0 : ledger_.value(fact);
  }

  Bits Unlike(const Grid& grid, int row, bool is_after) const {
    Bits bits = 0;
    for (int column = 0; column + 1 < grid.column_count(); ++column) {
      const bool is_across_years = grid.kind == Grid::Kind::kCosts && column == kPriorFinalColumn;
      bits += BitsBetween(Value(grid.At(row, column), is_after), Value(grid.At(row, column + 1), is_after),
                          !is_across_years);
    }
    return bits;
  }

  const std::vector<Change>& changes_;
  const Ledger& ledger_;
  const Grids& grids_;
};

}  // namespace

Bits AgainstLikeness(const std::vector<Change>& changes, const Ledger& ledger, const Grids& grids) {
  return Rows(changes, ledger, grids).Against();
}

}  // namespace jixiao::scoring
