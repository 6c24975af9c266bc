#include "intake/reader/office/read_docx.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "intake/reader/office/docx_numbering.h"
#include "intake/reader/office/docx_text.h"
#include "intake/reader/office/office_properties.h"
#include "intake/reader/office/table_limits.h"
#include "intake/reader/office/xml_part.h"
#include "intake/reader/office/zip_package.h"

namespace jixiao::intake {
namespace {

constexpr int kDeepestTable = 6;
constexpr int kDeepestWrapper = 60;

// Wrappers that stand around paragraphs, rows or cells and mean nothing here.
bool IsWrapper(std::string_view name) {
  return name == "sdt" || name == "sdtContent" || name == "customXml" || name == "ins" || name == "moveTo" ||
         name == "smartTag";
}

class DocxReader {
 public:
  DocxReader(DocxNumbering numbering, OfficeDocument& out)
      : numbering_(std::move(numbering)), out_(out), text_(out.provenance) {}

  absl::Status ReadBody(const pugi::xml_node& body) {
    ReadBlocks(body, 0, out_.blocks, 0, "");
    return status_;
  }

  void ReadNotes(const pugi::xml_node& root, const std::string& kind) {
    for (const pugi::xml_node& note : root.children()) {
      const std::string_view type = Attribute(note, "type");
      if (!type.empty() && type != "normal") continue;
      text_.NoteHidden(DocxText::PlainText(note), kind + "，不作为报告内容登记", kind);
    }
  }

 private:
  // Blocks of the body, a cell or a text box. `place` is empty in the body, where
  // each paragraph has one of its own.
  void ReadBlocks(const pugi::xml_node& parent, int wrappers, std::vector<OfficeBlock>& blocks, int depth,
                  const std::string& place) {
    if (wrappers > kDeepestWrapper) return;
    for (const pugi::xml_node& node : parent.children()) {
      const std::string_view name = LocalName(node);
      if (name == "p") {
        ReadParagraph(node, blocks, depth, place);
      } else if (name == "tbl") {
        ReadTable(node, blocks, depth);
      } else if (name == "AlternateContent") {
        const pugi::xml_node choice = Child(node, "Choice");
        ReadBlocks(choice ? choice : Child(node, "Fallback"), wrappers + 1, blocks, depth, place);
      } else if (IsWrapper(name)) {
        ReadBlocks(node, wrappers + 1, blocks, depth, place);
      } else if (name == "del" || name == "moveFrom") {
        text_.NoteDeleted(DocxText::PlainText(node), place);
      } else if (name == "altChunk") {
        text_.NoteHidden("altChunk", "插入的其他格式文件，没有读取；请把其中的内容直接粘贴到文件里", place);
      }
    }
  }

  void ReadParagraph(const pugi::xml_node& node, std::vector<OfficeBlock>& blocks, int depth,
                     const std::string& outer_place) {
    const std::string place = outer_place.empty() ? fmt::format("正文第{}段", paragraphs_ + 1) : outer_place;
    DocxText::Paragraph paragraph = text_.Read(node, place);
    std::string text = std::exchange(carried_, "") + paragraph.text;
    if (paragraph.joins_next) {
      carried_ = std::move(text);
    } else {
      // An empty paragraph counts too.
      const std::string number = numbering_.NumberFor(Child(node, "pPr"));
      if (!Trim(text).empty()) {
        text.insert(0, number);
        if (outer_place.empty()) ++paragraphs_;
      }
      blocks.emplace_back().text = std::move(text);
      blocks.back().place = place;
    }
    for (const pugi::xml_node& box : paragraph.text_boxes) {
      if (depth < kDeepestTable) ReadBlocks(box, 0, blocks, depth + 1, outer_place);
    }
  }

  void ReadTable(const pugi::xml_node& table, std::vector<OfficeBlock>& blocks, int depth) {
    if (depth >= kDeepestTable) {
      status_.Update(TooComplex("表格嵌套过深"));
      return;
    }
    const int number = ++tables_;
    OfficeBlock block;
    ReadRows(table, 0, number, depth, block.grid);
    if (!block.grid.rows.empty()) blocks.push_back(std::move(block));
  }

  void ReadRows(const pugi::xml_node& parent, int wrappers, int number, int depth, OfficeGrid& grid) {
    if (wrappers > kDeepestWrapper) return;
    for (const pugi::xml_node& node : parent.children()) {
      const std::string_view name = LocalName(node);
      if (name == "tr") {
        ReadRow(node, number, depth, grid);
      } else if (IsWrapper(name)) {
        ReadRows(node, wrappers + 1, number, depth, grid);
      }
    }
  }

  void ReadRow(const pugi::xml_node& node, int number, int depth, OfficeGrid& grid) {
    const std::string place = fmt::format("第{}张表第{}行", number, grid.rows.size() + 1);
    const pugi::xml_node properties = Child(node, "trPr");
    if (Child(properties, "del")) return text_.NoteDeleted(DocxText::PlainText(node), place);
    if (IsOn(Child(properties, "hidden"))) {
      return text_.NoteHidden(DocxText::PlainText(node), "隐藏的行，没有读取；如属报告内容，请取消隐藏", place);
    }
    if (++rows_ > kMostRows) return status_.Update(TooComplex("表格行数过多"));
    OfficeRow& row = grid.rows.emplace_back();
    int column = WholeNumber(Attribute(Child(properties, "gridBefore"), "val")).value_or(0);
    if (column > 0 && column <= kMostColumns) {
      row.cells.emplace_back().column_count = column;
      row.cells.back().place = place;
    }
    ReadCells(node, 0, place, depth, column, row);
  }

  void ReadCells(const pugi::xml_node& parent, int wrappers, const std::string& place, int depth, int& column,
                 OfficeRow& row) {
    if (wrappers > kDeepestWrapper) return;
    for (const pugi::xml_node& node : parent.children()) {
      const std::string_view name = LocalName(node);
      if (name == "tc") {
        ReadCell(node, place, depth, column, row);
      } else if (IsWrapper(name)) {
        ReadCells(node, wrappers + 1, place, depth, column, row);
      }
    }
  }

  void ReadCell(const pugi::xml_node& node, const std::string& place, int depth, int& column, OfficeRow& row) {
    const pugi::xml_node properties = Child(node, "tcPr");
    const int count = std::max(1, WholeNumber(Attribute(Child(properties, "gridSpan"), "val")).value_or(1));
    if (column + count > kMostColumns) return status_.Update(TooComplex("表格列数过多"));
    const pugi::xml_node merged = Child(properties, "vMerge");
    OfficeCell& cell = row.cells.emplace_back();
    cell.column = std::exchange(column, column + count);
    cell.column_count = count;
    cell.place = place;
    cell.continues_above = merged && Attribute(merged, "val") != "restart";
    const pugi::xml_node beside = Child(properties, "hMerge");
    const bool is_covered = cell.continues_above || (beside && Attribute(beside, "val") != "restart");
    if (Child(properties, "cellDel")) return text_.NoteDeleted(DocxText::PlainText(node), place);
    std::vector<OfficeBlock> blocks;
    ReadBlocks(node, 0, blocks, depth + 1, place);
    for (OfficeBlock& block : blocks) {
      if (!block.grid.rows.empty()) {
        cell.nested.push_back(std::move(block.grid));
      } else if (!Trim(block.text).empty()) {
        if (!cell.text.empty()) cell.text += '\n';
        cell.text += block.text;
      }
    }
    if (!is_covered || cell.text.empty()) return;
    text_.NoteHidden(cell.text, "被合并单元格遮住的文字，没有读取；请核对这一格", place);
    cell.text.clear();
  }

  DocxNumbering numbering_;
  OfficeDocument& out_;
  DocxText text_;
  absl::Status status_;
  std::string carried_;  // of a paragraph whose end was deleted
  int paragraphs_ = 0;
  int tables_ = 0;
  size_t rows_ = 0;
};

}  // namespace

absl::StatusOr<OfficeDocument> ReadDocx(std::string_view bytes) {
  JIXIAO_ASSIGN_OR_RETURN(const ZipPackage package, ZipPackage::Open(bytes));
  JIXIAO_ASSIGN_OR_RETURN(const std::string main_part, MainPart(package));
  JIXIAO_ASSIGN_OR_RETURN(const XmlDocument document, ReadXml(package, main_part));
  JIXIAO_ASSIGN_OR_RETURN(DocxNumbering numbering, DocxNumbering::Load(package, main_part));
  OfficeDocument out;
  out.provenance.set_reader("docx/1");
  out.properties = ReadProperties(package);
  DocxReader reader(std::move(numbering), out);
  JIXIAO_RETURN_IF_ERROR(reader.ReadBody(Child(document->document_element(), "body")));
  const std::string folder = main_part.substr(0, main_part.rfind('/') + 1);
  for (const auto& [part, kind] : {std::pair("footnotes.xml", "脚注"), std::pair("endnotes.xml", "尾注")}) {
    if (!package.Has(folder + part)) continue;
    JIXIAO_ASSIGN_OR_RETURN(const XmlDocument notes, ReadXml(package, folder + part));
    reader.ReadNotes(notes->document_element(), kind);
  }
  return out;
}

}  // namespace jixiao::intake
