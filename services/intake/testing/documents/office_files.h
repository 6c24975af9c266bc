// For tests: .docx and .xlsx files made on the spot, from XML or from the text
// form of a report.
#ifndef JIXIAO_INTAKE_TESTING_DOCUMENTS_OFFICE_FILES_H_
#define JIXIAO_INTAKE_TESTING_DOCUMENTS_OFFICE_FILES_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jixiao::intake::testing {

using ZipParts = std::vector<std::pair<std::string, std::string>>;

// A zip container with `parts` as its entries, in order; names may repeat only if
// the container is patched afterwards.
std::string MakeZip(const ZipParts& parts);

// `body` is the content of <w:body>; `more` are further parts.
std::string MakeDocx(std::string_view body, const ZipParts& more = {});

struct SheetXml {
  std::string name;
  std::string content;  // of <worksheet>
  std::string state = "visible";
};
// `formats` are the number formats of styles 1, 2, …; style 0 is General.
std::string MakeXlsx(const std::vector<SheetXml>& sheets, const std::vector<std::string>& shared_strings = {},
                     const std::vector<std::string>& formats = {}, const ZipParts& more = {});

std::string EscapeXml(std::string_view text);

// Small pieces of Word's language.
std::string WordParagraph(std::string_view text);
// Rows of cells, one column each.
std::string WordTable(const std::vector<std::vector<std::string>>& rows);

// The report in `text` as somebody would have it in Word: cells spread over a
// common grid, side labels merged over their rows. `more` are further parts.
std::string DocxFromText(std::string_view text, const ZipParts& more = {});
// And in Excel: a sheet per table with the paragraphs before it, numbers as
// binary doubles under a format, labels merged.
std::string XlsxFromText(std::string_view text);

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_DOCUMENTS_OFFICE_FILES_H_
