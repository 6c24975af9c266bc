#include "scoring/core/diagnosis/moved_cells.h"

#include <algorithm>
#include <cstdlib>

namespace jixiao::scoring {
namespace {

// How rare each kind is, in tenths of bits; see slips.cc.
constexpr Bits kSwappedBeside = 30;
constexpr Bits kSwappedBelow = 50;
constexpr Bits kSwappedInText = 90;
constexpr Bits kFarther = 10;  // for each cell between
constexpr Bits kColumnsSwapped = 50;
constexpr Bits kWithZero = 40;  // zeros are everywhere: that one fits says little
constexpr Bits kShifted = 70;
constexpr Bits kShiftedFromBlank = 0;  // the blank it leaves is half the proof
constexpr Bits kTotalLost = 30;        // any parts have a sum: that it fits proves nothing
constexpr Bits kColumnCopied = 5;
constexpr Bits kUnitOfMany = 40;
constexpr Bits kCopiedAndTold = 50;
constexpr Bits kEqualPart = 20;  // for each figure that only a copy makes equal
constexpr int kLongestShift = 8;

class Mover {
 public:
  Mover(int fact, Ledger& ledger, const Grids& grids, const std::function<void(Repair)>& visit)
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
    ShiftFromBlank();
    SwapColumns();
    CopyColumn();
    CopyColumnOver();
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
    changes.erase(
        std::remove_if(changes.begin(), changes.end(),
                       [&](const Change& change) { return Value(change.fact) == change.to && !IsBlank(change.fact); }),
        changes.end());
    if (!changes.empty()) visit_({cause, cost, std::move(changes), false, other});
  }

  void Swap(int other, Bits cost) {
    if (other < 0 || other == fact_ || IsBlank(other) || IsBlank(fact_)) return;
    if (ledger_.ScaleOfFact(other) != ledger_.ScaleOfFact(fact_)) return;
    if (Value(other) == 0 || Value(fact_) == 0) cost += kWithZero;
    // Nothing speaks for the other one: its figure may just happen to fit.
    if (ledger_.RelationsOf(other).empty()) cost += kWithZero;
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
      const int distance = std::min(std::abs(row - cell_.row) - 1, 2);
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
      if (qualifier(other) == qualifier(fact_)) Swap(other, kSwappedInText);
    }
  }

  // Cells take each other's places by one step, the last one the first's.
  void Rotate(const std::vector<int>& facts) {
    if (std::any_of(facts.begin(), facts.end(), [&](int fact) { return fact < 0 || IsBlank(fact); })) return;
    const size_t size = facts.size();
    for (const size_t step : {size_t{1}, size - 1}) {
      std::vector<Change> changes;
      for (size_t i = 0; i < size; ++i) changes.push_back({facts[i], Value(facts[(i + step) % size])});
      const bool has_zero = std::any_of(changes.begin(), changes.end(), [](const Change& c) { return c.to == 0; });
      Visit(v1::CAUSE_CELLS_SHIFTED, kShifted + (has_zero ? kWithZero : 0), std::move(changes));
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

  bool IsBlank(int fact) const { return fact >= 0 && ledger_.facts().at(fact).is_blank && Value(fact) == 0; }

  // Cells moved on by one place leave the first one blank; what stood in the
  // last is gone, and only its relations tell it.
  void FillBlank(const std::vector<int>& facts) {
    // Two figures at least must have moved: a blank cell alone is no proof.
    if (facts.size() < 3 || !IsBlank(facts.front())) return;
    std::vector<Change> changes;
    for (size_t i = 0; i + 1 < facts.size(); ++i) {
      if (facts[i + 1] < 0 || IsBlank(facts[i + 1])) return;
      changes.push_back({facts[i], Value(facts[i + 1])});
    }
    for (const int relation : ledger_.RelationsOf(facts.back())) {
      const auto last = ledger_.Solve(relation, facts.back(), changes);
      if (!last || *last < 0) continue;
      // Where it stayed, nothing fell out.
      if (*last == Value(facts.back())) continue;
      std::vector<Change> all = changes;
      all.push_back({facts.back(), *last});
      const bool is_total = IsTotal(grids_.CellOf(facts.back()).row);
      Visit(v1::CAUSE_CELLS_SHIFTED,
            kShiftedFromBlank + (is_total ? kTotalLost : 0) + BitsOfFigure(*last, ledger_.Written(facts.back())),
            std::move(all));
    }
  }

  void ShiftFromBlank() {
    if (grid().kind != Grid::Kind::kCosts) return;
    std::vector<int> row = grid().rows[static_cast<size_t>(cell_.row)];
    FillBlank(row);
    std::reverse(row.begin(), row.end());
    FillBlank(row);
    const int first = std::max(0, cell_.row - kLongestShift);
    const int last = std::min(grid().row_count() - 1, cell_.row + kLongestShift);
    for (int blank = first; blank <= last; ++blank) {
      if (!IsBlank(grid().At(blank, cell_.column))) continue;
      for (const int direction : {1, -1}) {
        std::vector<int> facts = {grid().At(blank, cell_.column)};
        for (int at = blank + direction; at >= first && at <= last; at += direction) {
          facts.push_back(grid().At(at, cell_.column));
          if (facts.back() < 0 || IsBlank(facts.back())) break;
          if ((at - cell_.row) * direction >= 0) FillBlank(facts);
        }
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
        if (here < 0 || there < 0 || IsBlank(here) || IsBlank(there)) continue;
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
    Bits cost = kColumnCopied;
    for (const int row : RowsTogether()) {
      const int prior = grid().At(row, kPriorFinalColumn);
      const int budget = grid().At(row, kBudgetColumn);
      const int final = grid().At(row, kFinalColumn);
      if (final < 0) continue;
      if (prior < 0 || budget < 0 || Value(prior) != Value(final)) return;
      if (IsBlank(final) && Value(budget) == 0) continue;
      if (Value(final) != 0) ++equal_count;
      if (Value(final) != 0 && !IsTotal(row)) cost -= kEqualPart;
      changes.push_back({final, Value(budget)});
    }
    if (equal_count == 0 || changes.size() < 2) return;
    Visit(v1::CAUSE_CELLS_COPIED, cost, std::move(changes), grid().At(cell_.row, kPriorFinalColumn));
  }

  // The figure of a sentence that has to equal `fact`; -1 if none tells it.
  int ToldBy(int fact) const {
    for (const int relation : ledger_.RelationsOf(fact)) {
      const BoundRelation& bound = ledger_.relation(relation);
      if (bound.is_ratio() || bound.left.size() != 1 || bound.right.size() != 1) continue;
      const int other = bound.left.front() == fact ? bound.right.front() : bound.left.front();
      if (ledger_.facts().at(other).mention != nullptr) return other;
    }
    return -1;
  }

  // `上年决算数` copied over `本年决算数`: sentences tell some of what was
  // there, the rest is lost.
  void CopyColumnOver() {
    if (grid().kind != Grid::Kind::kCosts || cell_.column != kFinalColumn) return;
    std::vector<Change> changes;
    Bits cost = kCopiedAndTold;
    bool is_told = false;
    for (const int row : RowsTogether()) {
      const int prior = grid().At(row, kPriorFinalColumn);
      const int final = grid().At(row, kFinalColumn);
      if (final < 0 || prior < 0 || IsBlank(final) || IsBlank(prior)) continue;
      if (Value(prior) != Value(final)) return;
      if (Value(final) == 0) continue;
      const int told = ToldBy(final);
      if (told >= 0 && Value(told) == Value(final)) continue;
      if (!IsTotal(row)) cost -= kEqualPart;
      changes.push_back({final, told >= 0 ? Value(told) : kUnknown});
      if (told < 0) continue;
      is_told = true;
    }
    if (is_told && changes.size() > 1) {
      Visit(v1::CAUSE_CELLS_COPIED, cost, std::move(changes), grid().At(cell_.row, kPriorFinalColumn));
    }
  }

  bool IsTotal(int row) const {
    return std::any_of(grids_.cost_blocks().begin(), grids_.cost_blocks().end(),
                       [&](const CostBlock& block) { return block.total == row; });
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
  Ledger& ledger_;
  const Grids& grids_;
  const std::function<void(Repair)>& visit_;
  Cell cell_;
};

}  // namespace

void ForEachMove(int fact, Ledger& ledger, const Grids& grids, const std::function<void(Repair repair)>& visit) {
  Mover(fact, ledger, grids, visit).Run();
}

}  // namespace jixiao::scoring
