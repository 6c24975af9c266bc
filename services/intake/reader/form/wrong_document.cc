#include "intake/reader/form/wrong_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace jixiao::intake {
namespace {

using forms::v1::OtherDocument;
using forms::v1::Words;

// True if `accepts` takes a label of a paragraph or of a cell.
template <typename Accepts>
bool AnyLabel(const std::vector<Block>& blocks, const Accepts& accepts) {
  return std::any_of(blocks.begin(), blocks.end(), [&](const Block& block) {
    if (!block.IsTable()) return !block.label.empty() && accepts(block.label);
    return std::any_of(block.rows.begin(), block.rows.end(), [&](const Row& row) {
      return std::any_of(row.cells.begin(), row.cells.end(), [&](const Cell& cell) { return accepts(cell.label); });
    });
  });
}

bool Names(const std::vector<Block>& blocks, const Words& words) {
  return AnyLabel(blocks, [&](std::string_view label) { return Fits(words, label); });
}

[[gnu::noinline]] WrongDocument Another(const OtherDocument& other) {
  return {"WRONG_FORM", fmt::format("这份文件是{}，不是绩效自评报告；请报送{}", other.title(), other.instead())};
}

bool HasColumn(const std::vector<Block>& blocks, IndicatorColumn column, const FormLabels& labels) {
  return AnyLabel(blocks, [&](std::string_view label) { return labels.IndicatorColumnOf(label) == column; });
}

// A table that looks like an evaluation table but has no column for results.
std::optional<WrongDocument> FindOtherTable(const std::vector<Block>& blocks, const DocumentTables& found,
                                            const FormLabels& labels) {
  if (HasColumn(blocks, forms::v1::INDICATOR_COLUMN_SCORE, labels)) return std::nullopt;
  if (Names(blocks, labels.words().year_end_columns())) return std::nullopt;
  for (const DocumentTable& table : found.tables) {
    const std::string title = LabelOf(table.title);
    for (const OtherDocument& other : labels.words().other_tables()) {
      if (title.empty() ? Names(blocks, other.words()) : Fits(other.words(), title)) return Another(other);
    }
  }
  return std::nullopt;
}

bool IsOldForm(const std::vector<Block>& blocks, const FormLabels& labels) {
  return HasColumn(blocks, forms::v1::INDICATOR_COLUMN_LEVEL1, labels) &&
         HasColumn(blocks, forms::v1::INDICATOR_COLUMN_LEVEL2, labels) &&
         !HasColumn(blocks, forms::v1::INDICATOR_COLUMN_LEVEL3, labels);
}

// Not inlined: g++ 12 then warns falsely about the strings' bounds in optimised
// builds.
[[gnu::noinline]] WrongDocument WithoutTable(const DocumentTables& found) {
  const auto only = [&](TableKind kind) {
    return !found.tables.empty() && std::all_of(found.tables.begin(), found.tables.end(), [&](const DocumentTable& t) {
      return t.kind == kind || t.kind == TableKind::kUnknown;
    }) && std::any_of(found.tables.begin(), found.tables.end(), [&](const DocumentTable& t) { return t.kind == kind; });
  };
  const std::string_view reason = "NO_EVALUATION_TABLE";
  if (only(TableKind::kBaseData)) {
    return {std::string(reason),
            "文件中只有基础数据表，没有绩效自评表；请把部门整体支出绩效自评表放在同一个文件中报送"};
  }
  if (only(TableKind::kWorkAssessment)) {
    return {std::string(reason),
            "文件中只有自评工作考核评分表，没有绩效自评表；请把部门整体支出绩效自评表放在同一个文件中报送"};
  }
  if (found.tables.empty()) {
    return {std::string(reason), "文件中只有文字，没有表格；请把绩效自评表附在正文之后，一并报送"};
  }
  return {std::string(reason),
          "没有在文件中找到绩效自评表：表中至少要有“三级指标”或“全年预算数、全年执行数”一行表头；请检查是否漏附自评表"};
}

}  // namespace

std::optional<WrongDocument> FindWrongDocument(const std::vector<Block>& blocks, const DocumentTables& found,
                                               const FormLabels& labels) {
  if (auto other = FindOtherTable(blocks, found, labels)) return other;
  const bool has_evaluation = std::any_of(found.tables.begin(), found.tables.end(), [](const DocumentTable& table) {
    return table.evaluation_index.has_value();
  });
  if (has_evaluation) return std::nullopt;
  if (IsOldForm(blocks, labels)) {
    return WrongDocument{
        "OLD_FORM",
        "表中只有一级、二级指标，没有“三级指标”一栏，是旧版表样；请换用本年度的绩效自评表，把指标细化到三级后报送"};
  }
  // A report names budgets and final accounts in passing, so only titles count.
  if (Names(blocks, labels.words().self_evaluations())) return WithoutTable(found);
  for (const OtherDocument& other : labels.words().other_documents()) {
    if (Names(blocks, other.words())) return Another(other);
  }
  return WithoutTable(found);
}

}  // namespace jixiao::intake
