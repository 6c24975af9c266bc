#include "intake/reader/blocks/office_blocks.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "common/base/text.h"
#include "intake/reader/blocks/document_lines.h"
#include "intake/reader/blocks/heading_rows.h"
#include "intake/reader/blocks/signature_line.h"

namespace jixiao::intake {
namespace {

using report::v1::Provenance;

// A row of a grid while it is sorted: cells laid out to the grid's width.
struct GridRow {
  std::vector<Cell> cells;
  std::vector<size_t> filled;  // columns with text
  size_t widest = 0;           // columns of the widest filled cell
  bool is_tied = false;        // a merged cell ties it to the row above
  const OfficeRow* source = nullptr;
};

bool IsCaption(const Cell& cell, const FormLabels& labels) {
  return labels.IsTableCaption(cell.label) || labels.IsAnnexLine(cell.label);
}

bool IsFormRow(const Row& row, const FormLabels& labels) {
  if (IsIndicatorHeading(row, labels) || IsFundHeading(row, labels) || IsTaskHeading(row, labels)) return true;
  return std::any_of(row.cells.begin(), row.cells.end(), [&](const Cell& cell) {
    const forms::v1::BaseColumn base = labels.BaseColumnOf(cell.label);
    return labels.WorkColumnOf(cell.label) == forms::v1::WORK_COLUMN_STANDARD ||
           base == forms::v1::BASE_COLUMN_AUTHORISED_STAFF || base == forms::v1::BASE_COLUMN_PRIOR_FINAL ||
           base == forms::v1::BASE_COLUMN_FINAL;
  });
}

using IsRow = bool (*)(const Row&, const FormLabels&);

bool HasRow(const Block& block, IsRow accepts, const FormLabels& labels) {
  return std::any_of(block.rows.begin(), block.rows.end(), [&](const Row& row) { return accepts(row, labels); });
}

const Row* IndicatorHeading(const Block& block, const FormLabels& labels) {
  const auto found = std::find_if(block.rows.begin(), block.rows.end(),
                                  [&](const Row& row) { return IsIndicatorHeading(row, labels); });
  return found == block.rows.end() ? nullptr : &*found;
}

bool IsTotalRow(const Row& row, const FormLabels& labels) {
  const auto filled =
      std::find_if(row.cells.begin(), row.cells.end(), [](const Cell& cell) { return !cell.text.empty(); });
  return filled != row.cells.end() && Fits(labels.words().totals(), filled->label);
}

bool HasHeadField(const Row& row, const FormLabels& labels) {
  return std::any_of(row.cells.begin(), row.cells.end(), [&](const Cell& cell) {
    const HeadField field = labels.HeadFieldOf(cell.label);
    return field == forms::v1::HEAD_FIELD_UNIT_NAME || field == forms::v1::HEAD_FIELD_PROJECT_NAME;
  });
}

size_t WidthOf(const Block& block) {
  size_t width = 0;
  for (const Row& row : block.rows) width = std::max(width, row.cells.size());
  return width;
}

bool HaveEqualLabels(const Row& one, const Row& other) {
  return std::equal(one.cells.begin(), one.cells.end(), other.cells.begin(), other.cells.end(),
                    [](const Cell& a, const Cell& b) { return a.label == b.label; });
}

// Word cuts a form in two where somebody split it at a page end: the second grid
// repeats the heading of the indicators, or has none.
bool Continues(const Block& table, const Block& first, const FormLabels& labels) {
  const Row* heading = IndicatorHeading(first, labels);
  if (heading == nullptr || HasRow(first, IsTotalRow, labels) || HasRow(table, HasHeadField, labels)) return false;
  if (const Row* repeated = IndicatorHeading(table, labels)) {
    return HaveEqualLabels(*heading, *repeated) && !HasRow(table, IsFundHeading, labels);
  }
  return WidthOf(table) == WidthOf(first) && !HasRow(table, IsFormRow, labels);
}

// Columns without any text are print, not content.
void DropBlankColumns(Block& block) {
  std::vector<bool> is_used(WidthOf(block));
  for (const Row& row : block.rows) {
    for (size_t column = 0; column < row.cells.size(); ++column) {
      is_used[column] = is_used[column] || !row.cells[column].text.empty();
    }
  }
  for (Row& row : block.rows) {
    std::vector<Cell> kept;
    for (size_t column = 0; column < row.cells.size(); ++column) {
      if (is_used[column]) kept.push_back(std::move(row.cells[column]));
    }
    row.cells = std::move(kept);
  }
}

class Splitter {
 public:
  Splitter(const FormLabels& labels, Provenance& provenance, OfficeBlocks& out)
      : labels_(labels), provenance_(provenance), out_(out) {}

  void AddParagraph(std::string_view text, const std::string& place) {
    if (Trim(text).empty()) {
      ++blank_lines_;
      return;
    }
    const int line = LineOf(place);
    for (const SourceLine& part : Clean(text, line)) {
      if (!Trim(part.text).empty()) AddClean(part.text, line);
    }
  }

  void AddGrid(const OfficeGrid& grid) {
    std::vector<GridRow> rows = LayOut(grid);
    for (size_t i = 0; i < rows.size(); ++i) AddRow(grid, rows, i);
    CloseTable();
    // What follows a table or sheet does not continue a sentence before it.
    ++blank_lines_;
  }

 private:
  int LineOf(const std::string& place) {
    if (out_.places.empty() || out_.places.back() != place) out_.places.push_back(place);
    return static_cast<int>(out_.places.size());
  }

  void AddClean(std::string_view text, int line) {
    CloseTable();
    Block& block = out_.blocks.emplace_back();
    block.line = line;
    block.blank_lines_before = std::exchange(blank_lines_, 0);
    block.text = Trim(text);
    block.is_exact = true;
    if (block.text.size() <= kLongestLabelBytes) block.label = LabelOf(block.text);
  }

  // Changes are noted with `line`, not with the line within `text`.
  std::vector<SourceLine> Clean(std::string_view text, int line) {
    const int first = provenance_.changes_size();
    std::vector<SourceLine> lines = CleanLines(text, provenance_);
    for (int i = first; i < provenance_.changes_size(); ++i) provenance_.mutable_changes(i)->set_source_line(line);
    return lines;
  }

  std::string CleanCell(std::string_view text, int line) {
    std::string out;
    for (const SourceLine& part : Clean(text, line)) {
      if (Trim(part.text).empty()) continue;
      if (!out.empty()) out += '\n';
      out += part.text;
    }
    return std::string(Trim(out));
  }

  // Text of a nested table that is no form of its own.
  static void AppendText(const OfficeGrid& grid, std::string& out) {
    for (const OfficeRow& row : grid.rows) {
      out += '\n';
      for (const OfficeCell& cell : row.cells) {
        if (!Trim(cell.text).empty()) out.append(cell.text).append("  ");
        for (const OfficeGrid& nested : cell.nested) AppendText(nested, out);
      }
    }
  }

  bool IsForm(const OfficeGrid& grid) const {
    return std::any_of(grid.rows.begin(), grid.rows.end(), [&](const OfficeRow& source) {
      Row row;
      for (const OfficeCell& cell : source.cells)
        row.cells.emplace_back().label = LabelOf(cell.text.substr(0, kLongestLabelBytes));
      return IsFormRow(row, labels_);
    });
  }

  bool HoldsForm(const OfficeRow& row) const {
    return std::any_of(row.cells.begin(), row.cells.end(), [&](const OfficeCell& cell) {
      return std::any_of(cell.nested.begin(), cell.nested.end(), [&](const OfficeGrid& nested) {
        return IsForm(nested) || std::any_of(nested.rows.begin(), nested.rows.end(),
                                             [&](const OfficeRow& inner) { return HoldsForm(inner); });
      });
    });
  }

  std::vector<GridRow> LayOut(const OfficeGrid& grid) {
    size_t width = 0;
    for (const OfficeRow& row : grid.rows) {
      for (const OfficeCell& cell : row.cells) {
        width = std::max(width, static_cast<size_t>(cell.column + cell.column_count));
      }
    }
    std::vector<GridRow> rows;
    for (const OfficeRow& source : grid.rows) {
      GridRow& row = rows.emplace_back();
      row.source = &source;
      // Cells that a row of a Word table lacks at its end stay absent.
      row.cells.resize(grid.is_sheet || source.cells.empty()
                           ? width
                           : static_cast<size_t>(source.cells.back().column + source.cells.back().column_count));
      if (source.cells.empty()) continue;
      const int first_line = LineOf(source.cells.front().place);
      for (Cell& cell : row.cells) cell.line = first_line;
      for (const OfficeCell& from : source.cells) Fill(from, row);
    }
    return rows;
  }

  void Fill(const OfficeCell& from, GridRow& row) {
    const auto column = static_cast<size_t>(from.column);
    row.is_tied |= from.continues_above;
    std::string text = from.text;
    if (!HoldsForm(*row.source)) {
      for (const OfficeGrid& nested : from.nested) AppendText(nested, text);
    }
    Cell& cell = row.cells[column];
    cell.line = LineOf(from.place);
    cell.text = CleanCell(text, cell.line);
    if (cell.text.size() <= kLongestLabelBytes) cell.label = LabelOf(cell.text);
    if (cell.text.empty()) return;
    row.filled.push_back(column);
    row.widest = std::max(row.widest, static_cast<size_t>(from.column_count));
  }

  void AddRow(const OfficeGrid& grid, std::vector<GridRow>& rows, size_t index) {
    GridRow& row = rows[index];
    if (HoldsForm(*row.source)) return AddHolder(row);
    if (row.filled.empty()) {
      if (!table_.empty()) table_.push_back(std::move(row.cells));
      ++blank_rows_;
      ++blank_lines_;
      return;
    }
    const bool stands_alone = StandsAlone(grid, rows, index);
    blank_rows_ = 0;
    if (!stands_alone) return table_.push_back(std::move(row.cells));
    CloseTable();
    if (IsSignatureRow(row)) return AddClean(Joined(row), row.cells[row.filled.front()].line);
    for (const size_t column : row.filled) AddCellLines(row.cells[column]);
  }

  void AddCellLines(const Cell& cell) {
    std::string_view rest = cell.text;
    while (!rest.empty()) {
      const size_t end = std::min(rest.find('\n'), rest.size());
      if (!Trim(rest.substr(0, end)).empty()) AddClean(rest.substr(0, end), cell.line);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  // A row around whole forms, as page layouts have them.
  void AddHolder(GridRow& row) {
    CloseTable();
    for (const size_t column : row.filled) AddCellLines(row.cells[column]);
    for (const OfficeCell& cell : row.source->cells) {
      for (const OfficeGrid& nested : cell.nested) AddGrid(nested);
    }
  }

  template <typename AnyRow>
  static std::string Joined(const AnyRow& row) {
    std::string text;
    for (const Cell& cell : row.cells) {
      if (cell.text.empty()) continue;
      if (!text.empty()) text += "  ";
      text += ReplaceAll(cell.text, "\n", " ");
    }
    return text;
  }

  // `填表人：` and the name may stand in cells of their own.
  bool IsSignatureRow(const GridRow& row) const { return IsSignatureLine(Joined(row), labels_); }

  bool IsTableRow(const GridRow& row) const { return row.filled.size() > 1 && !IsSignatureRow(row); }

  // True if rows of the same table follow behind `index`.
  bool GoesOn(const std::vector<GridRow>& rows, size_t index) const {
    for (size_t i = index + 1; i < rows.size(); ++i) {
      if (rows[i].filled.size() == 1 && IsCaption(rows[i].cells[rows[i].filled.front()], labels_)) return false;
      if (IsTableRow(rows[i])) return true;
    }
    return false;
  }

  // Captions; and before a table its year and unit.
  bool StandsAboveTable(const Cell& cell) const {
    return IsCaption(cell, labels_) || (table_.empty() && (IsYearLine(cell.label) || UnitLine(cell.label).has_value()));
  }

  // True if the row is a paragraph above, between or below tables.
  bool StandsAlone(const OfficeGrid& grid, const std::vector<GridRow>& rows, size_t index) const {
    const GridRow& row = rows[index];
    if (IsSignatureRow(row)) return table_.empty() || !GoesOn(rows, index);
    if (std::all_of(row.filled.begin(), row.filled.end(), [&](size_t c) { return StandsAboveTable(row.cells[c]); })) {
      return !row.is_tied;
    }
    if (row.filled.size() > 1 || row.is_tied) return false;
    const Cell& cell = row.cells[row.filled.front()];
    if (labels_.IsNote(LabelOf(std::string_view(cell.text).substr(0, 60))))
      return table_.empty() || !GoesOn(rows, index);
    if (!grid.is_sheet) return false;
    if (table_.empty()) return !StartsTable(rows, index);
    // Below a table: whatever is no row of it any more.
    const bool is_wide = row.widest > 1 || cell.text.size() > kLongestLabelBytes;
    return (blank_rows_ > 0 || is_wide) && !GoesOn(rows, index);
  }

  // True if the cell is merged over the rows below: a side label.
  static bool StartsTable(const std::vector<GridRow>& rows, size_t index) {
    return index + 1 < rows.size() && rows[index + 1].is_tied;
  }

  void CloseTable() {
    while (!table_.empty() && IsBlank(table_.back())) table_.pop_back();
    blank_rows_ = 0;
    if (table_.empty()) return;
    Block block;
    block.is_exact = true;
    block.blank_lines_before = std::exchange(blank_lines_, 0);
    for (auto& cells : table_) block.rows.emplace_back().cells = std::move(cells);
    table_.clear();
    block.line = block.rows.front().cells.front().line;
    if (!out_.blocks.empty() && out_.blocks.back().IsTable() && Continues(block, out_.blocks.back(), labels_)) {
      return Join(std::move(block), out_.blocks.back());
    }
    out_.blocks.push_back(std::move(block));
  }

  void Join(Block block, Block& first) {
    report::v1::Change& change = *provenance_.add_changes();
    change.set_kind(report::v1::CHANGE_KIND_TABLES_JOINED);
    change.set_source_line(block.line);
    change.set_before(Shorten(Joined(block.rows.front()), 200));
    std::move(block.rows.begin(), block.rows.end(), std::back_inserter(first.rows));
  }

  static bool IsBlank(const std::vector<Cell>& cells) {
    return std::all_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.text.empty(); });
  }

  const FormLabels& labels_;
  Provenance& provenance_;
  OfficeBlocks& out_;
  std::vector<std::vector<Cell>> table_;  // rows of the open table
  int blank_rows_ = 0;                    // since the last filled row
  int blank_lines_ = 0;
};

}  // namespace

OfficeBlocks SplitOfficeBlocks(const OfficeDocument& document, const FormLabels& labels, Provenance& provenance) {
  OfficeBlocks out;
  Splitter splitter(labels, provenance, out);
  for (const OfficeBlock& block : document.blocks) {
    if (block.grid.rows.empty()) {
      splitter.AddParagraph(block.text, block.place);
    } else {
      splitter.AddGrid(block.grid);
    }
  }
  for (Block& block : out.blocks) {
    if (block.IsTable()) DropBlankColumns(block);
  }
  return out;
}

}  // namespace jixiao::intake
