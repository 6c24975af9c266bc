// A table on a terminal, columns aligned although Chinese is twice as wide.
#ifndef JIXIAO_TOOLS_JIXIAO_PRINT_TABLE_H_
#define JIXIAO_TOOLS_JIXIAO_PRINT_TABLE_H_

#include <string>
#include <vector>

#include "print/terminal_text.h"

namespace jixiao::cli {

class Table {
 public:
  enum class Align { kLeft, kRight };

  // A column and its widest width; longer cells are cut.
  struct Column {
    std::string title;
    Align align = Align::kLeft;
    int max_width = 60;
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // `cells`, one per column, are plain text; they are made safe here.
  void AddRow(const std::vector<std::string>& cells);

  // Lines under the last row, printed as they are, for example its trace.
  void AddNote(std::string lines);

  // Every line led by `indent` blanks and ended by a line feed.
  std::string Print(const Style& style, int indent) const;

 private:
  struct Row {
    std::vector<std::string> cells;
    std::string note;
  };

  std::string Line(const std::vector<std::string>& cells, const std::vector<int>& widths) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_PRINT_TABLE_H_
