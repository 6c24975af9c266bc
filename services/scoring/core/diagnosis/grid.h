// Which figures stand beside and below each other: hands slip between
// neighbours.
#ifndef JIXIAO_SCORING_CORE_DIAGNOSIS_GRID_H_
#define JIXIAO_SCORING_CORE_DIAGNOSIS_GRID_H_

#include <vector>

#include "scoring/core/view/report_view.h"

namespace jixiao::scoring {

// A block of cells of one kind. -1 where a cell holds no figure.
struct Grid {
  enum class Kind { kFunds, kTasks, kParts, kCosts, kIndicators, kStaff, kSentence };
  Kind kind = Kind::kFunds;
  std::vector<std::vector<int>> rows;  // positions of facts

  int At(int row, int column) const { return rows[static_cast<size_t>(row)][static_cast<size_t>(column)]; }
  int row_count() const { return static_cast<int>(rows.size()); }
  int column_count() const { return rows.empty() ? 0 : static_cast<int>(rows.front().size()); }
};

// Columns of the costs grid.
inline constexpr int kPriorFinalColumn = 0;
inline constexpr int kBudgetColumn = 1;
inline constexpr int kFinalColumn = 2;

// A sum of the base data table with its parts, as rows of the costs grid.
struct CostBlock {
  int total = -1;  // row; -1 if the table has none
  std::vector<int> parts;
};

// Where a fact stands.
struct Cell {
  int grid = -1;
  int row = 0;
  int column = 0;
};

class Grids {
 public:
  // `facts` are those of `table`, blank cells included.
  Grids(const ReportView& view, const TableView& table, const Facts& facts);

  const std::vector<Grid>& all() const { return grids_; }
  const Grid& at(int grid) const { return grids_[static_cast<size_t>(grid)]; }

  // `grid` is -1 for a fact that stands in none.
  Cell CellOf(int fact) const { return cells_[static_cast<size_t>(fact)]; }

  const std::vector<CostBlock>& cost_blocks() const { return cost_blocks_; }

 private:
  void AddFunds(const report::v1::EvaluationTable& table, const Facts& facts);
  void AddTasks(const report::v1::EvaluationTable& table, const Facts& facts);
  void AddParts(const report::v1::EvaluationTable& table, const Facts& facts);
  void AddCosts(const report::v1::BaseDataTable& base, const Facts& facts);
  void AddStaff(const Facts& facts);
  void AddIndicators(const report::v1::EvaluationTable& table, const Facts& facts);
  void AddSentences(const Facts& facts);
  void Add(Grid grid);

  std::vector<Grid> grids_;
  std::vector<Cell> cells_;
  std::vector<CostBlock> cost_blocks_;
};

// The facts of `table` and, for the diagnosis, its blank money cells: something
// may have slipped out of them.
Facts WithBlanks(const ReportView& view, const TableView& table);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_DIAGNOSIS_GRID_H_
