// Turns what an office file holds into blocks: sheets are cut into paragraphs
// and tables, captions inside a table are lifted out of it, merged cells keep
// their place in the grid.
#ifndef JIXIAO_INTAKE_READER_BLOCKS_OFFICE_BLOCKS_H_
#define JIXIAO_INTAKE_READER_BLOCKS_OFFICE_BLOCKS_H_

#include <string>
#include <vector>

#include "intake/reader/blocks/document_blocks.h"
#include "intake/reader/blocks/office_document.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// `blocks` carry numbers of places as their lines: line n stands at
// `places[n - 1]`.
struct OfficeBlocks {
  std::vector<Block> blocks;
  std::vector<std::string> places;
};

// Texts are cleaned as those of the text form are; changes go to `provenance`.
OfficeBlocks SplitOfficeBlocks(const OfficeDocument& document, const FormLabels& labels,
                               report::v1::Provenance& provenance);

// Replaces the line numbers that SplitOfficeBlocks gave by places: behind the
// label of each address, and in unread texts and changes.
void NamePlaces(const std::vector<std::string>& places, report::v1::Report& report);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_BLOCKS_OFFICE_BLOCKS_H_
