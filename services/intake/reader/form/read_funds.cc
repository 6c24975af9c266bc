#include "intake/reader/form/read_funds.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "common/base/text.h"

namespace jixiao::intake {
namespace {

using report::v1::FundRow;
using report::v1::TaskRow;
using report::v1::Value;

// Real forms have at most 15 columns; a bound keeps hostile input cheap.
constexpr size_t kMostColumns = 100;

CellKind KindOf(FundColumn column) {
  switch (column) {
    case FundColumn::kNone:
    case FundColumn::kReason: return CellKind::kAny;
    case FundColumn::kRate: return CellKind::kRate;
    case FundColumn::kWeight:
    case FundColumn::kScore: return CellKind::kPoints;
    default: return CellKind::kMoney;
  }
}

CellKind KindOf(TaskColumn column) {
  switch (column) {
    case TaskColumn::kBudget:
    case TaskColumn::kFiscal:
    case TaskColumn::kExecuted: return CellKind::kMoney;
    case TaskColumn::kRate: return CellKind::kRate;
    default: return CellKind::kAny;
  }
}

}  // namespace

FundsReader::FundsReader(TableCells& cells, std::string name, report::v1::EvaluationTable& table)
    : cells_(cells), name_(std::move(name)), table_(table) {}

void FundsReader::PlaceSideLabel(size_t row, size_t column) {
  if (IsSideLabel(cells_.Label(row, column))) cells_.Place(row, column);
}

void FundsReader::ReadFundHeading(size_t row) {
  heading_ = row;
  fund_columns_.assign(std::min(cells_.cell_count(row), kMostColumns), FundColumn::kNone);
  kinds_.assign(fund_columns_.size(), CellKind::kAny);
  for (size_t column = 0; column < fund_columns_.size(); ++column) {
    const std::string_view label = cells_.Label(row, column);
    // A second column of the same meaning has no place; its cells are unread.
    const FundColumn role = FundColumnOf(label);
    const auto end = fund_columns_.begin() + static_cast<std::ptrdiff_t>(column);
    if (std::find(fund_columns_.begin(), end, role) == end) fund_columns_[column] = role;
    kinds_[column] = KindOf(fund_columns_[column]);
    if (const auto unit = UnitInHeading(label)) table_.set_money_unit(*unit);
    PlaceSideLabel(row, column);
  }
}

// The label stands in the first filled cell before the figures.
std::string FundsReader::FundLabel(size_t row, size_t end) {
  std::string label;
  for (size_t column = 0; column < end; ++column) {
    PlaceSideLabel(row, column);
    if (IsSideLabel(cells_.Label(row, column)) || cells_.Text(row, column).empty()) continue;
    label += CleanFundLabel(cells_.Text(row, column));
    cells_.Place(row, column);
  }
  return label;
}

Value FundsReader::FundValue(size_t row, size_t column, const std::string& label) {
  const std::string_view heading = cells_.Label(heading_, column);
  const std::string path = fmt::format("{} · {} · {}", name_, Shorten(label, 40), heading);
  cells_.Place(heading_, column);
  switch (KindOf(fund_columns_[column])) {
    case CellKind::kRate: return cells_.RateAt(row, column, path, Contains(heading, "%"));
    case CellKind::kPoints: return cells_.PointsAt(row, column, path);
    case CellKind::kAny: return cells_.TextAt(row, column, path);
    default: return cells_.MoneyAt(row, column, path, table_.money_unit());
  }
}

void FundsReader::ReadFund(size_t row) {
  cells_.Align(row, kinds_);
  const auto first_value =
      std::find_if(fund_columns_.begin(), fund_columns_.end(), [](FundColumn c) { return c != FundColumn::kNone; });
  const std::string label = FundLabel(row, first_value - fund_columns_.begin());
  if (label.empty()) return;
  FundRow& fund = *table_.add_fund_rows();
  fund.set_label(label);
  fund.set_role(FundRoleOf(LabelOf(label)));
  for (size_t column = 0; column < fund_columns_.size() && cells_.Has(row, column); ++column) {
    switch (fund_columns_[column]) {
      case FundColumn::kInitial: *fund.mutable_initial_budget() = FundValue(row, column, label); break;
      case FundColumn::kAdjusted: *fund.mutable_adjusted_budget() = FundValue(row, column, label); break;
      case FundColumn::kExecuted: *fund.mutable_executed() = FundValue(row, column, label); break;
      case FundColumn::kWeight: *fund.mutable_weight() = FundValue(row, column, label); break;
      case FundColumn::kRate: *fund.mutable_execution_rate() = FundValue(row, column, label); break;
      case FundColumn::kScore: *fund.mutable_score() = FundValue(row, column, label); break;
      case FundColumn::kReason: *fund.mutable_reason() = FundValue(row, column, label); break;
      case FundColumn::kNone: break;
    }
  }
}

void FundsReader::ReadTaskHeading(size_t row) {
  heading_ = row;
  task_columns_.assign(std::min(cells_.cell_count(row), kMostColumns), TaskColumn::kNone);
  kinds_.assign(task_columns_.size(), CellKind::kAny);
  for (size_t column = 0; column < task_columns_.size(); ++column) {
    const TaskColumn role = TaskColumnOf(cells_.Label(row, column));
    // 其中:财政资金 stands twice, under each of the two sums.
    const auto end = task_columns_.begin() + static_cast<std::ptrdiff_t>(column);
    if (std::count(task_columns_.begin(), end, role) < (role == TaskColumn::kFiscal ? 2 : 1)) {
      task_columns_[column] = role;
    }
    kinds_[column] = KindOf(task_columns_[column]);
    PlaceSideLabel(row, column);
  }
}

Value FundsReader::TaskMoney(size_t row, size_t column, const std::string& name) {
  const std::string path = fmt::format("{} · {} · {}", name_, name, cells_.Label(heading_, column));
  return cells_.MoneyAt(row, column, path, table_.money_unit());
}

void FundsReader::ReadTask(size_t row) {
  cells_.Align(row, kinds_);
  const auto name_at = std::find(task_columns_.begin(), task_columns_.end(), TaskColumn::kName) - task_columns_.begin();
  if (cells_.Text(row, name_at).empty()) return;
  const std::string name = "年度主要任务 · " + Shorten(cells_.Text(row, name_at), 40);
  TaskRow& task = *table_.add_tasks();
  bool after_executed = false;
  for (size_t column = 0; column < task_columns_.size() && cells_.Has(row, column); ++column) {
    const std::string path = fmt::format("{} · {} · {}", name_, name, cells_.Label(heading_, column));
    if (task_columns_[column] != TaskColumn::kNone) cells_.Place(heading_, column);
    switch (task_columns_[column]) {
      case TaskColumn::kName: *task.mutable_name() = cells_.TextAt(row, column, path); break;
      case TaskColumn::kDescription: *task.mutable_description() = cells_.TextAt(row, column, path); break;
      case TaskColumn::kBudget: *task.mutable_budget() = TaskMoney(row, column, name); break;
      case TaskColumn::kCompletion: *task.mutable_completion() = cells_.TextAt(row, column, path); break;
      case TaskColumn::kRate:
        *task.mutable_execution_rate() =
            cells_.RateAt(row, column, path, Contains(cells_.Label(heading_, column), "%"));
        break;
      case TaskColumn::kExecuted:
        after_executed = true;
        *task.mutable_executed() = TaskMoney(row, column, name);
        break;
      case TaskColumn::kFiscal:  // `其中:财政资金` belongs to the sum before it
        *(after_executed ? task.mutable_executed_fiscal() : task.mutable_budget_fiscal()) =
            TaskMoney(row, column, name);
        break;
      case TaskColumn::kNone: break;
    }
  }
}

}  // namespace jixiao::intake
