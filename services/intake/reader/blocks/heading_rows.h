// Rows of a form that head what follows below them, known by what their labels say.
#ifndef JIXIAO_INTAKE_READER_BLOCKS_HEADING_ROWS_H_
#define JIXIAO_INTAKE_READER_BLOCKS_HEADING_ROWS_H_

#include "intake/reader/blocks/document_blocks.h"
#include "intake/reader/labels/form_labels.h"

namespace jixiao::intake {

bool IsFundHeading(const Row& row, const FormLabels& labels);
bool IsTaskHeading(const Row& row, const FormLabels& labels);
bool IsIndicatorHeading(const Row& row, const FormLabels& labels);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_BLOCKS_HEADING_ROWS_H_
