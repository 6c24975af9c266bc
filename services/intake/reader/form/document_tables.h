// What the tables of a document are, before any of them is read: their kinds,
// captions and order.
#ifndef JIXIAO_INTAKE_READER_FORM_DOCUMENT_TABLES_H_
#define JIXIAO_INTAKE_READER_FORM_DOCUMENT_TABLES_H_

#include <optional>
#include <string>
#include <vector>

#include "intake/reader/blocks/document_blocks.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

enum class TableKind { kUnknown, kBaseData, kDepartment, kProject, kWorkAssessment };

struct DocumentTable {
  size_t block = 0;  // index of the table's block
  TableKind kind = TableKind::kUnknown;
  std::string title;                                // caption above it; empty if none
  bool is_continued = false;                        // second grid of the table before it
  std::optional<int> evaluation_index;              // evaluation tables: department first
  std::optional<report::v1::MoneyUnit> money_unit;  // from a line above the table
  std::optional<int> year;
};

// What a paragraph is to the table below it.
enum class CaptionRole { kNone, kTitle, kRecognised, kBeside };

struct DocumentTables {
  std::vector<DocumentTable> tables;    // document order
  std::vector<CaptionRole> paragraphs;  // per block
};

DocumentTables FindTables(const std::vector<Block>& blocks, const FormLabels& labels);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_FORM_DOCUMENT_TABLES_H_
