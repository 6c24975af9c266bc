// Tells what a document is that cannot be read as a self-evaluation report, and
// what to file instead.
#ifndef JIXIAO_INTAKE_READER_FORM_WRONG_DOCUMENT_H_
#define JIXIAO_INTAKE_READER_FORM_WRONG_DOCUMENT_H_

#include <optional>
#include <string>
#include <vector>

#include "intake/reader/blocks/document_blocks.h"
#include "intake/reader/form/document_tables.h"

namespace jixiao::intake {

// Why a document is refused.
struct WrongDocument {
  // NO_EVALUATION_TABLE: a report without its table. WRONG_FORM: another
  // document. OLD_FORM: a table of an older version.
  std::string reason;
  // For the clerk: what it is and what to file.
  std::string message;
};

// Empty if the document has an evaluation table that can be read as one.
std::optional<WrongDocument> FindWrongDocument(const std::vector<Block>& blocks, const DocumentTables& found,
                                               const FormLabels& labels);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_FORM_WRONG_DOCUMENT_H_
