#include "intake/reader/form/read_blocks.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/base/errors.h"
#include "common/base/text.h"
#include "intake/reader/blocks/signature_line.h"
#include "intake/reader/blocks/unread.h"
#include "intake/reader/form/divisions.h"
#include "intake/reader/form/document_tables.h"
#include "intake/reader/form/read_base_data_table.h"
#include "intake/reader/form/read_evaluation_table.h"
#include "intake/reader/form/read_narrative.h"
#include "intake/reader/form/read_work_assessment.h"
#include "intake/reader/form/table_cells.h"
#include "intake/reader/form/wrong_document.h"

namespace jixiao::intake {
namespace {

using report::v1::Address;
using report::v1::EvaluationTable;
using report::v1::Part;
using report::v1::Report;
using report::v1::ReportContent;

Part PartOf(TableKind kind) {
  switch (kind) {
    case TableKind::kBaseData: return report::v1::PART_BASE_DATA_TABLE;
    case TableKind::kDepartment:
    case TableKind::kProject: return report::v1::PART_EVALUATION_TABLE;
    case TableKind::kWorkAssessment: return report::v1::PART_WORK_ASSESSMENT_SHEET;
    case TableKind::kUnknown: break;
  }
  return report::v1::PART_DOCUMENT;
}

// Walks the blocks once, in document order, and fills the report.
class DocumentReader {
 public:
  DocumentReader(std::vector<Block> blocks, DocumentTables found, const FormLabels& labels, Report& report)
      : blocks_(std::move(blocks)),
        found_(std::move(found)),
        labels_(labels),
        report_(report),
        content_(*report.mutable_content()),
        narrative_(labels, content_) {}

  void Read() {
    AddEvaluationTables();
    for (size_t i = 0; i < blocks_.size(); ++i) {
      if (blocks_[i].IsTable()) {
        ReadTable(blocks_[i], found_.tables[next_table_++]);
      } else {
        ReadParagraph(i);
      }
    }
  }

 private:
  // All of them first: addresses count tables in the order of the report, which
  // puts the department before its projects.
  void AddEvaluationTables() {
    for (const TableKind kind : {TableKind::kDepartment, TableKind::kProject}) {
      for (const DocumentTable& table : found_.tables) {
        if (table.kind != kind || table.is_continued) continue;
        EvaluationTable& added = *content_.add_evaluation_tables();
        added.set_kind(kind == TableKind::kProject ? report::v1::REPORT_KIND_PROJECT
                                                   : report::v1::REPORT_KIND_DEPARTMENT);
        added.set_money_unit(table.money_unit.value_or(report::v1::MONEY_UNIT_TEN_THOUSAND_YUAN));
        if (!table.title.empty()) added.set_title(table.title);
      }
    }
  }

  void ReadTable(Block& block, const DocumentTable& table) {
    if (block.is_exact) {
      NoteSource(block, table);
    } else {
      JoinCutRows(block.rows, labels_);
    }
    narrative_.NoteTable();
    TableCells cells(block.rows, PartOf(table.kind), table.evaluation_index, labels_, report_);
    for (size_t row = 0; row < cells.row_count(); ++row) ReadSignatureCells(block.rows[row], table);
    switch (table.kind) {
      case TableKind::kBaseData: {
        report::v1::BaseDataTable& base = *content_.mutable_base_data_table();
        if (!table.title.empty()) base.set_title(table.title);
        return ReadBaseDataTable(cells, base);
      }
      case TableKind::kWorkAssessment: return ReadWorkAssessment(cells, *content_.mutable_work_assessment_sheet());
      case TableKind::kDepartment:
      case TableKind::kProject:
        return ReadEvaluationTable(cells, block.rows, *content_.mutable_evaluation_tables(*table.evaluation_index));
      case TableKind::kUnknown: break;
    }
    cells.RestUnread("没有认出这是哪一张表，请核对表头文字");
  }

  // What an import report says of a table. Places are line numbers until the
  // whole document is read.
  void NoteSource(const Block& block, const DocumentTable& table) {
    report::v1::TableSource& source = *report_.mutable_provenance()->add_tables();
    source.set_part(PartOf(table.kind));
    if (table.evaluation_index) source.set_part_index(*table.evaluation_index);
    source.set_row_count(static_cast<int>(block.rows.size()));
    source.set_from(std::to_string(block.rows.front().cells.front().line));
    source.set_to(std::to_string(block.rows.back().cells.back().line));
  }

  // Some forms print the signature line as the last row of the table.
  void ReadSignatureCells(Row& row, const DocumentTable& table) {
    for (Cell& cell : row.cells) {
      if (cell.text.empty() || !IsSignatureLine(cell.text, labels_)) continue;
      ReadSignatureLine(cell.text, SignatureAddress(&table, cell.line), labels_, report_);
      cell.text.clear();
      cell.label.clear();
    }
  }

  void ReadParagraph(size_t index) {
    const Block& block = blocks_[index];
    if (IsSignatureLine(block.text, labels_)) {
      return ReadSignatureLine(block.text, SignatureAddress(TableOfSignature(index), block.line), labels_, report_);
    }
    switch (found_.paragraphs[index]) {
      case CaptionRole::kTitle: return TakeTitle(block);
      case CaptionRole::kRecognised: return;  // year or unit, kept in their fields
      case CaptionRole::kBeside: return narrative_.AddToAnnex(block.text, block.line);
      case CaptionRole::kNone: break;
    }
    if (labels_.IsNote(LabelOf(std::string_view(block.text).substr(0, 60))) && TakeNote(block)) return;
    narrative_.Add(block.text, block.label, block.line);
  }

  // The title of an evaluation or base data table is kept with it; other tables
  // have no field for it.
  void TakeTitle(const Block& block) {
    const TableKind kind = found_.tables[next_table_].kind;
    if (kind == TableKind::kUnknown || kind == TableKind::kWorkAssessment) {
      AddUnread(block.text, "表格标题，不单独登记", block.line, *report_.mutable_provenance());
    }
  }

  // Notes are printed under a table. False if there is none that could own it.
  bool TakeNote(const Block& block) {
    if (next_table_ == 0) return false;
    const DocumentTable& table = found_.tables[next_table_ - 1];
    if (table.evaluation_index) {
      content_.mutable_evaluation_tables(*table.evaluation_index)->add_notes(block.text);
      return true;
    }
    if (table.kind != TableKind::kBaseData) return false;
    report::v1::LabelledValue& note = *content_.mutable_base_data_table()->add_other_values();
    note.set_label("说明");
    note.mutable_value()->set_as_written(block.text);
    Address& address = *note.mutable_value()->mutable_address();
    address.set_label("基础数据表 · 说明");
    address.set_part(report::v1::PART_BASE_DATA_TABLE);
    address.set_source_line(block.line);
    return true;
  }

  // A signature line between a caption and its table belongs to that table,
  // others to the table above.
  const DocumentTable* TableOfSignature(size_t index) const {
    constexpr size_t kMostCaptionLines = 12;
    const size_t first = index > kMostCaptionLines ? index - kMostCaptionLines : 0;
    for (size_t i = index; i-- > first && !blocks_[i].IsTable();) {
      if (found_.paragraphs[i] == CaptionRole::kTitle && next_table_ < found_.tables.size()) {
        return &found_.tables[next_table_];
      }
    }
    return next_table_ > 0 ? &found_.tables[next_table_ - 1] : nullptr;
  }

  static Address SignatureAddress(const DocumentTable* table, int line) {
    Address address;
    address.set_label("签字栏");
    address.set_part(report::v1::PART_DOCUMENT);
    if (table != nullptr) {
      address.set_part(PartOf(table->kind));
      if (table->evaluation_index) address.set_part_index(*table->evaluation_index);
      if (!table->title.empty()) address.set_label(RemoveBlanks(Shorten(table->title, 60)) + " · 签字栏");
    }
    address.set_source_line(line);
    return address;
  }

  std::vector<Block> blocks_;
  const DocumentTables found_;
  const FormLabels& labels_;
  Report& report_;
  ReportContent& content_;
  NarrativeReader narrative_;
  size_t next_table_ = 0;
};

bool HasMark(const EvaluationTable& table, const forms::v1::FormMark& mark) {
  if (mark.has_tasks() && table.tasks_size() == 0) return false;
  if (mark.has_split() && table.by_source_size() + table.by_nature_size() == 0) return false;
  const auto has_level = [&](const auto& row) {
    return std::find(mark.level1().begin(), mark.level1().end(), row.level1()) != mark.level1().end();
  };
  const auto& indicators = table.indicators();
  if (mark.level1_size() > 0 && std::none_of(indicators.begin(), indicators.end(), has_level)) return false;
  const auto has_headings = [&](const auto& row) {
    return row.adjusted_budget().address().label().ends_with(mark.adjusted_heading()) &&
           row.executed().address().label().ends_with(mark.executed_heading());
  };
  const auto& funds = table.fund_rows();
  return !mark.has_adjusted_heading() || std::any_of(funds.begin(), funds.end(), has_headings);
}

// Layouts are told apart by what only they have.
std::string FormOf(const ReportContent& content, const FormLabels& labels) {
  for (const EvaluationTable& table : content.evaluation_tables()) {
    for (const auto& mark : labels.words().form_marks()) {
      if (HasMark(table, mark)) return mark.form();
    }
  }
  return "";
}

std::optional<int> FiscalYearOf(const ReportContent& content, const DocumentTables& found) {
  if (const auto year = YearIn(LabelOf(content.title()))) return year;
  for (const DocumentTable& table : found.tables) {
    if (table.year) return table.year;
    if (const auto year = YearIn(LabelOf(table.title))) return year;
  }
  return std::nullopt;
}

std::string UnitNameOf(const ReportContent& content, const FormLabels& labels) {
  std::string name = UnitNameInTitle(content.title(), labels);
  if (CodePointCount(name) >= 2) return name;
  for (const EvaluationTable& table : content.evaluation_tables()) {
    name = RemoveBlanks(table.unit_name().as_written());
    if (CodePointCount(name) >= 2) return name;
  }
  return UnitNameOnCover(content, labels);
}

void FillIdentity(const DocumentTables& found, const ReaderData& data, ReportContent& content) {
  if (const std::string title = FindTitle(content, data.labels); !title.empty()) content.set_title(title);
  if (const auto year = FiscalYearOf(content, found)) content.set_fiscal_year(*year);
  if (const std::string form = FormOf(content, data.labels); !form.empty()) content.set_form(form);
  content.set_kind(content.evaluation_tables(0).kind());
  if (content.kind() == report::v1::REPORT_KIND_PROJECT) {
    const std::string name = RemoveBlanks(content.evaluation_tables(0).project_name().as_written());
    if (!name.empty()) content.set_project_name(name);
  }
  const std::string name = UnitNameOf(content, data.labels);
  if (!name.empty()) content.mutable_unit()->set_name(name);
  std::string names = name + RemoveBlanks(content.title());
  for (const EvaluationTable& table : content.evaluation_tables()) names += table.unit_name().as_written();
  if (const std::string code = DivisionCodeOf(names, content.fiscal_year(), data.divisions); !code.empty()) {
    content.mutable_unit()->set_division_code(code);
  }
}

}  // namespace

absl::Status ReadBlocks(std::vector<Block> blocks, const ReaderData& data, Report& report) {
  DocumentTables found = FindTables(blocks, data.labels);
  if (const auto wrong = FindWrongDocument(blocks, found, data.labels)) {
    return MakeError(absl::StatusCode::kInvalidArgument, wrong->reason, wrong->message);
  }
  DocumentReader(std::move(blocks), found, data.labels, report).Read();
  FillIdentity(found, data, *report.mutable_content());
  return absl::OkStatus();
}

}  // namespace jixiao::intake
