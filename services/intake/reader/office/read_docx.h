// Takes a .docx file apart: paragraphs and tables in the order of the page.
#ifndef JIXIAO_INTAKE_READER_OFFICE_READ_DOCX_H_
#define JIXIAO_INTAKE_READER_OFFICE_READ_DOCX_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "intake/reader/blocks/office_document.h"

namespace jixiao::intake {

// INVALID_ARGUMENT, with advice in Chinese, for files that are damaged, hostile
// or beyond the limits (2,000 rows, 100 columns, tables 6 deep).
absl::StatusOr<OfficeDocument> ReadDocx(std::string_view bytes);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_OFFICE_READ_DOCX_H_
