#include "print/table.h"

#include <algorithm>

namespace jixiao::cli {

void Table::AddRow(const std::vector<std::string>& cells) {
  Row row;
  for (size_t i = 0; i < columns_.size(); ++i) {
    row.cells.push_back(i < cells.size() ? CutToWidth(SafeText(cells[i]), columns_[i].max_width) : "");
  }
  rows_.push_back(std::move(row));
}

void Table::AddNote(std::string lines) { rows_.back().note = std::move(lines); }

std::string Table::Line(const std::vector<std::string>& cells, const std::vector<int>& widths) const {
  std::string line;
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (i > 0) line += "  ";
    line += columns_[i].align == Align::kLeft ? PadRight(cells[i], widths[i]) : PadLeft(cells[i], widths[i]);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string Table::Print(const Style& style, int indent) const {
  std::vector<std::string> titles;
  std::vector<int> widths;
  for (size_t i = 0; i < columns_.size(); ++i) {
    titles.push_back(columns_[i].title);
    int width = DisplayWidth(columns_[i].title);
    for (const Row& row : rows_) width = std::max(width, DisplayWidth(row.cells[i]));
    widths.push_back(width);
  }
  const std::string margin(indent, ' ');
  std::string out = margin + Faint(style, Line(titles, widths)) + "\n";
  for (const Row& row : rows_) out += margin + Line(row.cells, widths) + "\n" + row.note;
  return out;
}

}  // namespace jixiao::cli
