#include "intake/reader/form/read_base_data_table.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "common/base/text.h"
namespace jixiao::intake {
namespace {

using report::v1::BaseDataTable;
using report::v1::CostItem;
using report::v1::CostRow;

constexpr std::string_view kBaseDataTableName = "基础数据表";

std::string PathOf(std::string_view row, std::string_view column) {
  return fmt::format("{} · {} · {}", kBaseDataTableName, Shorten(row, 40), column);
}

// The two 决算数 columns are told apart by year: the earlier one is last year's.
std::vector<BaseColumn> CostColumns(const TableCells& cells, size_t row) {
  std::vector<BaseColumn> columns(cells.cell_count(row));
  std::optional<size_t> first_final;
  for (size_t column = 0; column < columns.size(); ++column) {
    const std::string_view label = cells.Label(row, column);
    columns[column] = cells.labels().BaseColumnOf(label);
    if (columns[column] != forms::v1::BASE_COLUMN_FINAL && columns[column] != forms::v1::BASE_COLUMN_PRIOR_FINAL)
      continue;
    if (first_final) {
      const bool is_later = YearIn(label).value_or(9999) > YearIn(cells.Label(row, *first_final)).value_or(0);
      columns[is_later ? *first_final : column] = forms::v1::BASE_COLUMN_PRIOR_FINAL;
    } else {
      first_final = column;
    }
  }
  return columns;
}

class BaseDataTableReader {
 public:
  BaseDataTableReader(TableCells& cells, BaseDataTable& table) : cells_(cells), table_(table) {}

  void Read() {
    table_.set_money_unit(report::v1::MONEY_UNIT_TEN_THOUSAND_YUAN);
    for (row_ = 0; row_ < cells_.row_count(); ++row_) ReadRow();
    cells_.RestUnread("基础数据表中没有认出的内容");
  }

 private:
  void ReadRow() {
    if (cells_.IsBlankRow(row_) && !expects_values_) return;
    if (IsHeading(forms::v1::BASE_COLUMN_AUTHORISED_STAFF, forms::v1::BASE_COLUMN_STAFF_RATE))
      return StartBlock(&BaseDataTableReader::ReadStaff);
    if (IsHeading(forms::v1::BASE_COLUMN_FINAL, forms::v1::BASE_COLUMN_BUDGET)) return StartCosts();
    if (IsHeading(forms::v1::BASE_COLUMN_APPROVED_SIZE, forms::v1::BASE_COLUMN_ACTUAL_SIZE))
      return StartBlock(&BaseDataTableReader::ReadBuildings);
    if (Meaning(row_, 0) == forms::v1::BASE_COLUMN_THRIFT && cells_.Has(row_, 1) && !table_.has_thrift_measures()) {
      const std::string path = fmt::format("{} · {}", kBaseDataTableName, Shorten(cells_.Label(row_, 0), 40));
      cells_.Place(row_, 0);
      size_t value = 1;
      while (cells_.Text(row_, value).empty() && cells_.Has(row_, value + 1)) ++value;
      if (cells_.Text(row_, value).empty()) value = 1;
      *table_.mutable_thrift_measures() = cells_.TextAt(row_, value, path);
      return;
    }
    if (expects_values_) {
      expects_values_ = false;
      return (this->*read_values_)();
    }
    if (!cost_columns_.empty()) ReadCost();
  }

  BaseColumn Meaning(size_t row, size_t column) const {
    return cells_.labels().BaseColumnOf(cells_.Label(row, column));
  }

  bool IsHeading(BaseColumn one, BaseColumn other) const {
    bool has_one = false;
    bool has_other = false;
    for (size_t column = 0; column < cells_.cell_count(row_); ++column) {
      has_one |= Meaning(row_, column) == one;
      has_other |= Meaning(row_, column) == other;
    }
    return has_one && has_other;
  }

  // A heading whose values stand in the row below.
  void StartBlock(void (BaseDataTableReader::*read_values)()) {
    heading_ = row_;
    read_values_ = read_values;
    expects_values_ = true;
    PlaceSideLabel();
  }

  void PlaceSideLabel() {
    if (Fits(cells_.labels().words().base_side_labels(), cells_.Label(row_, 0))) cells_.Place(row_, 0);
  }

  void ReadStaff() {
    for (size_t column = 1; column < cells_.cell_count(heading_); ++column) {
      const std::string_view label = cells_.Label(heading_, column);
      const std::string path = PathOf("财政供养人员", label);
      if (!cells_.Has(row_, column) || IsGap(column)) continue;
      cells_.Place(heading_, column);
      switch (Meaning(heading_, column)) {
        case forms::v1::BASE_COLUMN_STAFF_RATE:
          *table_.mutable_staff_control_rate() = cells_.RateAt(row_, column, path, Contains(label, "%"));
          break;
        case forms::v1::BASE_COLUMN_AUTHORISED_STAFF:
          *table_.mutable_authorised_staff() = cells_.CountAt(row_, column, path);
          break;
        case forms::v1::BASE_COLUMN_ACTUAL_STAFF:
          *table_.mutable_actual_staff() = cells_.CountAt(row_, column, path);
          break;
        default: AddOther(cells_.Text(heading_, column), cells_.TextAt(row_, column, path));
      }
    }
  }

  void ReadBuildings() {
    for (size_t column = 1; column < cells_.cell_count(heading_); ++column) {
      if (!cells_.Has(row_, column) || IsGap(column)) continue;
      const std::string_view label = cells_.Label(heading_, column);
      cells_.Place(heading_, column);
      const std::string path = PathOf("楼堂馆所控制情况", label);
      const BaseColumn meaning = Meaning(heading_, column);
      if (meaning == forms::v1::BASE_COLUMN_INVESTMENT) {
        const auto unit = UnitInHeading(label).value_or(report::v1::MONEY_UNIT_TEN_THOUSAND_YUAN);
        AddOther(cells_.Text(heading_, column), cells_.MoneyAt(row_, column, path, unit));
      } else if (meaning == forms::v1::BASE_COLUMN_RATE || meaning == forms::v1::BASE_COLUMN_STAFF_RATE) {
        AddOther(cells_.Text(heading_, column), cells_.RateAt(row_, column, path, Contains(label, "%")));
      } else {
        AddOther(cells_.Text(heading_, column), cells_.TextAt(row_, column, path));
      }
    }
  }

  // A column that belongs to a merged cell beside it.
  bool IsGap(size_t column) const { return cells_.Text(heading_, column).empty() && cells_.Text(row_, column).empty(); }

  void AddOther(std::string_view label, report::v1::Value value) {
    report::v1::LabelledValue& other = *table_.add_other_values();
    other.set_label(LabelOf(label));
    *other.mutable_value() = std::move(value);
  }

  void StartCosts() {
    heading_ = row_;
    expects_values_ = false;
    cost_columns_ = CostColumns(cells_, row_);
    for (size_t column = 0; column < cost_columns_.size(); ++column) {
      if (const auto unit = UnitInHeading(cells_.Label(row_, column))) table_.set_money_unit(*unit);
    }
    PlaceSideLabel();
  }

  void ReadCost() {
    const std::string label = RemoveBlanks(cells_.Text(row_, 0));
    if (label.empty() || cells_.cell_count(row_) < 2) return;
    CostRow& row = *table_.add_cost_rows();
    row.set_label(std::string(cells_.Text(row_, 0)));
    row.set_item(ItemOf(cells_.Label(row_, 0)));
    cells_.Place(row_, 0);
    for (size_t column = 1; column < cost_columns_.size() && cells_.Has(row_, column); ++column) {
      const std::string path = PathOf(ShortLabel(label), cells_.Label(heading_, column));
      if (cost_columns_[column] != forms::v1::BASE_COLUMN_UNSPECIFIED) cells_.Place(heading_, column);
      switch (cost_columns_[column]) {
        case forms::v1::BASE_COLUMN_PRIOR_FINAL: *row.mutable_prior_final() = Money(column, path); break;
        case forms::v1::BASE_COLUMN_BUDGET: *row.mutable_budget() = Money(column, path); break;
        case forms::v1::BASE_COLUMN_FINAL: *row.mutable_final() = Money(column, path); break;
        default: break;
      }
    }
  }

  report::v1::Value Money(size_t column, const std::string& path) {
    return cells_.MoneyAt(row_, column, path, table_.money_unit());
  }

  // Rows between 项目支出 and 公用经费 are projects, whatever they are called.
  CostItem ItemOf(std::string_view label) {
    const CostItem item = cells_.labels().CostItemOf(label);
    if (item == report::v1::COST_ITEM_PROJECTS) in_projects_ = true;
    if (item == report::v1::COST_ITEM_PUBLIC_FUNDS) in_projects_ = false;
    const bool has_name = label.find_first_not_of("0123456789.") != std::string_view::npos && label.size() > 6;
    if (item == report::v1::COST_ITEM_OTHER && in_projects_ && has_name && !IsEllipsis(label)) {
      return report::v1::COST_ITEM_PROJECT;
    }
    return item;
  }

  // `3、公务接待` to `公务接待`, as a clerk calls the row.
  static std::string_view ShortLabel(std::string_view label) {
    for (const std::string_view sign : {"、", "："}) {
      const size_t at = label.find(sign);
      if (at == std::string_view::npos || at > std::string_view("其中").size()) continue;
      const std::string_view rest = label.substr(at + sign.size());
      if (!rest.empty() && (at <= 2 || label.starts_with("其中"))) label = rest;
    }
    if (label.ends_with("：")) label.remove_suffix(std::string_view("：").size());
    return label;
  }

  TableCells& cells_;
  BaseDataTable& table_;
  size_t row_ = 0;
  size_t heading_ = 0;
  bool expects_values_ = false;
  bool in_projects_ = false;
  void (BaseDataTableReader::*read_values_)() = nullptr;
  std::vector<BaseColumn> cost_columns_;
};

}  // namespace

void ReadBaseDataTable(TableCells& cells, BaseDataTable& table) { BaseDataTableReader(cells, table).Read(); }

}  // namespace jixiao::intake
