#include "intake/reader/office/xlsx_workbook.h"

#include <map>
#include <utility>

#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "intake/reader/office/xlsx_numbers.h"

namespace jixiao::intake {
namespace {

absl::Status LoadStrings(const ZipPackage& package, const std::string& part, XlsxWorkbook& workbook) {
  if (!package.Has(part)) return absl::OkStatus();
  JIXIAO_ASSIGN_OR_RETURN(const XmlDocument document, ReadXml(package, part));
  for (const pugi::xml_node& item : document->document_element().children()) {
    if (LocalName(item) == "si") workbook.strings.push_back(RichText(item));
  }
  return absl::OkStatus();
}

absl::Status LoadFormats(const ZipPackage& package, const std::string& part, XlsxWorkbook& workbook) {
  if (!package.Has(part)) return absl::OkStatus();
  JIXIAO_ASSIGN_OR_RETURN(const XmlDocument document, ReadXml(package, part));
  std::map<int, std::string> own;
  for (const pugi::xml_node& format : Child(document->document_element(), "numFmts").children()) {
    const auto id = WholeNumber(Attribute(format, "numFmtId"));
    if (id) own[*id] = Attribute(format, "formatCode");
  }
  for (const pugi::xml_node& style : Child(document->document_element(), "cellXfs").children()) {
    const int id = WholeNumber(Attribute(style, "numFmtId")).value_or(0);
    const auto found = own.find(id);
    workbook.formats.emplace_back(found == own.end() ? std::string(BuiltInFormat(id)) : found->second);
  }
  return absl::OkStatus();
}

}  // namespace

std::string WithoutEscapes(std::string text) {
  for (const std::string_view escape : {"_x000D_", "_x000d_", "_x000A_", "_x0009_"}) {
    if (text.find(escape) != std::string::npos) text = ReplaceAll(text, escape, escape == "_x000A_" ? "\n" : "");
  }
  return text;
}

std::string RichText(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xml_node& child : node.children()) {
    if (LocalName(child) == "t") text += child.text().get();
    if (LocalName(child) == "r") text += Child(child, "t").text().get();
  }
  return WithoutEscapes(std::move(text));
}

std::optional<CellReference> ReadReference(std::string_view text) {
  CellReference cell;
  size_t letters = 0;
  while (letters < text.size() && letters < 4 && text[letters] >= 'A' && text[letters] <= 'Z') {
    cell.column = cell.column * 26 + (text[letters++] - 'A' + 1);
  }
  const auto row = WholeNumber(text.substr(letters));
  if (letters == 0 || letters > 3 || !row || *row < 1) return std::nullopt;
  return CellReference{*row - 1, cell.column - 1};
}

std::string WriteReference(const CellReference& cell) {
  std::string letters;
  for (int column = cell.column + 1; column > 0; column = (column - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  }
  return letters + std::to_string(cell.row + 1);
}

absl::StatusOr<XlsxWorkbook> LoadWorkbook(const ZipPackage& package) {
  JIXIAO_ASSIGN_OR_RETURN(const std::string main_part, MainPart(package));
  JIXIAO_ASSIGN_OR_RETURN(const XmlDocument document, ReadXml(package, main_part));
  JIXIAO_ASSIGN_OR_RETURN(const auto targets, Relationships(package, main_part));
  XlsxWorkbook workbook;
  const pugi::xml_node root = document->document_element();
  const std::string_view base = Attribute(Child(root, "workbookPr"), "date1904");
  workbook.counts_from_1904 = base == "1" || base == "true";
  for (const pugi::xml_node& node : Child(root, "sheets").children()) {
    XlsxSheet& sheet = workbook.sheets.emplace_back();
    sheet.name = Attribute(node, "name");
    const std::string_view state = Attribute(node, "state");
    sheet.is_hidden = state == "hidden" || state == "veryHidden";
    const auto target = targets.find(std::string(Attribute(node, "id")));
    if (target != targets.end() && package.Has(target->second)) sheet.part = target->second;
  }
  const std::string folder = main_part.substr(0, main_part.rfind('/') + 1);
  JIXIAO_RETURN_IF_ERROR(LoadStrings(package, folder + "sharedStrings.xml", workbook));
  JIXIAO_RETURN_IF_ERROR(LoadFormats(package, folder + "styles.xml", workbook));
  return workbook;
}

}  // namespace jixiao::intake
