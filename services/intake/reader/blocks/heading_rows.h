// Rows of a form that head what follows below them, known by what their labels say.
#ifndef JIXIAO_INTAKE_READER_BLOCKS_HEADING_ROWS_H_
#define JIXIAO_INTAKE_READER_BLOCKS_HEADING_ROWS_H_

#include "intake/reader/blocks/document_blocks.h"

namespace jixiao::intake {

bool IsFundHeading(const Row& row);
bool IsTaskHeading(const Row& row);
bool IsIndicatorHeading(const Row& row);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_BLOCKS_HEADING_ROWS_H_
