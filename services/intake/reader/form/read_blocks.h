// Last stage of the reader, shared by all kinds of documents: paragraphs and
// tables become a Report.
#ifndef JIXIAO_INTAKE_READER_FORM_READ_BLOCKS_H_
#define JIXIAO_INTAKE_READER_FORM_READ_BLOCKS_H_

#include <vector>

#include "absl/status/status.h"
#include "intake/reader/blocks/document_blocks.h"
#include "intake/reader/labels/reader_data.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// Fills `report`, whose provenance may already hold what earlier stages noted.
// INVALID_ARGUMENT if there is no evaluation table among the blocks; everything
// else that cannot be placed is listed in `provenance.unread`.
absl::Status ReadBlocks(std::vector<Block> blocks, const ReaderData& data, report::v1::Report& report);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_FORM_READ_BLOCKS_H_
