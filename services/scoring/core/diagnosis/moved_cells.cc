#include "scoring/core/diagnosis/moved_cells.h"

#include <algorithm>
#include <cstdlib>

namespace jixiao::scoring {
namespace {

// How rare each kind is, in tenths of bits; see slips.cc.
constexpr Bits kSwappedBeside = 30;
constexpr Bits kSwappedBelow = 50;
constexpr Bits kFarther = 10;  // for each cell between
constexpr Bits kColumnsSwapped = 50;
constexpr Bits kWithZero = 40;  // zeros are everywhere: that one fits says little
constexpr Bits kShifted = 70;
constexpr Bits kColumnCopied = 40;
constexpr Bits kColumnCopiedWhole = 5;  // several figures that only a copy makes equal
constexpr Bits kUnitOfMany = 40;
constexpr int kLongestShift = 8;

class Mover {
 public:
  Mover(int fact, const Ledger& ledger, const Grids& grids, const std::function<void(Repair)>& visit)
      : fact_(fact), ledger_(ledger), grids_(grids), visit_(visit), cell_(grids.CellOf(fact)) {}

  void Run() {
    if (cell_.grid < 0) return;
    if (grid().kind == Grid::Kind::kSentence) {
      SwapInSentence();
      return;
    }
    SwapInRow();
    SwapInColumn();
    if (!IsMoney()) return;
    ShiftRow();
    ShiftColumn();
    SwapColumns();
    CopyColumn();
    Units();
  }

 private:
  const Grid& grid() const { return grids_.at(cell_.grid); }
  bool IsMoney() const {
    return grid().kind != Grid::Kind::kIndicators && grid().kind != Grid::Kind::kStaff &&
           grid().kind != Grid::Kind::kSentence;
  }
  int64_t Value(int fact) const { return ledger_.value(fact); }

  // Leaves out what stays as it is; nothing to visit if nothing changes.
  void Visit(v1::Cause cause, Bits cost, std::vector<Change> changes, int other = -1) {
    changes.erase(std::remove_if(changes.begin(), changes.end(),
                                 [&](const Change& change) { return Value(change.fact) == change.to; }),
                  changes.end());
    if (!changes.empty()) visit_({cause, cost, std::move(changes), false, other});
  }

  void Swap(int other, Bits cost) {
    if (other < 0 || other == fact_ || ledger_.ScaleOfFact(other) != ledger_.ScaleOfFact(fact_)) return;
    if (Value(other) == 0 || Value(fact_) == 0) cost += kWithZero;
    Visit(v1::CAUSE_CELLS_SWAPPED, cost, {{fact_, Value(other)}, {other, Value(fact_)}});
  }

  void SwapInRow() {
    for (int column = 0; column < grid().column_count(); ++column) {
      Swap(grid().At(cell_.row, column), kSwappedBeside + kFarther * (std::abs(column - cell_.column) - 1));
    }
  }

  void SwapInColumn() {
    for (int row = 0; row < grid().row_count(); ++row) {
      if (row == cell_.row) continue;
      const int distance = std::min(std::abs(row - cell_.row) - 1, 5);
      Swap(grid().At(row, cell_.column), kSwappedBelow + kFarther * distance);
    }
  }

  // Neighbours that count as the same: both budget, both executed.
  void SwapInSentence() {
    const auto qualifier = [&](int fact) {
      const std::string key = ledger_.facts().KeyAt(fact);
      return key.substr(key.rfind('.'));
    };
    for (const int beside : {cell_.column - 1, cell_.column + 1}) {
      if (beside < 0 || beside >= grid().column_count()) continue;
      const int other = grid().At(0, beside);
      if (qualifier(other) == qualifier(fact_)) Swap(other, kSwappedBelow);
    }
  }

  // Cells take each other's places by one step, the last one the first's.
  void Rotate(const std::vector<int>& facts) {
    if (std::find(facts.begin(), facts.end(), -1) != facts.end()) return;
    const size_t size = facts.size();
    for (const size_t step : {size_t{1}, size - 1}) {
      std::vector<Change> changes;
      for (size_t i = 0; i < size; ++i) changes.push_back({facts[i], Value(facts[(i + step) % size])});
      Visit(v1::CAUSE_CELLS_SHIFTED, kShifted, std::move(changes));
    }
  }

  void ShiftRow() {
    if (grid().column_count() == 3) Rotate(grid().rows[static_cast<size_t>(cell_.row)]);
  }

  void ShiftColumn() {
    const int last = std::min(grid().row_count() - 1, cell_.row + kLongestShift);
    for (int from = std::max(0, cell_.row - kLongestShift); from <= cell_.row; ++from) {
      for (int to = std::max(cell_.row, from + 2); to <= last && to - from < kLongestShift; ++to) {
        std::vector<int> facts;
        for (int row = from; row <= to; ++row) facts.push_back(grid().At(row, cell_.column));
        Rotate(facts);
      }
    }
  }

  // Rows that are filled in together: all of the funds block, one sum with its
  // parts of the base data table.
  std::vector<int> RowsTogether() const {
    std::vector<int> rows;
    if (grid().kind != Grid::Kind::kCosts) {
      for (int row = 0; row < grid().row_count(); ++row) rows.push_back(row);
      return rows;
    }
    for (const CostBlock& block : grids_.cost_blocks()) {
      const bool is_part = std::find(block.parts.begin(), block.parts.end(), cell_.row) != block.parts.end();
      if (block.total != cell_.row && !is_part) continue;
      rows = block.parts;
      if (block.total >= 0) rows.insert(rows.begin(), block.total);
      if (block.total == cell_.row) break;
    }
    return rows;
  }

  void SwapColumns() {
    if (grid().kind == Grid::Kind::kParts) return;
    const std::vector<int> rows = RowsTogether();
    for (int column = 0; column < grid().column_count(); ++column) {
      if (column == cell_.column) continue;
      std::vector<Change> changes;
      for (const int row : rows) {
        const int here = grid().At(row, cell_.column);
        const int there = grid().At(row, column);
        if (here < 0 || there < 0) continue;
        changes.push_back({here, Value(there)});
        changes.push_back({there, Value(here)});
      }
      const bool has_zero = std::any_of(changes.begin(), changes.end(), [](const Change& c) { return c.to == 0; });
      Visit(v1::CAUSE_CELLS_SWAPPED, kColumnsSwapped + (has_zero ? kWithZero : 0), std::move(changes));
    }
  }

  // `上年决算数` copied into `本年决算数`, and what was meant for it written one
  // column too early. The true budget is then nowhere.
  void CopyColumn() {
    if (grid().kind != Grid::Kind::kCosts || cell_.column != kFinalColumn) return;
    std::vector<Change> changes;
    int equal_count = 0;
    for (const int row : RowsTogether()) {
      const int prior = grid().At(row, kPriorFinalColumn);
      const int budget = grid().At(row, kBudgetColumn);
      const int final = grid().At(row, kFinalColumn);
      if (final < 0) continue;
      if (prior < 0 || budget < 0 || Value(prior) != Value(final)) return;
      if (Value(final) != 0) ++equal_count;
      changes.push_back({final, Value(budget)});
    }
    if (equal_count == 0 || changes.size() < 2) return;
    Visit(v1::CAUSE_CELLS_COPIED, equal_count > 1 ? kColumnCopiedWhole : kColumnCopied, std::move(changes),
          grid().At(cell_.row, kPriorFinalColumn));
  }

  void InOtherUnit(const std::vector<int>& facts) {
    for (const bool is_too_large : {true, false}) {
      std::vector<Change> changes;
      bool fits = true;
      for (const int fact : facts) {
        if (fact < 0 || Value(fact) == 0) continue;
        fits &= is_too_large ? Value(fact) % 10'000 == 0 : std::abs(Value(fact)) < INT64_MAX / 10'000;
        if (!fits) break;
        changes.push_back({fact, is_too_large ? Value(fact) / 10'000 : Value(fact) * 10'000});
      }
      if (fits && changes.size() > 1) Visit(v1::CAUSE_MONEY_UNIT, kUnitOfMany, std::move(changes));
    }
  }

  void Units() {
    InOtherUnit(grid().rows[static_cast<size_t>(cell_.row)]);
    std::vector<int> column;
    std::vector<int> all;
    for (const auto& row : grid().rows) {
      column.push_back(row[static_cast<size_t>(cell_.column)]);
      all.insert(all.end(), row.begin(), row.end());
    }
    InOtherUnit(column);
    InOtherUnit(all);
  }

  int fact_;
  const Ledger& ledger_;
  const Grids& grids_;
  const std::function<void(Repair)>& visit_;
  Cell cell_;
};

}  // namespace

void ForEachMove(int fact, const Ledger& ledger, const Grids& grids, const std::function<void(Repair repair)>& visit) {
  Mover(fact, ledger, grids, visit).Run();
}

}  // namespace jixiao::scoring
