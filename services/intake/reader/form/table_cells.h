// Third stage of the reader, shared by all forms: takes cells out of a table as
// values with addresses, and lists in the end what nobody took.
#ifndef JIXIAO_INTAKE_READER_FORM_TABLE_CELLS_H_
#define JIXIAO_INTAKE_READER_FORM_TABLE_CELLS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/reader/blocks/document_blocks.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// What a column may hold; tells a row that lost a cell from a whole one.
enum class CellKind { kAny, kMoney, kRate, kPoints };

// One table while it is read. Keeps references to all but the numbers.
class TableCells {
 public:
  // `part_index` counts evaluation tables and is absent for other parts.
  TableCells(std::vector<Row>& rows, report::v1::Part part, std::optional<int> part_index, const FormLabels& labels,
             report::v1::Report& report);

  size_t row_count() const { return rows_.size(); }
  size_t cell_count(size_t row) const { return rows_[row].cells.size(); }
  bool Has(size_t row, size_t column) const { return column < rows_[row].cells.size(); }
  // Blank if there is no such cell.
  std::string_view Text(size_t row, size_t column) const;
  std::string_view Label(size_t row, size_t column) const;
  int Line(size_t row, size_t column) const;
  bool IsBlankRow(size_t row) const;
  // Column of the first cell that is not blank; cell_count() if there is none.
  size_t FirstFilled(size_t row) const;

  // The cell as a value under `label`; marks it as placed. A number is set if
  // the text reads as one. All of them: blank cells give blank values.
  report::v1::Value TextAt(size_t row, size_t column, const std::string& label);
  report::v1::Value MoneyAt(size_t row, size_t column, const std::string& label, report::v1::MoneyUnit unit);
  report::v1::Value RateAt(size_t row, size_t column, const std::string& label, bool is_percent_heading);
  report::v1::Value PointsAt(size_t row, size_t column, const std::string& label);
  report::v1::Value CountAt(size_t row, size_t column, const std::string& label);

  report::v1::Address AddressOf(size_t row, size_t column, const std::string& label) const;
  void Place(size_t row, size_t column);
  void PlaceRow(size_t row);

  // Shifts `row` back if it lost leading cells, judged by the kinds of its
  // columns. True, and noted as a change, if it did.
  bool Align(size_t row, const std::vector<CellKind>& kinds);
  // Moves a text that stands one column too early.
  void Move(size_t row, size_t from, size_t to);

  // Lists unplaced text of one row, or of the whole table, and places it.
  void RowUnread(size_t row, std::string_view reason);
  void RestUnread(std::string_view reason);
  // For cells of columns that have a heading but no place in a report.
  void CellUnread(size_t row, size_t column, std::string_view reason);

  const FormLabels& labels() const { return labels_; }
  report::v1::Report& report() { return report_; }

 private:
  std::vector<Row>& rows_;
  report::v1::Part part_;
  std::optional<int> part_index_;
  const FormLabels& labels_;
  report::v1::Report& report_;
};

// Sets the number that `value.as_written` reads as, if it reads as one.
void ReadMoney(report::v1::MoneyUnit unit, report::v1::Value& value);
void ReadRate(bool is_percent_heading, report::v1::Value& value);
void ReadPoints(report::v1::Value& value);
void ReadCount(report::v1::Value& value);

// Joins rows that an empty paragraph inside a cell had cut in pieces: those that
// together are exactly as wide as the heading row above.
void JoinCutRows(std::vector<Row>& rows, const FormLabels& labels);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_FORM_TABLE_CELLS_H_
