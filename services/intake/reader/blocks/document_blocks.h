// Second stage of the reader: cleaned lines become paragraphs and tables.
//
// Tables come in two carriers. Word tables are printed one cell a line: a line
// that starts with a tab begins a cell, following lines continue it, an empty
// line ends the row. Tables from PDF have one row a line, cells between tabs.
#ifndef JIXIAO_INTAKE_READER_BLOCKS_DOCUMENT_BLOCKS_H_
#define JIXIAO_INTAKE_READER_BLOCKS_DOCUMENT_BLOCKS_H_

#include <string>
#include <vector>

#include "intake/reader/blocks/document_lines.h"
#include "intake/reader/labels/form_labels.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// A cell of a table. `text` is trimmed and keeps inner line breaks.
struct Cell {
  std::string text;
  std::string label;  // LabelOf(text); empty for long texts, which are no labels
  int line = 0;       // source line of the first text, or of the cell if blank
  bool is_placed = false;
};

struct Row {
  std::vector<Cell> cells;
};

// A paragraph (no rows) or a table (at least one row).
struct Block {
  int line = 0;
  int blank_lines_before = 0;
  std::string text;   // paragraphs: trimmed
  std::string label;  // paragraphs: LabelOf(text); empty for long texts
  std::vector<Row> rows;
  bool is_exact = false;  // rows are those of an office file, whole and in order

  bool IsTable() const { return !rows.empty(); }
};

// Blank lines are separators and become no block.
std::vector<Block> SplitBlocks(const std::vector<SourceLine>& lines, const FormLabels& labels);

// Joins paragraphs that a page break cut in mid-sentence.
void JoinCutSentences(std::vector<Block>& blocks, const FormLabels& labels, report::v1::Provenance& provenance);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_BLOCKS_DOCUMENT_BLOCKS_H_
