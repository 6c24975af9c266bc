#include <fmt/format.h>

#include <algorithm>

#include "common/base/text.h"
#include "common/base/words.h"
#include "common/domain/decimal.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/checks/document/completeness.h"
#include "scoring/core/facts/figures.h"
#include "scoring/core/verdicts/execution.h"

namespace jixiao::scoring {
namespace {

using report::v1::ReportContent;

bool HasSection(const ReportContent& content, const v1::RequiredSection& required) {
  return std::any_of(content.sections().begin(), content.sections().end(), [&](const auto& section) {
    return std::find(required.roles().begin(), required.roles().end(), section.role()) != required.roles().end();
  });
}

const report::v1::EvaluationTable* DepartmentTable(const ReportContent& content) {
  for (const auto& table : content.evaluation_tables()) {
    if (table.kind() == report::v1::REPORT_KIND_DEPARTMENT) return &table;
  }
  return nullptr;
}

// What the department table says was spent on projects.
int64_t ProjectSpending(const ReportContent& content) {
  const auto* table = DepartmentTable(content);
  if (table == nullptr) return 0;
  for (const auto& part : table->by_nature()) {
    if (part.role() == report::v1::FUND_ROLE_PROJECT) return FenOf(part.amount()).value_or(0);
  }
  return 0;
}

// A project has its table if a project table bears its name or its amount.
bool HasProjectTable(const ReportContent& content, const report::v1::CostRow& project) {
  return std::any_of(content.evaluation_tables().begin(), content.evaluation_tables().end(), [&](const auto& table) {
    if (table.kind() != report::v1::REPORT_KIND_PROJECT) return false;
    const auto* total = TotalRow(table);
    const std::string name = RemoveBlanks(table.project_name().as_written());
    const bool same_name = !name.empty() && RemoveBlanks(project.label()).find(name) != std::string::npos;
    return same_name || (total != nullptr && FenOf(total->executed()) == FenOf(project.final()));
  });
}

// What is missing of the project tables; empty if nothing is.
std::string MissingProjectTables(const ReportContent& content) {
  std::string missing;
  int listed = 0;
  for (const auto& row : content.base_data_table().cost_rows()) {
    if (row.item() != report::v1::COST_ITEM_PROJECT || FenOf(row.final()).value_or(0) <= 0) continue;
    ++listed;
    if (HasProjectTable(content, row)) continue;
    AddItem(fmt::format("“{}”{}", row.label(), FormatWanYuan(*FenOf(row.final()))), missing);
  }
  if (!missing.empty()) return "缺少以下项目的自评表：" + missing;
  const bool has_table = std::any_of(content.evaluation_tables().begin(), content.evaluation_tables().end(),
                                     [](const auto& t) { return t.kind() == report::v1::REPORT_KIND_PROJECT; });
  const int64_t spending = ProjectSpending(content);
  if (listed > 0 || has_table || spending <= 0) return "";
  return fmt::format("项目支出 {}，没有任何项目的自评表", FormatWanYuan(spending));
}

// What is missing of one annex; empty if nothing is.
std::string WhatIsMissing(const ReportContent& content, v1::Annex annex) {
  static constexpr char kNoTable[] = "没有该表";
  switch (annex) {
    case v1::ANNEX_BASE_DATA_TABLE: return content.has_base_data_table() ? "" : kNoTable;
    case v1::ANNEX_DEPARTMENT_TABLE: return DepartmentTable(content) != nullptr ? "" : kNoTable;
    case v1::ANNEX_PROJECT_TABLES: return MissingProjectTables(content);
    case v1::ANNEX_WORK_ASSESSMENT_SHEET: return content.has_work_assessment_sheet() ? "" : kNoTable;
    default: return "";
  }
}

}  // namespace

std::vector<std::string> MissingSections(const ReportContent& content, const v1::RuleSet& rule_set) {
  std::vector<std::string> missing;
  for (const v1::RequiredSection& required : rule_set.required_sections()) {
    if (!HasSection(content, required)) missing.push_back(required.title());
  }
  return missing;
}

std::vector<MissingAnnex> MissingAnnexes(const ReportContent& content, const v1::RuleSet& rule_set) {
  std::vector<MissingAnnex> missing;
  for (const v1::RequiredAnnex& required : rule_set.required_annexes()) {
    std::string what = WhatIsMissing(content, required.annex());
    if (!what.empty()) missing.push_back({required.title(), std::move(what)});
  }
  return missing;
}

void CheckCompleteness(const ReportView& view, Findings& findings) {
  const ReportContent& content = view.content();
  if (content.kind() != report::v1::REPORT_KIND_DEPARTMENT) return;
  for (const std::string& title : MissingSections(content, view.rule_set)) {
    findings.Add({.rule_id = "MISSING_PART",
                  .places = {DocumentPlace("报告正文")},
                  .value = fmt::format("没有“{}”部分", title),
                  .expected = fmt::format("正文写明“{}”，没有内容的写“无”", title)});
  }
  for (MissingAnnex& missing : MissingAnnexes(content, view.rule_set)) {
    findings.Add({.rule_id = "MISSING_ANNEX",
                  .places = {DocumentPlace(missing.title)},
                  .value = std::move(missing.what),
                  .expected = fmt::format("附《{}》", missing.title)});
  }
}

}  // namespace jixiao::scoring
