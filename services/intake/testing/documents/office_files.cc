#include "intake/testing/documents/office_files.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "common/base/log.h"
#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "intake/reader/blocks/document_blocks.h"
#include "intake/reader/blocks/document_lines.h"
#include "intake/reader/form/table_cells.h"
#include "intake/testing/documents/shipped_reader_data.h"

namespace jixiao::intake::testing {
namespace {

constexpr std::string_view kXml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view kWord = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr std::string_view kSheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view kPackage = "http://schemas.openxmlformats.org/package/2006/";

std::string Types(const std::vector<std::pair<std::string, std::string>>& overrides) {
  std::string out(kXml);
  out += fmt::format(
      "<Types xmlns=\"{}content-types\"><Default Extension=\"rels\" "
      "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
      "ContentType=\"application/xml\"/>",
      kPackage);
  for (const auto& [part, type] : overrides) {
    out +=
        fmt::format("<Override PartName=\"/{}\" ContentType=\"application/vnd.openxmlformats-officedocument.{}+xml\"/>",
                    part, type);
  }
  return out + "</Types>";
}

std::string Relation(std::string_view id, std::string_view type, std::string_view target) {
  return fmt::format("<Relationship Id=\"{}\" Type=\"{}/{}\" Target=\"{}\"/>", id, kRelations, type, target);
}

std::string RelationsPart(std::string_view relations) {
  return fmt::format("{}<Relationships xmlns=\"{}relationships\">{}</Relationships>", kXml, kPackage, relations);
}

// The text form as blocks, rows made whole.
struct TextBlocks {
  std::vector<Block> blocks;
  bool is_tab_led = false;
};

TextBlocks BlocksOf(std::string_view text) {
  report::v1::Provenance ignored;
  const std::vector<SourceLine> lines = CleanLines(text, ignored);
  TextBlocks out;
  out.blocks = SplitBlocks(lines, ShippedReaderData().labels);
  int cells = 0;
  int rows = 0;
  for (const SourceLine& line : lines) {
    const auto tabs = std::count(line.text.begin(), line.text.end(), '\t');
    cells += tabs == 1 && line.text.front() == '\t';
    rows += tabs >= 2;
  }
  out.is_tab_led = cells > rows;
  for (Block& block : out.blocks) {
    if (block.IsTable()) JoinCutRows(block.rows, ShippedReaderData().labels);
  }
  return out;
}

// Where the cells of a table stand in a common grid.
class Layout {
 public:
  Layout(const Block& table, bool is_tab_led) : table_(table), is_tab_led_(is_tab_led && !IsAssessment(table)) {
    constexpr size_t kGrid = 24;
    width_ = kGrid;
    for (const Row& row : table.rows) width_ = std::max(width_, row.cells.size());
  }

  // First column of cell `cell` of a row of `count`; the cells of tab-separated
  // rows stand in columns of their own.
  size_t Start(size_t cell, size_t count) const { return is_tab_led_ ? cell * width_ / count : cell; }

  // The text form lost the last cells of this sheet's rows.
  static bool IsAssessment(const Block& table) {
    return std::any_of(table.rows.begin(), table.rows.end(), [](const Row& row) {
      return std::any_of(row.cells.begin(), row.cells.end(), [](const Cell& cell) { return cell.label == "评分标准"; });
    });
  }

  // A side label is merged down over the blank cells below it.
  bool Continues(size_t row, size_t cell) const {
    if (row == 0 || cell > 2 || !table_.rows[row].cells[cell].text.empty()) return false;
    const auto& above = table_.rows[row - 1].cells;
    if (above.size() != table_.rows[row].cells.size()) return false;
    return !above[cell].text.empty() || Continues(row - 1, cell);
  }

  bool Restarts(size_t row, size_t cell) const {
    return row + 1 < table_.rows.size() && cell < table_.rows[row + 1].cells.size() && !Continues(row, cell) &&
           Continues(row + 1, cell);
  }

  size_t LastRow(size_t row, size_t cell) const {
    while (row + 1 < table_.rows.size() && cell < table_.rows[row + 1].cells.size() && Continues(row + 1, cell)) ++row;
    return row;
  }

 private:
  const Block& table_;
  bool is_tab_led_;
  size_t width_;
};

std::string WordCell(const Cell& cell, size_t span, bool restarts, bool continues) {
  std::string out = fmt::format("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>", span * 400);
  if (span > 1) out += fmt::format("<w:gridSpan w:val=\"{}\"/>", span);
  if (restarts) out += "<w:vMerge w:val=\"restart\"/>";
  if (continues) out += "<w:vMerge/>";
  out += "</w:tcPr>";
  std::string_view rest = cell.text;
  do {
    const size_t end = std::min(rest.find('\n'), rest.size());
    out += WordParagraph(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  } while (!rest.empty());
  return out + "</w:tc>";
}

std::string WordTableOf(const Block& table, bool is_tab_led) {
  const Layout layout(table, is_tab_led);
  std::string out = "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid>";
  for (int i = 0; i < 24; ++i) out += "<w:gridCol w:w=\"400\"/>";
  out += "</w:tblGrid>";
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const auto& cells = table.rows[row].cells;
    out += "<w:tr>";
    for (size_t i = 0; i < cells.size(); ++i) {
      const size_t span = layout.Start(i + 1, cells.size()) - layout.Start(i, cells.size());
      out += WordCell(cells[i], span, layout.Restarts(row, i), layout.Continues(row, i));
    }
    out += "</w:tr>";
  }
  return out + "</w:tbl>";
}

std::string Reference(size_t row, size_t column) {
  std::string letters;
  for (size_t n = column + 1; n > 0; n = (n - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (n - 1) % 26));
  return letters + std::to_string(row + 1);
}

// Builds one sheet after the other.
class WorkbookWriter {
 public:
  void AddParagraph(const Block& block) {
    if (block.blank_lines_before > 0 && row_ > 0) ++row_;
    rows_ += fmt::format("<row r=\"{}\">{}</row>", row_ + 1, TextCell(0, block.text));
    ++row_;
  }

  void AddTable(const Block& table, bool is_tab_led) {
    const Layout layout(table, is_tab_led);
    for (size_t r = 0; r < table.rows.size(); ++r, ++row_) {
      const auto& cells = table.rows[r].cells;
      rows_ += fmt::format("<row r=\"{}\">", row_ + 1);
      for (size_t i = 0; i < cells.size(); ++i) {
        const size_t column = layout.Start(i, cells.size());
        rows_ += CellOf(column, cells[i].text);
        const size_t last_column = layout.Start(i + 1, cells.size()) - 1;
        const size_t last_row = row_ + layout.LastRow(r, i) - r;
        if (layout.Continues(r, i) || (last_column == column && last_row == row_)) continue;
        merges_ += fmt::format("<mergeCell ref=\"{}:{}\"/>", Reference(row_, column), Reference(last_row, last_column));
      }
      rows_ += "</row>";
    }
    CloseSheet();
  }

  void CloseSheet() {
    if (rows_.empty()) return;
    std::string content = "<sheetData>" + rows_ + "</sheetData>";
    if (!merges_.empty()) content += "<mergeCells>" + merges_ + "</mergeCells>";
    sheets_.push_back({fmt::format("表{}", sheets_.size() + 1), content});
    rows_.clear();
    merges_.clear();
    row_ = 0;
  }

  std::string Finish() {
    CloseSheet();
    return MakeXlsx(sheets_, strings_, formats_);
  }

 private:
  std::string TextCell(size_t column, const std::string& text) {
    const auto [found, is_new] = string_indices_.try_emplace(text, strings_.size());
    if (is_new) strings_.push_back(text);
    return fmt::format("<c r=\"{}\" t=\"s\"><v>{}</v></c>", Reference(row_, column), found->second);
  }

  size_t StyleOf(const std::string& format) {
    const auto found = std::find(formats_.begin(), formats_.end(), format);
    const size_t index = static_cast<size_t>(found - formats_.begin());
    if (found == formats_.end()) formats_.push_back(format);
    return index + 1;
  }

  // A number as Excel stores it: the nearest double, seventeen digits of it.
  std::string CellOf(size_t column, const std::string& text) {
    if (text.empty()) return fmt::format("<c r=\"{}\"/>", Reference(row_, column));
    const bool is_percent = text.ends_with('%');
    const std::string number = text.substr(0, text.size() - (is_percent ? 1 : 0));
    const auto decimal = ParseDecimal(number);
    const bool has_odd_zero = number.size() > 1 && number[0] == '0' && number[1] != '.';
    if (!decimal || has_odd_zero || number[0] == '+') return TextCell(column, text);
    const std::string plain = ReplaceAll(number, ",", "");
    std::string format = Contains(number, ",") ? "#,##0" : "0";
    if (decimal->scale > 0) format += "." + std::string(static_cast<size_t>(decimal->scale), '0');
    if (is_percent) format += "%";
    // Written by exponent, so that no rounding happens here.
    const double stored = std::strtod((plain + (is_percent ? "e-2" : "")).c_str(), nullptr);
    return fmt::format("<c r=\"{}\" s=\"{}\"><v>{:.17g}</v></c>", Reference(row_, column), StyleOf(format), stored);
  }

  static bool Contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
  }

  std::vector<SheetXml> sheets_;
  std::vector<std::string> strings_;
  std::map<std::string, size_t> string_indices_;
  std::vector<std::string> formats_;
  std::string rows_;
  std::string merges_;
  size_t row_ = 0;
};

}  // namespace

std::string MakeZip(const ZipParts& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  JIXIAO_CHECK(target != nullptr);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  JIXIAO_CHECK(archive != nullptr);
  for (const auto& [name, content] : parts) {
    zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    JIXIAO_CHECK(zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0);
  }
  JIXIAO_CHECK(zip_close(archive) == 0);
  JIXIAO_CHECK(zip_source_open(target) == 0);
  zip_stat_t stat;
  zip_stat_init(&stat);
  JIXIAO_CHECK(zip_source_stat(target, &stat) == 0);
  std::string bytes(stat.size, '\0');
  JIXIAO_CHECK(zip_source_read(target, bytes.data(), bytes.size()) == static_cast<zip_int64_t>(bytes.size()));
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

std::string EscapeXml(std::string_view text) {
  std::string out = ReplaceAll(text, "&", "&amp;");
  return ReplaceAll(ReplaceAll(ReplaceAll(out, "<", "&lt;"), ">", "&gt;"), "\"", "&quot;");
}

std::string WordParagraph(std::string_view text) {
  const std::string inner = ReplaceAll(EscapeXml(text), "\t", "</w:t><w:tab/><w:t xml:space=\"preserve\">");
  return "<w:p><w:r><w:t xml:space=\"preserve\">" + inner + "</w:t></w:r></w:p>";
}

std::string WordTable(const std::vector<std::vector<std::string>>& rows) {
  std::string out = "<w:tbl>";
  for (const auto& row : rows) {
    out += "<w:tr>";
    for (const std::string& cell : row) out += "<w:tc>" + WordParagraph(cell) + "</w:tc>";
    out += "</w:tr>";
  }
  return out + "</w:tbl>";
}

std::string MakeDocx(std::string_view body, const ZipParts& more) {
  ZipParts parts = {{"[Content_Types].xml", Types({{"word/document.xml", "wordprocessingml.document.main"}})},
                    {"_rels/.rels", RelationsPart(Relation("rId1", "officeDocument", "word/document.xml"))},
                    {"word/document.xml",
                     fmt::format("{}<w:document xmlns:w=\"{}\"><w:body>{}</w:body></w:document>", kXml, kWord, body)}};
  parts.insert(parts.end(), more.begin(), more.end());
  return MakeZip(parts);
}

std::string MakeXlsx(const std::vector<SheetXml>& sheets, const std::vector<std::string>& shared_strings,
                     const std::vector<std::string>& formats, const ZipParts& more) {
  std::string list;
  std::string relations =
      Relation("rIdS", "sharedStrings", "sharedStrings.xml") + Relation("rIdF", "styles", "styles.xml");
  std::vector<std::pair<std::string, std::string>> types = {{"xl/workbook.xml", "spreadsheetml.sheet.main"},
                                                            {"xl/sharedStrings.xml", "spreadsheetml.sharedStrings"},
                                                            {"xl/styles.xml", "spreadsheetml.styles"}};
  ZipParts parts;
  for (size_t i = 0; i < sheets.size(); ++i) {
    const std::string file = fmt::format("worksheets/sheet{}.xml", i + 1);
    list += fmt::format("<sheet name=\"{}\" sheetId=\"{}\" state=\"{}\" r:id=\"rId{}\"/>", EscapeXml(sheets[i].name),
                        i + 1, sheets[i].state, i + 1);
    relations += Relation(fmt::format("rId{}", i + 1), "worksheet", file);
    types.emplace_back("xl/" + file, "spreadsheetml.worksheet");
    parts.emplace_back("xl/" + file,
                       fmt::format("{}<worksheet xmlns=\"{}\">{}</worksheet>", kXml, kSheet, sheets[i].content));
  }
  std::string strings;
  for (const std::string& text : shared_strings) {
    strings += "<si><t xml:space=\"preserve\">" + EscapeXml(text) + "</t></si>";
  }
  std::string codes;
  std::string styles = "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>";
  for (size_t i = 0; i < formats.size(); ++i) {
    codes += fmt::format("<numFmt numFmtId=\"{}\" formatCode=\"{}\"/>", 164 + i, EscapeXml(formats[i]));
    styles +=
        fmt::format("<xf numFmtId=\"{}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" applyNumberFormat=\"1\"/>", 164 + i);
  }
  parts.emplace_back("[Content_Types].xml", Types(types));
  parts.emplace_back("_rels/.rels", RelationsPart(Relation("rId1", "officeDocument", "xl/workbook.xml")));
  parts.emplace_back("xl/workbook.xml",
                     fmt::format("{}<workbook xmlns=\"{}\" xmlns:r=\"{}\"><sheets>{}</sheets></workbook>", kXml, kSheet,
                                 kRelations, list));
  parts.emplace_back("xl/_rels/workbook.xml.rels", RelationsPart(relations));
  parts.emplace_back("xl/sharedStrings.xml", fmt::format("{}<sst xmlns=\"{}\">{}</sst>", kXml, kSheet, strings));
  const std::string code_list =
      codes.empty() ? "" : fmt::format("<numFmts count=\"{}\">{}</numFmts>", formats.size(), codes);
  parts.emplace_back(
      "xl/styles.xml",
      fmt::format("{}<styleSheet xmlns=\"{}\">{}<fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills>"
                  "<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs "
                  "count=\"{}\">{}</cellXfs></styleSheet>",
                  kXml, kSheet, code_list, formats.size() + 1, styles));
  parts.insert(parts.end(), more.begin(), more.end());
  return MakeZip(parts);
}

std::string DocxFromText(std::string_view text, const ZipParts& more) {
  const TextBlocks form = BlocksOf(text);
  std::string body;
  for (const Block& block : form.blocks) {
    for (int i = 0; i < block.blank_lines_before; ++i) body += "<w:p/>";
    body += block.IsTable() ? WordTableOf(block, form.is_tab_led) : WordParagraph(block.text);
  }
  // Word ends every document with a paragraph; LibreOffice loses a table without.
  return MakeDocx(body + "<w:p/>", more);
}

std::string XlsxFromText(std::string_view text) {
  const TextBlocks form = BlocksOf(text);
  WorkbookWriter writer;
  for (const Block& block : form.blocks) {
    if (block.IsTable()) {
      writer.AddTable(block, form.is_tab_led);
    } else {
      writer.AddParagraph(block);
    }
  }
  return writer.Finish();
}

}  // namespace jixiao::intake::testing
