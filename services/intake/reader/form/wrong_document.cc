#include "intake/reader/form/wrong_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "intake/reader/labels/form_labels.h"

namespace jixiao::intake {
namespace {

// Documents that are often filed by mistake, by words of their titles.
struct OtherDocument {
  std::string_view word;
  std::string_view title;
  std::string_view instead;
};

constexpr std::string_view kYearEnd = "年度终了后填写的绩效自评表（有“实际完成值”“分值”“得分”各栏）";

// Tables with indicators that are no self-evaluation.
constexpr std::array<OtherDocument, 5> kOtherTables = {{
    {"目标申报表", "年初申报用的绩效目标申报表", kYearEnd},
    {"绩效目标表", "年初批复的绩效目标表", kYearEnd},
    {"目标批复表", "年初批复的绩效目标表", kYearEnd},
    {"运行监控", "年中的绩效运行监控表", kYearEnd},
    {"绩效监控", "年中的绩效监控表", kYearEnd},
}};

// Documents without indicators.
constexpr std::array<OtherDocument, 5> kOtherDocuments = {{
    {"收入支出决算", "部门决算报表", "部门整体支出绩效自评报告和自评表"},
    {"决算公开", "部门决算公开材料", "部门整体支出绩效自评报告和自评表"},
    {"收支总表", "部门预算报表", "部门整体支出绩效自评报告和自评表"},
    {"事前绩效评估", "事前绩效评估报告", "年度终了后的绩效自评报告和自评表"},
    {"评价指标体系", "部门评价或财政评价的指标体系", "本单位填写的绩效自评表"},
}};

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

bool Names(const std::vector<Block>& blocks, std::string_view word) {
  return AnyLabel(blocks, [&](std::string_view label) { return Contains(label, word); });
}

[[gnu::noinline]] WrongDocument Another(const OtherDocument& other) {
  return {"WRONG_FORM", fmt::format("这份文件是{}，不是绩效自评报告；请报送{}", other.title, other.instead)};
}

// A table that looks like an evaluation table but has no column for results.
std::optional<WrongDocument> FindOtherTable(const std::vector<Block>& blocks, const DocumentTables& found) {
  const bool has_results = AnyLabel(blocks, [](std::string_view label) {
    const IndicatorColumn column = IndicatorColumnOf(label);
    return column == IndicatorColumn::kScore || Contains(label, "全年执行数") || Contains(label, "预算执行数");
  });
  if (has_results) return std::nullopt;
  for (const DocumentTable& table : found.tables) {
    const std::string title = LabelOf(table.title);
    for (const OtherDocument& other : kOtherTables) {
      if (Contains(title, other.word) || (title.empty() && Names(blocks, other.word))) return Another(other);
    }
  }
  return std::nullopt;
}

bool IsOldForm(const std::vector<Block>& blocks) {
  const auto is = [](std::string_view title) { return [title](std::string_view label) { return label == title; }; };
  return AnyLabel(blocks, is("一级指标")) && AnyLabel(blocks, is("二级指标")) && !AnyLabel(blocks, is("三级指标"));
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

std::optional<WrongDocument> FindWrongDocument(const std::vector<Block>& blocks, const DocumentTables& found) {
  if (auto other = FindOtherTable(blocks, found)) return other;
  const bool has_evaluation = std::any_of(found.tables.begin(), found.tables.end(), [](const DocumentTable& table) {
    return table.evaluation_index.has_value();
  });
  if (has_evaluation) return std::nullopt;
  if (IsOldForm(blocks)) {
    return WrongDocument{
        "OLD_FORM",
        "表中只有一级、二级指标，没有“三级指标”一栏，是旧版表样；请换用本年度的绩效自评表，把指标细化到三级后报送"};
  }
  // A report names budgets and final accounts in passing, so only titles count.
  for (const OtherDocument& other : kOtherDocuments) {
    if (!Names(blocks, "自评") && Names(blocks, other.word)) return Another(other);
  }
  return WithoutTable(found);
}

}  // namespace jixiao::intake
