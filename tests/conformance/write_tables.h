// Writes a book into the tables of a report, with the addresses the reader of
// documents would give them.
#ifndef JIXIAO_CONFORMANCE_WRITE_TABLES_H_
#define JIXIAO_CONFORMANCE_WRITE_TABLES_H_

#include <string>
#include <string_view>

#include "conformance/book.h"
#include "conformance/draft.h"

namespace jixiao::conformance {

// How one unit likes to write.
struct Style {
  int decimals = 0;          // at least so many for money
  bool writes_zeros = true;  // `0` rather than a blank for what there is not
  int phrasing = 0;          // picks among sentences
};

// `1576.75` for fen in 万元.
std::string WanYuan(int64_t fen, const Style& style);

// `94.47%`, rounded to 0.01 percentage points. `whole` is positive.
std::string RateText(int64_t part, int64_t whole);

// A cell at its place, kept as a figure where `key` is not empty.
class CellWriter {
 public:
  CellWriter(Draft& draft, report::v1::Part part, int part_index, int table)
      : draft_(draft), part_(part), part_index_(part_index), table_(table) {}

  void At(int row, int column) {
    row_ = row;
    column_ = column;
  }

  // Writes at the current place and moves on by one column.
  void Text(report::v1::Value& value, const std::string& label, const std::string& text);
  void Figure(report::v1::Value& value, const std::string& label, const std::string& text, Scale scale,
              const std::string& key);

 private:
  report::v1::Address Place(const std::string& label);

  Draft& draft_;
  report::v1::Part part_;
  int part_index_;
  int table_;
  int row_ = 0;
  int column_ = 0;
};

void WriteBaseDataTable(const Book& book, const Style& style, Draft& draft);
void WriteWorkSheet(Random& random, Draft& draft);

// The form with 按收入性质分 and 按支出性质分.
void WriteDepartmentTable(const Book& book, const Style& style, Draft& draft);
void WriteProjectTable(const Book& book, const ProjectBook& project, const Style& style, Draft& draft);

// The form with main tasks and parts of the funds as rows of their own.
void WriteTaskTable(const Book& book, const Style& style, Draft& draft);

// Indicator rows from `row` on; returns the row below. `name` begins labels.
int WriteIndicators(const TableBook& table, const std::string& name, bool has_measures, int row, int index,
                    Draft& draft);

// What was to be done and what was done, one line each.
std::string ExpectedGoals(const Book& book, const TableBook& table);
std::string ActualGoals(const Book& book, const TableBook& table);

}  // namespace jixiao::conformance

#endif  // JIXIAO_CONFORMANCE_WRITE_TABLES_H_
