// The indicator block of an evaluation table, in any order of columns that the
// headings name.
#ifndef JIXIAO_INTAKE_READER_FORM_READ_INDICATORS_H_
#define JIXIAO_INTAKE_READER_FORM_READ_INDICATORS_H_

#include <string>
#include <vector>

#include "intake/reader/form/table_cells.h"
#include "intake/reader/labels/form_labels.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

class IndicatorsReader {
 public:
  // Keeps the references. `name` opens every address.
  IndicatorsReader(TableCells& cells, std::string name, report::v1::EvaluationTable& table);

  void ReadHeading(size_t row);
  // A row of the block: an indicator, a blank form row or the sum.
  void ReadRow(size_t row);
  // Call after the last row.
  void Finish();

 private:
  // Column of `role`; the number of columns if the heading has none.
  size_t ColumnOf(IndicatorColumn role) const;
  bool IsPlaceHolder(size_t row) const;
  void TakeLevels(size_t row);
  void AddLevelHeader(size_t row, size_t column, const std::string& level1, const std::string& points);
  void ReadIndicator(size_t row);
  void ReadCore(size_t row, size_t column, report::v1::IndicatorRow& indicator);
  void ReadTotal(size_t row, size_t label_column);
  std::string NextLevel1(size_t row);
  std::string Path(size_t row, std::string_view column) const;

  TableCells& cells_;
  const std::string name_;
  report::v1::EvaluationTable& table_;
  std::vector<IndicatorColumn> columns_;
  std::vector<CellKind> kinds_;
  size_t heading_ = 0;
  size_t next_level1_row_ = 0;  // row of the last answer of NextLevel1
  std::string next_level1_;
  std::string level1_;  // carried down merged cells
  std::string level2_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_FORM_READ_INDICATORS_H_
