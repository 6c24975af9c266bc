// What a Word or Excel file holds, freed of its format: adapters make it,
// office_blocks.h turns it into the paragraphs and tables that the text form is
// read with.
#ifndef JIXIAO_INTAKE_READER_BLOCKS_OFFICE_DOCUMENT_H_
#define JIXIAO_INTAKE_READER_BLOCKS_OFFICE_DOCUMENT_H_

#include <string>
#include <vector>

#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

struct OfficeGrid;

// A cell, where it begins. Places that it covers besides are not listed, but
// for the rows below of a vertically merged cell: those `continues_above`.
struct OfficeCell {
  int column = 0;  // zero-based
  int column_count = 1;
  bool continues_above = false;
  std::string text;   // paragraphs with line breaks between
  std::string place;  // in a clerk's words: `自评表 · F12`, `第2张表第14行`
  std::vector<OfficeGrid> nested;
};

struct OfficeRow {
  std::vector<OfficeCell> cells;  // by column
};

// A table of a Word file, or a sheet with all that stands on it.
struct OfficeGrid {
  bool is_sheet = false;
  std::vector<OfficeRow> rows;
};

// A paragraph (no rows) or a grid.
struct OfficeBlock {
  std::string text;
  std::string place;
  OfficeGrid grid;
};

struct OfficeProperty {
  report::v1::FileProperty property;
  std::string value;
};

struct OfficeDocument {
  std::vector<OfficeBlock> blocks;
  std::vector<OfficeProperty> properties;  // filled ones; never kept beyond the reader
  // `reader`, and what was left out or changed while the file was taken apart.
  report::v1::Provenance provenance;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_BLOCKS_OFFICE_DOCUMENT_H_
