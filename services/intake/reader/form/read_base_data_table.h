// Reads a 基础数据表.
#ifndef JIXIAO_INTAKE_READER_FORM_READ_BASE_DATA_TABLE_H_
#define JIXIAO_INTAKE_READER_FORM_READ_BASE_DATA_TABLE_H_

#include "intake/reader/form/table_cells.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

void ReadBaseDataTable(TableCells& cells, report::v1::BaseDataTable& table);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_FORM_READ_BASE_DATA_TABLE_H_
