// First stage of the reader: the document's lines, freed of what converters and
// editors left in them. Every change is listed in the report's provenance.
#ifndef JIXIAO_INTAKE_READER_BLOCKS_DOCUMENT_LINES_H_
#define JIXIAO_INTAKE_READER_BLOCKS_DOCUMENT_LINES_H_

#include <string>
#include <string_view>
#include <vector>

#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// One line of the document. `text` keeps tabs and leading blanks; it holds `\n`
// only where markup inside a cell began a new paragraph.
struct SourceLine {
  int number = 0;  // one-based
  std::string text;
};

// Splits clean UTF-8 at LF, CR or CRLF and removes bookmarks, markup, LaTeX
// residue and invisible characters. Lines never disappear, so numbers stay
// those of the document.
std::vector<SourceLine> CleanLines(std::string_view document, report::v1::Provenance& provenance);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_BLOCKS_DOCUMENT_LINES_H_
