#include "intake/reader/office/read_xlsx.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "intake/reader/office/office_properties.h"
#include "intake/reader/office/table_limits.h"
#include "intake/reader/office/xlsx_numbers.h"
#include "intake/reader/office/xlsx_workbook.h"
#include "intake/reader/office/xml_part.h"
#include "intake/reader/office/zip_package.h"

namespace jixiao::intake {
namespace {

constexpr size_t kMostSheets = 50;
constexpr size_t kMostMerges = 2'000;

struct Merge {
  CellReference first;
  CellReference last;
};

class SheetReader {
 public:
  SheetReader(const XlsxWorkbook& workbook, const XlsxSheet& sheet, report::v1::Provenance& provenance)
      : workbook_(workbook), sheet_(sheet), provenance_(provenance) {}

  absl::StatusOr<OfficeGrid> Read(const pugi::xml_node& root) {
    ReadHiddenColumns(Child(root, "cols"));
    JIXIAO_RETURN_IF_ERROR(ReadMerges(Child(root, "mergeCells")));
    int next_row = 0;
    for (const pugi::xml_node& row : Child(root, "sheetData").children()) {
      if (LocalName(row) == "row") ReadRow(row, next_row);
    }
    if (rows_.size() > kMostRows) return TooComplex(fmt::format("工作表“{}”行数过多", sheet_.name));
    return Grid();
  }

 private:
  std::string PlaceOf(const CellReference& cell) const {
    return fmt::format("{} · {}", sheet_.name, WriteReference(cell));
  }

  void AddUnread(std::string_view text, std::string_view reason, const CellReference& cell) {
    report::v1::Unread& unread = *provenance_.add_unread();
    unread.set_text(Shorten(Trim(text), 600));
    unread.set_reason(std::string(reason));
    unread.set_place(PlaceOf(cell));
  }

  void ReadHiddenColumns(const pugi::xml_node& columns) {
    for (const pugi::xml_node& node : columns.children()) {
      const std::string_view hidden = Attribute(node, "hidden");
      if (hidden != "1" && hidden != "true") continue;
      const int first = WholeNumber(Attribute(node, "min")).value_or(0);
      const int last = std::min(WholeNumber(Attribute(node, "max")).value_or(0), kMostColumns);
      for (int column = first; column <= last; ++column) hidden_columns_.insert(column - 1);
    }
  }

  absl::Status ReadMerges(const pugi::xml_node& merges) {
    for (const pugi::xml_node& node : merges.children()) {
      const std::string_view area = Attribute(node, "ref");
      const size_t colon = area.find(':');
      if (colon == std::string_view::npos) continue;
      const auto first = ReadReference(area.substr(0, colon));
      const auto last = ReadReference(area.substr(colon + 1));
      if (!first || !last || last->row < first->row || last->column < first->column) continue;
      if (merges_.size() >= kMostMerges) return TooComplex(fmt::format("工作表“{}”合并单元格过多", sheet_.name));
      merges_.push_back({*first, *last});
    }
    return absl::OkStatus();
  }

  void ReadRow(const pugi::xml_node& node, int& next_row) {
    const int row = WholeNumber(Attribute(node, "r")).value_or(next_row + 1) - 1;
    if (row < 0) return;
    next_row = row + 1;
    const std::string_view hidden = Attribute(node, "hidden");
    const bool is_hidden = hidden == "1" || hidden == "true";
    std::string hidden_text;
    int next_column = 0;
    for (const pugi::xml_node& cell : node.children()) {
      if (LocalName(cell) != "c") continue;
      const auto reference = ReadReference(Attribute(cell, "r"));
      const CellReference at{row, reference ? reference->column : next_column};
      next_column = at.column + 1;
      const std::string text = is_hidden ? RawText(cell) : TextOf(cell, at);
      if (Trim(text).empty()) continue;
      if (is_hidden) {
        hidden_text += text + "  ";
      } else if (hidden_columns_.contains(at.column)) {
        AddUnread(text, "隐藏的列，没有读取；如属报告内容，请取消隐藏", at);
      } else if (at.column >= kMostColumns) {
        AddUnread(text, "离表格太远的单元格，没有读取", at);
      } else {
        rows_[row][at.column] = text;
      }
    }
    if (!hidden_text.empty()) AddUnread(hidden_text, "隐藏的行，没有读取；如属报告内容，请取消隐藏", {row, 0});
  }

  std::string RawText(const pugi::xml_node& cell) const {
    const std::string_view type = Attribute(cell, "t");
    if (type == "inlineStr") return RichText(Child(cell, "is"));
    std::string value = WithoutEscapes(Child(cell, "v").text().get());
    if (type != "s") return value;
    const auto index = WholeNumber(value);
    return index && static_cast<size_t>(*index) < workbook_.strings.size()
               ? workbook_.strings[static_cast<size_t>(*index)]
               : std::string();
  }

  std::string TextOf(const pugi::xml_node& cell, const CellReference& at) {
    const std::string_view type = Attribute(cell, "t");
    std::string text = RawText(cell);
    const bool is_formula = static_cast<bool>(Child(cell, "f"));
    if (is_formula && text.empty() && type != "str") {
      AddUnread(std::string("=") + Child(cell, "f").text().get(),
                "公式没有保存计算结果，按空白处理；请用 Excel 或 WPS 打开文件，保存一次后重新提交", at);
    }
    if (type == "e") {
      AddUnread(text, "公式出错，请更正这一格", at);
      return text;
    }
    if (type == "b") return text == "1" ? "TRUE" : "FALSE";
    return type.empty() || type == "n" ? Shown(std::move(text), cell, is_formula, at) : text;
  }

  std::string Shown(std::string stored, const pugi::xml_node& cell, bool is_formula, const CellReference& at) {
    const auto style = static_cast<size_t>(WholeNumber(Attribute(cell, "s")).value_or(0));
    const std::string_view format = style < workbook_.formats.size() ? std::string_view(workbook_.formats[style]) : "";
    ShownNumber shown = ShowNumber(stored, format, is_formula, workbook_.counts_from_1904);
    if (shown.was_rounded) {
      report::v1::Change& change = *provenance_.add_changes();
      change.set_kind(report::v1::CHANGE_KIND_FORMULA_ROUNDED);
      change.set_before(stored);
      change.set_after(shown.text);
      change.set_place(PlaceOf(at));
    }
    if (shown.is_scaled) {
      AddUnread(shown.text, "这一格的格式把数值缩小了显示，系统按实际存储的数值读取，请核对金额单位", at);
    }
    return std::move(shown.text);
  }

  const Merge* MergeAt(int row, int column) const {
    for (const Merge& merge : merges_) {
      if (row >= merge.first.row && row <= merge.last.row && column >= merge.first.column &&
          column <= merge.last.column) {
        return &merge;
      }
    }
    return nullptr;
  }

  // The rows from the first filled to the last, blank ones between them included:
  // they separate. Blank cells are listed too, since a finding may be about one.
  OfficeGrid Grid() {
    OfficeGrid grid;
    grid.is_sheet = true;
    if (rows_.empty()) return grid;
    AddMergedRows();
    int width = 0;
    for (const auto& [row, cells] : rows_) width = std::max(width, cells.rbegin()->first + 1);
    int next = rows_.begin()->first;
    for (const auto& [row, cells] : rows_) {
      // Two blank rows say as much as a thousand.
      for (int blank = 0; next < row && blank < 2; ++next, ++blank) grid.rows.emplace_back();
      next = row + 1;
      OfficeRow& added = grid.rows.emplace_back();
      for (int column = 0; column < width; ++column) {
        const auto filled = cells.find(column);
        AddCell({row, column}, filled == cells.end() ? std::string() : filled->second, added);
      }
    }
    return grid;
  }

  // Rows below a merged cell are tied to it, though nothing may stand in them.
  void AddMergedRows() {
    const int last_row = rows_.rbegin()->first;
    for (const Merge& merge : merges_) {
      const auto first = rows_.find(merge.first.row);
      if (first == rows_.end() || !first->second.contains(merge.first.column)) continue;
      for (int row = merge.first.row + 1; row <= std::min(merge.last.row, last_row); ++row) {
        const auto found = rows_.find(row);
        if (found != rows_.end()) found->second.try_emplace(merge.first.column);
      }
    }
  }

  void AddCell(const CellReference& at, const std::string& text, OfficeRow& added) {
    OfficeCell& cell = added.cells.emplace_back();
    cell.column = at.column;
    cell.place = PlaceOf(at);
    cell.text = text;
    const Merge* merge = MergeAt(at.row, at.column);
    if (merge == nullptr) return;
    const bool is_first = at.row == merge->first.row && at.column == merge->first.column;
    cell.continues_above = at.row > merge->first.row && at.column == merge->first.column;
    if (is_first) cell.column_count = std::min(merge->last.column, kMostColumns - 1) - at.column + 1;
    if (is_first || text.empty()) return;
    AddUnread(text, "被合并单元格遮住的文字，没有读取；请核对这一格", at);
    cell.text.clear();
  }

  const XlsxWorkbook& workbook_;
  const XlsxSheet& sheet_;
  report::v1::Provenance& provenance_;
  std::set<int> hidden_columns_;
  std::vector<Merge> merges_;
  std::map<int, std::map<int, std::string>> rows_;  // filled cells
};

void SkipSheet(const XlsxSheet& sheet, std::string_view reason, report::v1::Provenance& provenance) {
  report::v1::Unread& unread = *provenance.add_unread();
  unread.set_text("工作表“" + Shorten(sheet.name, 40) + "”");
  unread.set_reason(std::string(reason));
  unread.set_place(Shorten(sheet.name, 40));
}

// Text boxes float over the cells and belong to none of them.
absl::Status ReadTextBoxes(const ZipPackage& package, report::v1::Provenance& provenance) {
  for (const std::string& name : package.names()) {
    if (!name.starts_with("xl/drawings/drawing") || !name.ends_with(".xml")) continue;
    JIXIAO_ASSIGN_OR_RETURN(const XmlDocument document, ReadXml(package, name));
    for (const pugi::xpath_node& found : document->select_nodes("//*[local-name()='txBody']")) {
      std::string text;
      for (const pugi::xpath_node& run : found.node().select_nodes(".//*[local-name()='t']"))
        text += run.node().text().get();
      if (Trim(text).empty()) continue;
      report::v1::Unread& unread = *provenance.add_unread();
      unread.set_text(Shorten(Trim(text), 600));
      unread.set_reason("工作表上的文本框，没有读取；如属报告内容，请填到单元格里");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<OfficeDocument> ReadXlsx(std::string_view bytes) {
  JIXIAO_ASSIGN_OR_RETURN(const ZipPackage package, ZipPackage::Open(bytes));
  JIXIAO_ASSIGN_OR_RETURN(const XlsxWorkbook workbook, LoadWorkbook(package));
  if (workbook.sheets.size() > kMostSheets) return TooComplex("工作表过多");
  OfficeDocument out;
  out.provenance.set_reader("xlsx/1");
  out.properties = ReadProperties(package);
  for (const XlsxSheet& sheet : workbook.sheets) {
    if (sheet.is_hidden) {
      SkipSheet(sheet, "隐藏的工作表，没有读取；如属报告内容，请取消隐藏", out.provenance);
      continue;
    }
    if (sheet.part.empty()) {
      SkipSheet(sheet, "工作表的内容缺失，没有读取", out.provenance);
      continue;
    }
    JIXIAO_ASSIGN_OR_RETURN(const XmlDocument document, ReadXml(package, sheet.part));
    JIXIAO_ASSIGN_OR_RETURN(OfficeGrid grid,
                            SheetReader(workbook, sheet, out.provenance).Read(document->document_element()));
    if (!grid.rows.empty()) out.blocks.push_back({.text = {}, .place = {}, .grid = std::move(grid)});
  }
  JIXIAO_RETURN_IF_ERROR(ReadTextBoxes(package, out.provenance));
  return out;
}

}  // namespace jixiao::intake
