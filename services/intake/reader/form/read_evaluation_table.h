// Reads a 绩效自评表, department or project, of any known form.
#ifndef JIXIAO_INTAKE_READER_FORM_READ_EVALUATION_TABLE_H_
#define JIXIAO_INTAKE_READER_FORM_READ_EVALUATION_TABLE_H_

#include <vector>

#include "intake/reader/blocks/document_blocks.h"
#include "intake/reader/form/table_cells.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// Fills `table`, whose kind, title and money unit are set; the unit is refined
// by the table's own headings. `rows` are those of `cells`.
void ReadEvaluationTable(TableCells& cells, std::vector<Row>& rows, report::v1::EvaluationTable& table);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_FORM_READ_EVALUATION_TABLE_H_
