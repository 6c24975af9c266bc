// Takes an .xlsx file apart: the filled cells of its visible sheets.
#ifndef JIXIAO_INTAKE_READER_OFFICE_READ_XLSX_H_
#define JIXIAO_INTAKE_READER_OFFICE_READ_XLSX_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "intake/reader/blocks/office_document.h"

namespace jixiao::intake {

// Hidden sheets, rows and columns are listed as unread: nobody reviews what
// nobody sees. INVALID_ARGUMENT, with advice in Chinese, for files that are
// damaged, hostile or beyond the limits (2,000 filled rows and 100 columns a
// sheet, 50 sheets).
absl::StatusOr<OfficeDocument> ReadXlsx(std::string_view bytes);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_OFFICE_READ_XLSX_H_
