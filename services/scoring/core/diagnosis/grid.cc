#include "scoring/core/diagnosis/grid.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace jixiao::scoring {
namespace {

using report::v1::CostItem;

// The sum that a row of the base data table is a part of.
CostItem TotalOf(CostItem item) {
  switch (item) {
    case report::v1::COST_ITEM_VEHICLES:
    case report::v1::COST_ITEM_ABROAD:
    case report::v1::COST_ITEM_RECEPTION: return report::v1::COST_ITEM_THREE_PUBLIC;
    case report::v1::COST_ITEM_VEHICLE_PURCHASE:
    case report::v1::COST_ITEM_VEHICLE_RUNNING: return report::v1::COST_ITEM_VEHICLES;
    case report::v1::COST_ITEM_PROJECT: return report::v1::COST_ITEM_PROJECTS;
    case report::v1::COST_ITEM_OFFICE:
    case report::v1::COST_ITEM_UTILITIES_TRAVEL:
    case report::v1::COST_ITEM_MEETINGS_TRAINING: return report::v1::COST_ITEM_PUBLIC_FUNDS;
    default: return report::v1::COST_ITEM_UNSPECIFIED;
  }
}

}  // namespace

Grids::Grids(const ReportView& view, const TableView& table) : cells_(static_cast<size_t>(table.facts.size())) {
  AddFunds(table);
  AddTasks(table);
  AddParts(table);
  AddIndicators(table);
  if (table.table.kind() != report::v1::REPORT_KIND_DEPARTMENT) return;
  AddCosts(view.content().base_data_table(), table.facts);
  AddStaff(table.facts);
  AddSentences(table.facts);
}

void Grids::Add(Grid grid) {
  if (grid.rows.empty()) return;
  const int number = static_cast<int>(grids_.size());
  for (int row = 0; row < grid.row_count(); ++row) {
    for (int column = 0; column < grid.column_count(); ++column) {
      const int fact = grid.At(row, column);
      if (fact >= 0) cells_[static_cast<size_t>(fact)] = {number, row, column};
    }
  }
  grids_.push_back(std::move(grid));
}

void Grids::AddFunds(const TableView& table) {
  Grid grid{Grid::Kind::kFunds, {}};
  for (int i = 0; i < table.table.fund_rows_size(); ++i) {
    grid.rows.push_back({table.facts.IndexOf(FundRowKey(i, FundColumn::kInitial)),
                         table.facts.IndexOf(FundRowKey(i, FundColumn::kAdjusted)),
                         table.facts.IndexOf(FundRowKey(i, FundColumn::kExecuted))});
  }
  Add(std::move(grid));
}

void Grids::AddTasks(const TableView& table) {
  Grid grid{Grid::Kind::kTasks, {}};
  for (int i = 0; i < table.table.tasks_size(); ++i) {
    grid.rows.push_back(
        {table.facts.IndexOf(TaskKey(i, TaskColumn::kBudget)), table.facts.IndexOf(TaskKey(i, TaskColumn::kExecuted))});
  }
  Add(std::move(grid));
}

// By source and by nature stand side by side.
void Grids::AddParts(const TableView& table) {
  Grid grid{Grid::Kind::kParts, {}};
  const int rows = std::max(table.table.by_source_size(), table.table.by_nature_size());
  for (int i = 0; i < rows; ++i) {
    grid.rows.push_back({table.facts.IndexOf(SourceRowKey(i)), table.facts.IndexOf(NatureRowKey(i))});
  }
  Add(std::move(grid));
}

void Grids::AddIndicators(const TableView& table) {
  Grid grid{Grid::Kind::kIndicators, {}};
  for (int i = 0; i < table.table.indicators_size(); ++i) {
    grid.rows.push_back({table.facts.IndexOf(IndicatorKey(i, PointsColumn::kWeight)),
                         table.facts.IndexOf(IndicatorKey(i, PointsColumn::kScore))});
  }
  Add(std::move(grid));
}

void Grids::AddCosts(const report::v1::BaseDataTable& base, const Facts& facts) {
  Grid grid{Grid::Kind::kCosts, {}};
  std::map<CostItem, CostBlock> blocks;
  for (int i = 0; i < base.cost_rows_size(); ++i) {
    grid.rows.push_back({facts.IndexOf(BaseRowKey(i, BaseColumn::kPriorFinal)),
                         facts.IndexOf(BaseRowKey(i, BaseColumn::kBudget)),
                         facts.IndexOf(BaseRowKey(i, BaseColumn::kFinal))});
    const CostItem item = base.cost_rows(i).item();
    if (const CostItem total = TotalOf(item); total != report::v1::COST_ITEM_UNSPECIFIED) {
      blocks[total].parts.push_back(i);
    }
    if (item == report::v1::COST_ITEM_THREE_PUBLIC || item == report::v1::COST_ITEM_PROJECTS ||
        item == report::v1::COST_ITEM_PUBLIC_FUNDS || item == report::v1::COST_ITEM_VEHICLES) {
      blocks[item].total = i;
    }
  }
  Add(std::move(grid));
  for (auto& [item, block] : blocks) cost_blocks_.push_back(std::move(block));
}

void Grids::AddStaff(const Facts& facts) {
  Add({Grid::Kind::kStaff, {{facts.IndexOf("base.staff.authorised"), facts.IndexOf("base.staff.actual")}}});
}

// Figures of one paragraph, in the order of the text: one row each.
void Grids::AddSentences(const Facts& facts) {
  std::map<const Passage*, std::vector<int>> passages;
  std::vector<const Passage*> order;
  for (int i = 0; i < facts.size(); ++i) {
    const Fact& fact = facts.at(i);
    if (fact.passage == nullptr || fact.mention == nullptr) continue;
    if (passages[fact.passage].empty()) order.push_back(fact.passage);
    passages[fact.passage].push_back(i);
  }
  for (const Passage* passage : order) {
    std::vector<int>& row = passages[passage];
    std::stable_sort(row.begin(), row.end(),
                     [&](int a, int b) { return facts.at(a).mention->start_char < facts.at(b).mention->start_char; });
    Add({Grid::Kind::kSentence, {row}});
  }
}

}  // namespace jixiao::scoring
