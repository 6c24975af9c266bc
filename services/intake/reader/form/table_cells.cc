#include "intake/reader/form/table_cells.h"

#include <algorithm>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "intake/reader/blocks/unread.h"

namespace jixiao::intake {
namespace {

using report::v1::Address;
using report::v1::MoneyUnit;
using report::v1::Value;

int ScaleOf(MoneyUnit unit) {
  switch (unit) {
    case report::v1::MONEY_UNIT_YUAN: return 2;
    case report::v1::MONEY_UNIT_HUNDRED_MILLION_YUAN: return 10;
    default: return 6;
  }
}

// Numbers are mostly plain; only the others are folded.
std::string FoldedNumber(const std::string& text) {
  const bool is_ascii =
      std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return is_ascii ? std::string(Trim(text)) : FoldWidth(Trim(text));
}

bool CutSuffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text = Trim(text.substr(0, text.size() - suffix.size()));
  return true;
}

std::optional<int64_t> Scaled(std::string_view text, int scale, int64_t limit) {
  const auto number = ParseDecimal(text);
  const auto scaled = number ? Rescale(*number, scale) : std::nullopt;
  return scaled && *scaled >= -limit && *scaled <= limit ? scaled : std::nullopt;
}

bool IsNumber(std::string_view label) { return ParseDecimal(label).has_value(); }

// 1 if `label` may stand in a column of `kind`, -1 if not, 0 if that says nothing.
int Fit(CellKind kind, std::string_view label) {
  if (label.empty() || kind == CellKind::kAny) return 0;
  const bool has_percent = label.ends_with('%');
  if (kind == CellKind::kRate) return has_percent || IsNumber(label) ? 1 : -1;
  if (kind == CellKind::kPoints && label == "无") return 1;
  return IsNumber(label) ? 1 : -1;
}

int CountFits(const std::vector<Cell>& cells, const std::vector<CellKind>& kinds, size_t shift) {
  int fits = 0;
  for (size_t column = shift; column < kinds.size() && column - shift < cells.size(); ++column) {
    const Cell& cell = cells[column - shift];
    // A text too long for a label is certainly no number.
    fits += cell.label.empty() && !cell.text.empty() ? (kinds[column] == CellKind::kAny ? 0 : -1)
                                                     : Fit(kinds[column], cell.label);
  }
  return fits;
}

// Cells that a shift pushes out at the end have to be blank.
bool MayShift(const std::vector<Cell>& cells, size_t width, size_t shift) {
  for (size_t column = width > shift ? width - shift : 0; column < cells.size(); ++column) {
    if (!cells[column].text.empty()) return false;
  }
  return true;
}

std::string RowStart(const std::vector<Cell>& cells) {
  std::string start;
  for (size_t column = 0; column < cells.size() && column < 4; ++column) {
    if (column > 0) start += " | ";
    start += Shorten(cells[column].text, 20);
  }
  return start;
}

}  // namespace

void ReadMoney(MoneyUnit unit, Value& value) {
  const std::string folded = FoldedNumber(value.as_written());
  std::string_view text = folded;
  if (CutSuffix(text, "亿元")) {
    unit = report::v1::MONEY_UNIT_HUNDRED_MILLION_YUAN;
  } else if (CutSuffix(text, "万元")) {
    unit = report::v1::MONEY_UNIT_TEN_THOUSAND_YUAN;
  } else if (CutSuffix(text, "元")) {
    unit = report::v1::MONEY_UNIT_YUAN;
  }
  constexpr int64_t kLimit = 1'000'000'000'000'000;
  if (const auto amount = Scaled(text, ScaleOf(unit), kLimit)) value.set_amount_fen(*amount);
}

void ReadRate(bool is_percent_heading, Value& value) {
  const std::string folded = FoldedNumber(value.as_written());
  std::string_view text = folded;
  const bool is_percent = CutSuffix(text, "%") || CutSuffix(text, "百分比");
  // A bare number may be a percentage or a fraction; only the heading can tell.
  if (!is_percent && !is_percent_heading) return;
  if (const auto rate = Scaled(text, 4, 1'000'000'000'000)) value.set_rate_ppm(*rate);
}

void ReadPoints(Value& value) {
  const std::string folded = FoldedNumber(value.as_written());
  std::string_view text = folded;
  CutSuffix(text, "分");
  if (const auto points = Scaled(text, 3, 1'000'000'000)) value.set_points_milli(*points);
}

void ReadCount(Value& value) {
  const std::string folded = FoldedNumber(value.as_written());
  std::string_view text = folded;
  CutSuffix(text, "人");
  if (const auto count = Scaled(text, 3, 1'000'000'000'000'000)) value.set_count_milli(*count);
}

TableCells::TableCells(std::vector<Row>& rows, report::v1::Part part, std::optional<int> part_index,
                       const FormLabels& labels, report::v1::Report& report)
    : rows_(rows), part_(part), part_index_(part_index), labels_(labels), report_(report) {}

std::string_view TableCells::Text(size_t row, size_t column) const {
  return Has(row, column) ? std::string_view(rows_[row].cells[column].text) : std::string_view();
}

std::string_view TableCells::Label(size_t row, size_t column) const {
  return Has(row, column) ? std::string_view(rows_[row].cells[column].label) : std::string_view();
}

int TableCells::Line(size_t row, size_t column) const { return Has(row, column) ? rows_[row].cells[column].line : 0; }

bool TableCells::IsBlankRow(size_t row) const { return FirstFilled(row) == cell_count(row); }

size_t TableCells::FirstFilled(size_t row) const {
  size_t column = 0;
  while (column < cell_count(row) && Text(row, column).empty()) ++column;
  return column;
}

Address TableCells::AddressOf(size_t row, size_t column, const std::string& label) const {
  constexpr int64_t kLongestLabel = 199;
  Address address;
  address.set_label(label.size() > kLongestLabel ? Shorten(label, kLongestLabel) : label);
  address.set_part(part_);
  if (part_index_) address.set_part_index(*part_index_);
  address.set_row_index(static_cast<int>(row));
  address.set_column_index(static_cast<int>(column));
  if (Line(row, column) > 0) address.set_source_line(Line(row, column));
  return address;
}

Value TableCells::TextAt(size_t row, size_t column, const std::string& label) {
  Value value;
  value.set_as_written(std::string(Text(row, column)));
  *value.mutable_address() = AddressOf(row, column, label);
  Place(row, column);
  return value;
}

Value TableCells::MoneyAt(size_t row, size_t column, const std::string& label, MoneyUnit unit) {
  Value value = TextAt(row, column, label);
  ReadMoney(unit, value);
  return value;
}

Value TableCells::RateAt(size_t row, size_t column, const std::string& label, bool is_percent_heading) {
  Value value = TextAt(row, column, label);
  ReadRate(is_percent_heading, value);
  return value;
}

Value TableCells::PointsAt(size_t row, size_t column, const std::string& label) {
  Value value = TextAt(row, column, label);
  ReadPoints(value);
  return value;
}

Value TableCells::CountAt(size_t row, size_t column, const std::string& label) {
  Value value = TextAt(row, column, label);
  ReadCount(value);
  return value;
}

void TableCells::Place(size_t row, size_t column) {
  if (Has(row, column)) rows_[row].cells[column].is_placed = true;
}

void TableCells::PlaceRow(size_t row) {
  for (Cell& cell : rows_[row].cells) cell.is_placed = true;
}

bool TableCells::Align(size_t row, const std::vector<CellKind>& kinds) {
  std::vector<Cell>& cells = rows_[row].cells;
  const int fits = CountFits(cells, kinds, 0);
  const size_t missing = cells.size() < kinds.size() ? kinds.size() - cells.size() : 0;
  size_t best = 0;
  int best_fits = std::max(fits, 1);
  for (size_t shift = 1; shift <= std::max<size_t>(missing, 1) && shift < kinds.size(); ++shift) {
    const int shifted_fits = MayShift(cells, kinds.size(), shift) ? CountFits(cells, kinds, shift) : 0;
    if (shifted_fits <= best_fits) continue;
    best = shift;
    best_fits = shifted_fits;
  }
  if (best == 0) return false;
  report::v1::Change& change = *report_.mutable_provenance()->add_changes();
  change.set_kind(report::v1::CHANGE_KIND_ROW_ALIGNED);
  change.set_source_line(cells.front().line);
  change.set_before(RowStart(cells));
  Cell blank;
  blank.line = cells.front().line;
  cells.insert(cells.begin(), best, blank);
  if (cells.size() > kinds.size()) cells.resize(kinds.size());
  change.set_after(RowStart(cells));
  return true;
}

void TableCells::Move(size_t row, size_t from, size_t to) {
  if (Has(row, from) && Has(row, to)) std::swap(rows_[row].cells[from], rows_[row].cells[to]);
}

void TableCells::CellUnread(size_t row, size_t column, std::string_view reason) {
  if (!Has(row, column)) return;
  Cell& cell = rows_[row].cells[column];
  if (!cell.is_placed) AddUnread(cell.text, reason, cell.line, *report_.mutable_provenance());
  cell.is_placed = true;
}

void TableCells::RowUnread(size_t row, std::string_view reason) {
  for (size_t column = 0; column < cell_count(row); ++column) CellUnread(row, column, reason);
}

void TableCells::RestUnread(std::string_view reason) {
  for (size_t row = 0; row < row_count(); ++row) RowUnread(row, reason);
}

namespace {

// True if `cell` heads what stands below it.
bool HeadsBlock(const Cell& cell, const FormLabels& labels) {
  switch (labels.BaseColumnOf(cell.label)) {
    case forms::v1::BASE_COLUMN_AUTHORISED_STAFF:
    case forms::v1::BASE_COLUMN_PRIOR_FINAL:
    case forms::v1::BASE_COLUMN_FINAL:
    case forms::v1::BASE_COLUMN_APPROVED_SIZE: return true;
    default: break;
  }
  return labels.IndicatorColumnOf(cell.label) == forms::v1::INDICATOR_COLUMN_LEVEL2 ||
         labels.TaskColumnOf(cell.label) == forms::v1::TASK_COLUMN_NAME ||
         labels.FundColumnOf(cell.label) == forms::v1::FUND_COLUMN_EXECUTED ||
         Fits(labels.words().expected_goals(), cell.label);
}

}  // namespace

void JoinCutRows(std::vector<Row>& rows, const FormLabels& labels) {
  // Width of the block: that of the last heading row. Rows narrower than that
  // are joined only if they fill it exactly.
  size_t width = 0;
  constexpr size_t kMostPieces = 4;
  std::vector<Row> joined;
  joined.reserve(rows.size());
  const auto is_heading = [&](const Row& row) {
    return std::any_of(row.cells.begin(), row.cells.end(), [&](const Cell& cell) { return HeadsBlock(cell, labels); });
  };
  for (size_t i = 0; i < rows.size();) {
    size_t count = 1;
    const bool next_is_heading = i + 1 < rows.size() && is_heading(rows[i + 1]);
    if (next_is_heading && rows[i].cells.size() == 1 && labels.IsSideLabel(rows[i].cells[0].label)) {
      count = 2;
    } else if (rows[i].cells.size() < width && !is_heading(rows[i])) {
      size_t cells = rows[i].cells.size();
      size_t end = i + 1;
      while (end < rows.size() && end - i < kMostPieces && cells < width && !is_heading(rows[end]))
        cells += rows[end++].cells.size();
      if (cells == width) count = end - i;
    }
    Row row = std::move(rows[i]);
    for (size_t k = 1; k < count; ++k) {
      std::move(rows[i + k].cells.begin(), rows[i + k].cells.end(), std::back_inserter(row.cells));
    }
    if (is_heading(row)) width = row.cells.size();
    joined.push_back(std::move(row));
    i += count;
  }
  rows = std::move(joined);
}

}  // namespace jixiao::intake
