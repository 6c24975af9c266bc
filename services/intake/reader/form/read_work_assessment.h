// Reads a 自评工作考核评分表.
#ifndef JIXIAO_INTAKE_READER_FORM_READ_WORK_ASSESSMENT_H_
#define JIXIAO_INTAKE_READER_FORM_READ_WORK_ASSESSMENT_H_

#include "intake/reader/form/table_cells.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// The printed scoring standards are the form's, not the unit's: they are listed
// as unread.
void ReadWorkAssessment(TableCells& cells, report::v1::WorkAssessmentSheet& sheet);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_FORM_READ_WORK_ASSESSMENT_H_
