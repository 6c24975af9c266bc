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
    case forms::v1::FUND_COLUMN_UNSPECIFIED:
    case forms::v1::FUND_COLUMN_REASON: return CellKind::kAny;
    case forms::v1::FUND_COLUMN_RATE: return CellKind::kRate;
    case forms::v1::FUND_COLUMN_WEIGHT:
    case forms::v1::FUND_COLUMN_SCORE: return CellKind::kPoints;
    default: return CellKind::kMoney;
  }
}

CellKind KindOf(TaskColumn column) {
  switch (column) {
    case forms::v1::TASK_COLUMN_BUDGET:
    case forms::v1::TASK_COLUMN_FISCAL:
    case forms::v1::TASK_COLUMN_EXECUTED: return CellKind::kMoney;
    case forms::v1::TASK_COLUMN_RATE: return CellKind::kRate;
    default: return CellKind::kAny;
  }
}

}  // namespace

FundsReader::FundsReader(TableCells& cells, std::string name, report::v1::EvaluationTable& table)
    : cells_(cells), name_(std::move(name)), table_(table) {}

void FundsReader::PlaceSideLabel(size_t row, size_t column) {
  if (cells_.labels().IsSideLabel(cells_.Label(row, column))) cells_.Place(row, column);
}

void FundsReader::ReadFundHeading(size_t row) {
  heading_ = row;
  fund_columns_.assign(std::min(cells_.cell_count(row), kMostColumns), forms::v1::FUND_COLUMN_UNSPECIFIED);
  kinds_.assign(fund_columns_.size(), CellKind::kAny);
  for (size_t column = 0; column < fund_columns_.size(); ++column) {
    const std::string_view label = cells_.Label(row, column);
    // A second column of the same meaning has no place; its cells are unread.
    const FundColumn role = cells_.labels().FundColumnOf(label);
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
    if (cells_.labels().IsSideLabel(cells_.Label(row, column)) || cells_.Text(row, column).empty()) continue;
    label += cells_.labels().CleanFundLabel(cells_.Text(row, column));
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
  const auto first_value = std::find_if(fund_columns_.begin(), fund_columns_.end(),
                                        [](FundColumn c) { return c != forms::v1::FUND_COLUMN_UNSPECIFIED; });
  const std::string label = FundLabel(row, first_value - fund_columns_.begin());
  if (label.empty()) return;
  FundRow& fund = *table_.add_fund_rows();
  fund.set_label(label);
  fund.set_role(cells_.labels().FundRoleOf(LabelOf(label)));
  for (size_t column = 0; column < fund_columns_.size() && cells_.Has(row, column); ++column) {
    switch (fund_columns_[column]) {
      case forms::v1::FUND_COLUMN_INITIAL: *fund.mutable_initial_budget() = FundValue(row, column, label); break;
      case forms::v1::FUND_COLUMN_ADJUSTED: *fund.mutable_adjusted_budget() = FundValue(row, column, label); break;
      case forms::v1::FUND_COLUMN_EXECUTED: *fund.mutable_executed() = FundValue(row, column, label); break;
      case forms::v1::FUND_COLUMN_WEIGHT: *fund.mutable_weight() = FundValue(row, column, label); break;
      case forms::v1::FUND_COLUMN_RATE: *fund.mutable_execution_rate() = FundValue(row, column, label); break;
      case forms::v1::FUND_COLUMN_SCORE: *fund.mutable_score() = FundValue(row, column, label); break;
      case forms::v1::FUND_COLUMN_REASON: *fund.mutable_reason() = FundValue(row, column, label); break;
      case forms::v1::FUND_COLUMN_UNSPECIFIED: break;
    }
  }
}

void FundsReader::ReadTaskHeading(size_t row) {
  heading_ = row;
  task_columns_.assign(std::min(cells_.cell_count(row), kMostColumns), forms::v1::TASK_COLUMN_UNSPECIFIED);
  kinds_.assign(task_columns_.size(), CellKind::kAny);
  for (size_t column = 0; column < task_columns_.size(); ++column) {
    const TaskColumn role = cells_.labels().TaskColumnOf(cells_.Label(row, column));
    // 其中:财政资金 stands twice, under each of the two sums.
    const auto end = task_columns_.begin() + static_cast<std::ptrdiff_t>(column);
    if (std::count(task_columns_.begin(), end, role) < (role == forms::v1::TASK_COLUMN_FISCAL ? 2 : 1)) {
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
  const auto name_at =
      std::find(task_columns_.begin(), task_columns_.end(), forms::v1::TASK_COLUMN_NAME) - task_columns_.begin();
  if (cells_.Text(row, name_at).empty()) return;
  const std::string name = "年度主要任务 · " + Shorten(cells_.Text(row, name_at), 40);
  TaskRow& task = *table_.add_tasks();
  bool after_executed = false;
  for (size_t column = 0; column < task_columns_.size() && cells_.Has(row, column); ++column) {
    const std::string path = fmt::format("{} · {} · {}", name_, name, cells_.Label(heading_, column));
    if (task_columns_[column] != forms::v1::TASK_COLUMN_UNSPECIFIED) cells_.Place(heading_, column);
    switch (task_columns_[column]) {
      case forms::v1::TASK_COLUMN_NAME: *task.mutable_name() = cells_.TextAt(row, column, path); break;
      case forms::v1::TASK_COLUMN_DESCRIPTION: *task.mutable_description() = cells_.TextAt(row, column, path); break;
      case forms::v1::TASK_COLUMN_BUDGET: *task.mutable_budget() = TaskMoney(row, column, name); break;
      case forms::v1::TASK_COLUMN_COMPLETION: *task.mutable_completion() = cells_.TextAt(row, column, path); break;
      case forms::v1::TASK_COLUMN_RATE:
        *task.mutable_execution_rate() =
            cells_.RateAt(row, column, path, Contains(cells_.Label(heading_, column), "%"));
        break;
      case forms::v1::TASK_COLUMN_EXECUTED:
        after_executed = true;
        *task.mutable_executed() = TaskMoney(row, column, name);
        break;
      case forms::v1::TASK_COLUMN_FISCAL:  // `其中:财政资金` belongs to the sum before it
        *(after_executed ? task.mutable_executed_fiscal() : task.mutable_budget_fiscal()) =
            TaskMoney(row, column, name);
        break;
      case forms::v1::TASK_COLUMN_UNSPECIFIED: break;
    }
  }
}

}  // namespace jixiao::intake
