#include "intake/reader/form/document_tables.h"

#include <algorithm>
#include <string_view>

#include "intake/reader/blocks/heading_rows.h"
#include "intake/reader/blocks/signature_line.h"
#include "intake/reader/labels/form_labels.h"

namespace jixiao::intake {
namespace {

bool AnyCell(const Block& block, bool (*accepts)(std::string_view)) {
  return std::any_of(block.rows.begin(), block.rows.end(), [&](const Row& row) {
    return std::any_of(row.cells.begin(), row.cells.end(), [&](const Cell& cell) { return accepts(cell.label); });
  });
}

bool IsProjectCaption(std::string_view title) {
  const std::string label = LabelOf(title);
  return Contains(label, "项目") && !Contains(label, "整体");
}

TableKind KindOf(const Block& block, std::string_view title) {
  if (AnyCell(block, [](std::string_view label) { return label == "评分标准"; })) return TableKind::kWorkAssessment;
  const bool is_evaluation = std::any_of(block.rows.begin(), block.rows.end(),
                                         [](const Row& row) { return IsIndicatorHeading(row) || IsFundHeading(row); });
  if (is_evaluation) {
    const bool has_project_name =
        AnyCell(block, [](std::string_view label) { return HeadFieldOf(label) == HeadField::kProjectName; });
    const bool has_department = AnyCell(block, [](std::string_view label) { return label.ends_with("预算部门名称"); });
    const bool is_project = has_project_name || (IsProjectCaption(title) && !has_department);
    return is_project ? TableKind::kProject : TableKind::kDepartment;
  }
  const bool is_base = AnyCell(block, [](std::string_view label) {
    return Contains(label, "决算数") || Contains(label, "编制数") || Contains(label, "厉行节约");
  });
  return is_base ? TableKind::kBaseData : TableKind::kUnknown;
}

// Walks up from the table over everything that can stand between a caption and
// its table, and over lists of annexes above it.
void ReadCaption(const std::vector<Block>& blocks, DocumentTable& table, std::vector<CaptionRole>& roles) {
  for (size_t i = table.block; i-- > 0;) {
    const Block& block = blocks[i];
    if (block.IsTable() || block.label.empty()) return;
    if (IsSignatureLine(block.text) || IsAnnexLine(block.label)) {
      if (table.block - i > 12) return;
      if (IsSignatureLine(block.text) && !table.title.empty()) return;
      continue;
    }
    if (const auto unit = UnitLine(block.label); unit && table.title.empty()) {
      table.money_unit = unit;
      roles[i] = CaptionRole::kRecognised;
    } else if (IsYearLine(block.label) && table.title.empty()) {
      table.year = YearIn(block.label);
      roles[i] = CaptionRole::kRecognised;
    } else if (IsTableCaption(block.label)) {
      roles[i] = table.title.empty() ? CaptionRole::kTitle : CaptionRole::kBeside;
      if (table.title.empty()) table.title = block.text;
    } else {
      return;
    }
  }
}

bool HasRow(const Block& block, bool (*accepts)(const Row&)) {
  return std::any_of(block.rows.begin(), block.rows.end(), accepts);
}

// Converters cut a form in two where a page ends: funds above, indicators below
// without a caption or a unit of their own.
bool IsSecondHalf(const Block& block, const DocumentTable& table, const Block& first) {
  const bool has_head = AnyCell(block, [](std::string_view label) {
    return HeadFieldOf(label) == HeadField::kUnitName || HeadFieldOf(label) == HeadField::kProjectName;
  });
  return table.title.empty() && !has_head && HasRow(block, IsIndicatorHeading) && !HasRow(block, IsFundHeading) &&
         HasRow(first, IsFundHeading) && !HasRow(first, IsIndicatorHeading);
}

void NumberEvaluationTables(std::vector<DocumentTable>& tables) {
  int next = 0;
  for (const TableKind kind : {TableKind::kDepartment, TableKind::kProject}) {
    for (size_t i = 0; i < tables.size(); ++i) {
      if (tables[i].kind != kind) continue;
      tables[i].evaluation_index = tables[i].is_continued ? tables[i - 1].evaluation_index : next++;
    }
  }
}

}  // namespace

DocumentTables FindTables(const std::vector<Block>& blocks) {
  DocumentTables found;
  found.paragraphs.assign(blocks.size(), CaptionRole::kNone);
  for (size_t i = 0; i < blocks.size(); ++i) {
    if (!blocks[i].IsTable()) continue;
    DocumentTable& table = found.tables.emplace_back();
    table.block = i;
    ReadCaption(blocks, table, found.paragraphs);
    table.kind = KindOf(blocks[i], table.title);
    if (found.tables.size() < 2) continue;
    const DocumentTable& before = found.tables[found.tables.size() - 2];
    table.is_continued = IsSecondHalf(blocks[i], table, blocks[before.block]);
    if (table.is_continued) table.kind = before.kind;
  }
  NumberEvaluationTables(found.tables);
  return found;
}

}  // namespace jixiao::intake
