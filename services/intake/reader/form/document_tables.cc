#include "intake/reader/form/document_tables.h"

#include <algorithm>
#include <string_view>

#include "intake/reader/blocks/heading_rows.h"
#include "intake/reader/blocks/signature_line.h"

namespace jixiao::intake {
namespace {

template <typename Accepts>
bool AnyCell(const Block& block, const Accepts& accepts) {
  return std::any_of(block.rows.begin(), block.rows.end(), [&](const Row& row) {
    return std::any_of(row.cells.begin(), row.cells.end(), [&](const Cell& cell) { return accepts(cell.label); });
  });
}

using IsHeading = bool (*)(const Row&, const FormLabels&);

bool HasRow(const Block& block, IsHeading accepts, const FormLabels& labels) {
  return std::any_of(block.rows.begin(), block.rows.end(), [&](const Row& row) { return accepts(row, labels); });
}

bool HasHeadField(const Block& block, HeadField field, const FormLabels& labels) {
  return AnyCell(block, [&](std::string_view label) { return labels.HeadFieldOf(label) == field; });
}

TableKind KindOf(const Block& block, std::string_view title, const FormLabels& labels) {
  const auto is_standard = [&](std::string_view label) {
    return labels.WorkColumnOf(label) == forms::v1::WORK_COLUMN_STANDARD;
  };
  if (AnyCell(block, is_standard)) return TableKind::kWorkAssessment;
  if (HasRow(block, IsIndicatorHeading, labels) || HasRow(block, IsFundHeading, labels)) {
    const bool is_department =
        AnyCell(block, [&](std::string_view label) { return Fits(labels.words().department_labels(), label); });
    const bool is_project = HasHeadField(block, forms::v1::HEAD_FIELD_PROJECT_NAME, labels) ||
                            (!is_department && Fits(labels.words().project_captions(), LabelOf(title)));
    return is_project ? TableKind::kProject : TableKind::kDepartment;
  }
  const bool is_base = AnyCell(block, [&](std::string_view label) {
    const BaseColumn column = labels.BaseColumnOf(label);
    return column == forms::v1::BASE_COLUMN_FINAL || column == forms::v1::BASE_COLUMN_PRIOR_FINAL ||
           column == forms::v1::BASE_COLUMN_AUTHORISED_STAFF || column == forms::v1::BASE_COLUMN_THRIFT;
  });
  return is_base ? TableKind::kBaseData : TableKind::kUnknown;
}

// Walks up from the table over everything that can stand between a caption and
// its table, and over lists of annexes above it.
void ReadCaption(const std::vector<Block>& blocks, const FormLabels& labels, DocumentTable& table,
                 std::vector<CaptionRole>& roles) {
  for (size_t i = table.block; i-- > 0;) {
    const Block& block = blocks[i];
    if (block.IsTable() || block.label.empty()) return;
    if (IsSignatureLine(block.text, labels) || labels.IsAnnexLine(block.label)) {
      if (table.block - i > 12) return;
      if (IsSignatureLine(block.text, labels) && !table.title.empty()) return;
      continue;
    }
    if (const auto unit = UnitLine(block.label); unit && table.title.empty()) {
      table.money_unit = unit;
      roles[i] = CaptionRole::kRecognised;
    } else if (IsYearLine(block.label) && table.title.empty()) {
      table.year = YearIn(block.label);
      roles[i] = CaptionRole::kRecognised;
    } else if (labels.IsTableCaption(block.label)) {
      roles[i] = table.title.empty() ? CaptionRole::kTitle : CaptionRole::kBeside;
      if (table.title.empty()) table.title = block.text;
    } else {
      return;
    }
  }
}

// Converters cut a form in two where a page ends: funds above, indicators below
// without a caption or a unit of their own.
bool IsSecondHalf(const Block& block, const DocumentTable& table, const Block& first, const FormLabels& labels) {
  const bool has_head = HasHeadField(block, forms::v1::HEAD_FIELD_UNIT_NAME, labels) ||
                        HasHeadField(block, forms::v1::HEAD_FIELD_PROJECT_NAME, labels);
  return table.title.empty() && !has_head && HasRow(block, IsIndicatorHeading, labels) &&
         !HasRow(block, IsFundHeading, labels) && HasRow(first, IsFundHeading, labels) &&
         !HasRow(first, IsIndicatorHeading, labels);
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

DocumentTables FindTables(const std::vector<Block>& blocks, const FormLabels& labels) {
  DocumentTables found;
  found.paragraphs.assign(blocks.size(), CaptionRole::kNone);
  for (size_t i = 0; i < blocks.size(); ++i) {
    if (!blocks[i].IsTable()) continue;
    DocumentTable& table = found.tables.emplace_back();
    table.block = i;
    ReadCaption(blocks, labels, table, found.paragraphs);
    table.kind = KindOf(blocks[i], table.title, labels);
    if (found.tables.size() < 2) continue;
    const DocumentTable& before = found.tables[found.tables.size() - 2];
    table.is_continued = IsSecondHalf(blocks[i], table, blocks[before.block], labels);
    if (table.is_continued) table.kind = before.kind;
  }
  NumberEvaluationTables(found.tables);
  return found;
}

}  // namespace jixiao::intake
