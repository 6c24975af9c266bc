#include "scoring/core/diagnosis/grid.h"

#include <algorithm>
#include <initializer_list>
#include <map>

#include "common/base/text.h"

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

Grids::Grids(const ReportView& view, const TableView& table, const Facts& facts)
    : cells_(static_cast<size_t>(facts.size())) {
  AddFunds(table.table, facts);
  AddTasks(table.table, facts);
  AddParts(table.table, facts);
  AddIndicators(table.table, facts);
  if (table.table.kind() != report::v1::REPORT_KIND_DEPARTMENT) return;
  AddCosts(view.content().base_data_table(), facts);
  AddStaff(facts);
  AddSentences(facts);
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

void Grids::AddFunds(const report::v1::EvaluationTable& table, const Facts& facts) {
  Grid grid{Grid::Kind::kFunds, {}};
  for (int i = 0; i < table.fund_rows_size(); ++i) {
    grid.rows.push_back({facts.IndexOf(FundRowKey(i, FundColumn::kInitial)),
                         facts.IndexOf(FundRowKey(i, FundColumn::kAdjusted)),
                         facts.IndexOf(FundRowKey(i, FundColumn::kExecuted))});
  }
  Add(std::move(grid));
}

void Grids::AddTasks(const report::v1::EvaluationTable& table, const Facts& facts) {
  Grid grid{Grid::Kind::kTasks, {}};
  for (int i = 0; i < table.tasks_size(); ++i) {
    grid.rows.push_back(
        {facts.IndexOf(TaskKey(i, TaskColumn::kBudget)), facts.IndexOf(TaskKey(i, TaskColumn::kExecuted))});
  }
  Add(std::move(grid));
}

// By source and by nature stand side by side.
void Grids::AddParts(const report::v1::EvaluationTable& table, const Facts& facts) {
  Grid grid{Grid::Kind::kParts, {}};
  const int rows = std::max(table.by_source_size(), table.by_nature_size());
  for (int i = 0; i < rows; ++i) {
    grid.rows.push_back({facts.IndexOf(SourceRowKey(i)), facts.IndexOf(NatureRowKey(i))});
  }
  Add(std::move(grid));
}

void Grids::AddIndicators(const report::v1::EvaluationTable& table, const Facts& facts) {
  Grid grid{Grid::Kind::kIndicators, {}};
  for (int i = 0; i < table.indicators_size(); ++i) {
    grid.rows.push_back(
        {facts.IndexOf(IndicatorKey(i, PointsColumn::kWeight)), facts.IndexOf(IndicatorKey(i, PointsColumn::kScore))});
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

namespace {

using report::v1::Value;

void AddBlank(std::initializer_list<FactKey> keys, const Value& value, Facts& facts) {
  if (value.number_case() != Value::NUMBER_NOT_SET || !Trim(value.as_written()).empty()) return;
  if (!value.address().has_label()) return;
  Fact fact;
  fact.is_blank = true;
  fact.cell = &value;
  const int index = facts.Add(*keys.begin(), fact);
  for (auto key = keys.begin() + 1; key != keys.end(); ++key) {
    if (facts.IndexOf(*key) < 0) facts.AddKey(*key, index);
  }
}

}  // namespace

Facts WithBlanks(const ReportView& view, const TableView& table) {
  Facts facts = table.facts;
  if (table.table.kind() != report::v1::REPORT_KIND_DEPARTMENT) return facts;
  const auto& base = view.content().base_data_table();
  for (int i = 0; i < base.cost_rows_size(); ++i) {
    const auto& row = base.cost_rows(i);
    const auto add = [&](BaseColumn column, const Value& value) {
      AddBlank({BaseRowKey(i, column), BaseKey(row.item(), i, column)}, value, facts);
    };
    add(BaseColumn::kPriorFinal, row.prior_final());
    add(BaseColumn::kBudget, row.budget());
    add(BaseColumn::kFinal, row.final());
  }
  return facts;
}

}  // namespace jixiao::scoring
