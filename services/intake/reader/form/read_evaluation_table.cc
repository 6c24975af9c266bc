#include "intake/reader/form/read_evaluation_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "common/base/text.h"
#include "intake/reader/blocks/heading_rows.h"
#include "intake/reader/form/read_funds.h"
#include "intake/reader/form/read_indicators.h"

namespace jixiao::intake {
namespace {

using report::v1::EvaluationTable;
using report::v1::FundPart;

// The value of the label in `column`: in office files cells covered by merging
// stand between the two.
std::string_view ValueBehind(const Row& row, size_t column, const FormLabels& labels) {
  for (++column; column < row.cells.size(); ++column) {
    if (labels.HeadFieldOf(row.cells[column].label) != forms::v1::HEAD_FIELD_UNSPECIFIED) break;
    if (!row.cells[column].text.empty()) return row.cells[column].text;
  }
  return "";
}

// `（移动网格平台）`, to tell project tables apart in addresses.
std::string ProjectSuffix(const std::vector<Row>& rows, const FormLabels& labels) {
  for (const Row& row : rows) {
    for (size_t column = 0; column + 1 < row.cells.size(); ++column) {
      if (labels.HeadFieldOf(row.cells[column].label) != forms::v1::HEAD_FIELD_PROJECT_NAME) continue;
      const std::string_view name = ValueBehind(row, column, labels);
      return name.empty() ? "" : fmt::format("（{}）", Shorten(RemoveBlanks(name), 40));
    }
  }
  return "";
}

bool IsProject(const EvaluationTable& table) { return table.kind() == report::v1::REPORT_KIND_PROJECT; }

// How a clerk calls the table, and shorter for its indicators.
std::string NameOf(const EvaluationTable& table, const std::vector<Row>& rows, const FormLabels& labels) {
  return IsProject(table) ? "项目支出绩效自评表" + ProjectSuffix(rows, labels) : "部门整体支出绩效自评表";
}

std::string IndicatorPath(const EvaluationTable& table, const std::vector<Row>& rows, const FormLabels& labels) {
  return IsProject(table) ? "项目自评表" + ProjectSuffix(rows, labels) : "自评表";
}

class EvaluationTableReader {
 public:
  EvaluationTableReader(TableCells& cells, std::vector<Row>& rows, EvaluationTable& table)
      : cells_(cells),
        rows_(rows),
        table_(table),
        labels_(cells.labels()),
        name_(NameOf(table, rows, labels_)),
        funds_(cells, name_, table),
        indicators_(cells, IndicatorPath(table, rows, labels_), table) {}

  void Read() {
    for (row_ = 0; row_ < cells_.row_count(); ++row_) {
      if (!cells_.IsBlankRow(row_)) ReadRow();
    }
    indicators_.Finish();
    cells_.RestUnread("自评表中没有认出的内容");
  }

 private:
  enum class Block { kHead, kFunds, kSplit, kTasks, kGoals, kIndicators };

  void ReadRow() {
    const Row& row = rows_[row_];
    if (IsIndicatorHeading(row, labels_)) {
      block_ = Block::kIndicators;
      return indicators_.ReadHeading(row_);
    }
    if (IsTaskHeading(row, labels_)) {
      block_ = Block::kTasks;
      return funds_.ReadTaskHeading(row_);
    }
    if (IsFundHeading(row, labels_)) {
      block_ = Block::kFunds;
      return funds_.ReadFundHeading(row_);
    }
    if (block_ != Block::kIndicators) {
      if (AnyLabel(words().split_by_source()) || AnyLabel(words().split_by_nature())) return ReadSplitHeading();
      if (AnyLabel(words().expected_goals()) && AnyLabel(words().actual_goals())) return ReadGoalsHeading();
    }
    if (ReadHeadFields() || ReadNote()) return;
    switch (block_) {
      case Block::kFunds: return funds_.ReadFund(row_);
      case Block::kTasks: return funds_.ReadTask(row_);
      case Block::kSplit: return ReadSplit();
      case Block::kGoals: return ReadGoals();
      case Block::kIndicators: return indicators_.ReadRow(row_);
      case Block::kHead: return;
    }
  }

  const forms::v1::FormLabels& words() const { return labels_.words(); }

  bool AnyLabel(const forms::v1::Words& accepted) const {
    const std::vector<Cell>& cells = rows_[row_].cells;
    return std::any_of(cells.begin(), cells.end(), [&](const Cell& cell) { return Fits(accepted, cell.label); });
  }

  // Labels with their value in the next cell. Among the indicators only the
  // first cell can be such a label; elsewhere any cell can.
  bool ReadHeadFields() {
    if (block_ == Block::kFunds || block_ == Block::kTasks || block_ == Block::kSplit) {
      const size_t first = cells_.FirstFilled(row_);
      if (labels_.HeadFieldOf(cells_.Label(row_, first)) == forms::v1::HEAD_FIELD_UNSPECIFIED) return false;
    }
    bool has_any = false;
    for (size_t column = 0; column < cells_.cell_count(row_); ++column) {
      const HeadField field = labels_.HeadFieldOf(cells_.Label(row_, column));
      if (field == forms::v1::HEAD_FIELD_UNSPECIFIED) {
        if (block_ == Block::kIndicators && !cells_.Text(row_, column).empty()) break;
        continue;
      }
      if (block_ == Block::kIndicators && field != forms::v1::HEAD_FIELD_TOTAL_SCORE &&
          field != forms::v1::HEAD_FIELD_GRADE)
        break;
      has_any |= ReadHeadField(field, column);
    }
    return has_any;
  }

  bool ReadHeadField(HeadField field, size_t column) {
    size_t value = column + 1;
    while (value + 1 < cells_.cell_count(row_) && cells_.Text(row_, value).empty() &&
           labels_.HeadFieldOf(cells_.Label(row_, value + 1)) == forms::v1::HEAD_FIELD_UNSPECIFIED) {
      ++value;
    }
    if (!cells_.Has(row_, value)) return false;
    if (cells_.Text(row_, value).empty()) value = column + 1;
    if (labels_.HeadFieldOf(cells_.Label(row_, value)) != forms::v1::HEAD_FIELD_UNSPECIFIED) return false;
    const std::string path = fmt::format("{} · {}", name_, WithoutColon(cells_.Label(row_, column)));
    cells_.Place(row_, column);
    switch (field) {
      case forms::v1::HEAD_FIELD_UNIT_NAME: *table_.mutable_unit_name() = cells_.TextAt(row_, value, path); break;
      case forms::v1::HEAD_FIELD_PROJECT_NAME: *table_.mutable_project_name() = cells_.TextAt(row_, value, path); break;
      case forms::v1::HEAD_FIELD_SUPERVISING_DEPARTMENT:
        *table_.mutable_supervising_department() = cells_.TextAt(row_, value, path);
        break;
      case forms::v1::HEAD_FIELD_TOTAL_SCORE: *table_.mutable_total_score() = cells_.PointsAt(row_, value, path); break;
      case forms::v1::HEAD_FIELD_GRADE: *table_.mutable_grade() = cells_.TextAt(row_, value, path); break;
      case forms::v1::HEAD_FIELD_EXPECTED_GOALS:
        *table_.mutable_expected_goals() = cells_.TextAt(row_, value, path);
        break;
      case forms::v1::HEAD_FIELD_ACTUAL_GOALS: *table_.mutable_actual_goals() = cells_.TextAt(row_, value, path); break;
      case forms::v1::HEAD_FIELD_UNSPECIFIED: break;
    }
    return true;
  }

  bool ReadNote() {
    const size_t column = cells_.FirstFilled(row_);
    if (!labels_.IsNote(LabelOf(cells_.Text(row_, column).substr(0, 60)))) return false;
    table_.add_notes(std::string(cells_.Text(row_, column)));
    cells_.Place(row_, column);
    return true;
  }

  void ReadSplitHeading() {
    block_ = Block::kSplit;
    source_column_.reset();
    nature_column_.reset();
    for (size_t column = 0; column < cells_.cell_count(row_); ++column) {
      const std::string_view label = cells_.Label(row_, column);
      if (Fits(words().split_by_source(), label)) source_column_ = column;
      if (Fits(words().split_by_nature(), label)) nature_column_ = column;
      if (column == source_column_ || column == nature_column_) cells_.Place(row_, column);
    }
  }

  void ReadSplit() {
    if (source_column_) ReadPart(*source_column_, "按收入性质分", *table_.mutable_by_source());
    if (nature_column_) ReadPart(*nature_column_, "按支出性质分", *table_.mutable_by_nature());
  }

  // `其中：基本支出：52.07` in one cell.
  void ReadPart(size_t column, std::string_view split, google::protobuf::RepeatedPtrField<FundPart>& parts) {
    std::string_view text = cells_.Text(row_, column);
    if (text.empty()) return;
    for (const std::string_view prefix : {"其中：", "其中:"}) {
      if (text.starts_with(prefix)) text = Trim(text.substr(prefix.size()));
    }
    const size_t wide = text.rfind("：");
    const size_t narrow = text.rfind(':');
    const size_t colon = wide == std::string_view::npos ? narrow : wide;
    const size_t colon_bytes = colon == wide && wide != std::string_view::npos ? std::string_view("：").size() : 1;
    FundPart& part = *parts.Add();
    part.set_label(RemoveBlanks(text.substr(0, colon)));
    part.set_role(labels_.FundRoleOf(LabelOf(part.label())));
    report::v1::Value& amount = *part.mutable_amount();
    amount.set_as_written(
        std::string(colon == std::string_view::npos ? std::string_view() : Trim(text.substr(colon + colon_bytes))));
    *amount.mutable_address() =
        cells_.AddressOf(row_, column, fmt::format("{} · {} · {}", name_, split, Shorten(part.label(), 40)));
    ReadMoney(table_.money_unit(), amount);
    cells_.Place(row_, column);
  }

  void ReadGoalsHeading() {
    block_ = Block::kGoals;
    goals_heading_ = row_;
    for (size_t column = 0; column < cells_.cell_count(row_); ++column) {
      const std::string_view label = cells_.Label(row_, column);
      const bool is_expected = Fits(words().expected_goals(), label);
      const bool is_actual = Fits(words().actual_goals(), label);
      if (is_expected) expected_column_ = column;
      if (is_actual) actual_column_ = column;
      if (is_expected || is_actual || labels_.IsSideLabel(label)) cells_.Place(row_, column);
    }
  }

  // A further row of goals is no place of its own: it is listed as unread.
  void ReadGoals() {
    // Without the side label's merged cell the row starts one column early.
    const size_t heading_width = cells_.cell_count(goals_heading_);
    const size_t shift = cells_.cell_count(row_) + 1 == heading_width && expected_column_ > 0 ? 1 : 0;
    const size_t expected = expected_column_ - shift;
    const size_t actual = actual_column_ - shift;
    if (!table_.has_expected_goals() && cells_.Has(row_, expected)) {
      *table_.mutable_expected_goals() = cells_.TextAt(row_, expected, name_ + " · 年度总体目标 · 预期目标");
      if (cells_.Has(row_, actual)) {
        *table_.mutable_actual_goals() = cells_.TextAt(row_, actual, name_ + " · 年度总体目标 · 实际完成情况");
      }
    }
  }

  TableCells& cells_;
  std::vector<Row>& rows_;
  EvaluationTable& table_;
  const FormLabels& labels_;
  const std::string name_;
  FundsReader funds_;
  IndicatorsReader indicators_;
  Block block_ = Block::kHead;
  size_t row_ = 0;
  std::optional<size_t> source_column_;
  std::optional<size_t> nature_column_;
  size_t goals_heading_ = 0;
  size_t expected_column_ = 0;
  size_t actual_column_ = 0;
};

}  // namespace

void ReadEvaluationTable(TableCells& cells, std::vector<Row>& rows, EvaluationTable& table) {
  EvaluationTableReader(cells, rows, table).Read();
}

}  // namespace jixiao::intake
