// The money blocks of an evaluation table: budget against execution, and the
// year's main tasks of the Zhengzhou form.
#ifndef JIXIAO_INTAKE_READER_FORM_READ_FUNDS_H_
#define JIXIAO_INTAKE_READER_FORM_READ_FUNDS_H_

#include <string>
#include <vector>

#include "intake/reader/form/table_cells.h"
#include "intake/reader/labels/form_labels.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

class FundsReader {
 public:
  // Keeps the references. `name` opens every address.
  FundsReader(TableCells& cells, std::string name, report::v1::EvaluationTable& table);

  // A heading row sets what the columns of the rows below mean.
  void ReadFundHeading(size_t row);
  void ReadFund(size_t row);
  void ReadTaskHeading(size_t row);
  void ReadTask(size_t row);

 private:
  void PlaceSideLabel(size_t row, size_t column);
  report::v1::Value FundValue(size_t row, size_t column, const std::string& label);
  report::v1::Value TaskMoney(size_t row, size_t column, const std::string& name);
  std::string FundLabel(size_t row, size_t end);

  TableCells& cells_;
  const std::string name_;
  report::v1::EvaluationTable& table_;
  std::vector<FundColumn> fund_columns_;
  std::vector<TaskColumn> task_columns_;
  std::vector<CellKind> kinds_;
  size_t heading_ = 0;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_FORM_READ_FUNDS_H_
