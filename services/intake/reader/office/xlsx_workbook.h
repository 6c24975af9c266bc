// The parts that the sheets of an .xlsx file share.
#ifndef JIXIAO_INTAKE_READER_OFFICE_XLSX_WORKBOOK_H_
#define JIXIAO_INTAKE_READER_OFFICE_XLSX_WORKBOOK_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "intake/reader/office/xml_part.h"
#include "intake/reader/office/zip_package.h"

namespace jixiao::intake {

struct XlsxSheet {
  std::string name;
  std::string part;  // empty if the workbook names a sheet that is not there
  bool is_hidden = false;
};

struct XlsxWorkbook {
  std::vector<XlsxSheet> sheets;
  std::vector<std::string> strings;  // by index, phonetic readings left out
  std::vector<std::string> formats;  // number format by cell style
  bool counts_from_1904 = false;
};

absl::StatusOr<XlsxWorkbook> LoadWorkbook(const ZipPackage& package);

// Without `_x000D_` and the like, which stand for characters that XML cannot hold.
std::string WithoutEscapes(std::string text);

// Text of a shared or inline string.
std::string RichText(const pugi::xml_node& node);

// Zero-based; `F12` is row 11, column 5.
struct CellReference {
  int row = 0;
  int column = 0;
};
std::optional<CellReference> ReadReference(std::string_view text);
std::string WriteReference(const CellReference& cell);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_OFFICE_XLSX_WORKBOOK_H_
