// Small reports without a mistake, for tests that add one.
#ifndef JIXIAO_SCORING_TESTING_SMALL_REPORT_H_
#define JIXIAO_SCORING_TESTING_SMALL_REPORT_H_

#include <string>
#include <vector>

#include "common/domain/decimal.h"
#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"
#include "scoring/core/rules/rule_sets.h"
#include "scoring/core/score_report.h"

namespace jixiao::scoring::testing {

// One indicator row; points in whole points.
struct Row {
  std::string level1;
  std::string level2;
  std::string level3;
  std::string target;
  std::string actual;
  int64_t weight = 10;
  int64_t score = 10;
  std::string reason;
};

inline void SetMoney(report::v1::Value& value, int64_t wan_yuan) {
  value.set_amount_fen(wan_yuan * 1'000'000);
  value.set_as_written(std::to_string(wan_yuan));
}

inline void AddRow(report::v1::EvaluationTable& table, const Row& row) {
  auto* added = table.add_indicators();
  added->set_level1(row.level1);
  added->set_level2(row.level2);
  added->mutable_level3()->set_as_written(row.level3);
  added->mutable_target()->set_as_written(row.target);
  added->mutable_actual()->set_as_written(row.actual);
  added->mutable_weight()->set_points_milli(row.weight * 1000);
  added->mutable_weight()->set_as_written(std::to_string(row.weight));
  added->mutable_score()->set_points_milli(row.score * 1000);
  added->mutable_score()->set_as_written(std::to_string(row.score));
  added->mutable_reason()->set_as_written(row.reason);
}

// 100 of 100 万元 executed, every target met.
inline report::v1::EvaluationTable SmallTable(report::v1::ReportKind kind, const std::string& unit) {
  report::v1::EvaluationTable table;
  table.set_kind(kind);
  table.mutable_unit_name()->set_as_written(unit);
  auto* funds = table.add_fund_rows();
  funds->set_label("年度资金总额");
  funds->set_role(report::v1::FUND_ROLE_TOTAL);
  SetMoney(*funds->mutable_initial_budget(), 100);
  SetMoney(*funds->mutable_adjusted_budget(), 100);
  SetMoney(*funds->mutable_executed(), 100);
  funds->mutable_weight()->set_points_milli(10'000);
  funds->mutable_execution_rate()->set_rate_ppm(1'000'000);
  funds->mutable_execution_rate()->set_as_written("100%");
  funds->mutable_score()->set_points_milli(10'000);
  AddRow(table, {"产出", "数量", "举办技能培训班", "≥10次", "11次", 20, 20, ""});
  AddRow(table, {"产出", "质量", "培训合格率", "≥95%", "97%", 20, 20, ""});
  AddRow(table, {"产出", "成本", "培训费用", "≤100万元", "98万元", 10, 10, ""});
  AddRow(table, {"效益", "社会效益", "参训人员就业率", "≥80%", "85%", 30, 30, ""});
  AddRow(table, {"满意度", "服务对象满意度", "参训人员满意度", "≥90%", "93%", 10, 10, ""});
  table.mutable_expected_goals()->set_as_written("1.全年举办十期技能培训班；2.帮助学员找到合适岗位。");
  table.mutable_actual_goals()->set_as_written("1.举办技能培训班十一期，参加三百人；2.学员中八成找到合适岗位。");
  table.mutable_total_weight()->set_points_milli(100'000);
  table.mutable_total_score()->set_points_milli(100'000);
  return table;
}

inline report::v1::Section& AddSection(report::v1::Report& report, report::v1::SectionRole role,
                                       const std::string& number, const std::string& heading) {
  auto* section = report.mutable_content()->add_sections();
  section->set_role(role);
  if (!number.empty()) section->set_number(number);
  if (!heading.empty()) section->set_heading(heading);
  return *section;
}

// Department report of a Hunan county for 2024 with all parts and no finding.
inline report::v1::Report SmallReport() {
  report::v1::Report report;
  auto& content = *report.mutable_content();
  content.set_fiscal_year(2024);
  content.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  content.set_form("hunan");
  content.set_title("2024年度君山区职业技能培训服务中心整体支出绩效自评报告");
  content.mutable_unit()->set_name("君山区职业技能培训服务中心");
  content.mutable_unit()->set_division_code("430611");
  using report::v1::SectionRole;
  AddSection(report, report::v1::SECTION_ROLE_BASIC_INFORMATION, "一、", "部门基本情况")
      .add_paragraphs()
      ->set_text("本单位组织职业技能培训，为学员提供就业服务。");
  const std::vector<std::pair<SectionRole, std::string>> roles = {
      {report::v1::SECTION_ROLE_GENERAL_BUDGET, "二、"}, {report::v1::SECTION_ROLE_GOVERNMENT_FUND, "三、"},
      {report::v1::SECTION_ROLE_STATE_CAPITAL, "四、"},  {report::v1::SECTION_ROLE_SOCIAL_INSURANCE, "五、"},
      {report::v1::SECTION_ROLE_PERFORMANCE, "六、"},    {report::v1::SECTION_ROLE_PROBLEMS, "七、"},
      {report::v1::SECTION_ROLE_IMPROVEMENTS, "八、"},   {report::v1::SECTION_ROLE_RESULT_USE, "九、"},
      {report::v1::SECTION_ROLE_OTHER_MATTERS, "十、"},
  };
  for (const auto& [role, number] : roles) AddSection(report, role, number, "情况").add_paragraphs()->set_text("无");
  content.mutable_base_data_table();
  content.mutable_work_assessment_sheet();
  *content.add_evaluation_tables() = SmallTable(report::v1::REPORT_KIND_DEPARTMENT, content.unit().name());
  return report;
}

inline report::v1::EvaluationTable& TableOf(report::v1::Report& report) {
  return *report.mutable_content()->mutable_evaluation_tables(0);
}

inline report::v1::IndicatorRow& RowOf(report::v1::Report& report, int index) {
  return *TableOf(report).mutable_indicators(index);
}

// The first section with `role`.
inline report::v1::Section& SectionOf(report::v1::Report& report, report::v1::SectionRole role) {
  for (auto& section : *report.mutable_content()->mutable_sections()) {
    if (section.role() == role) return section;
  }
  return *report.mutable_content()->mutable_sections(0);
}

// Replaces the paragraphs of the section with `role`.
inline void Write(report::v1::Report& report, report::v1::SectionRole role,
                  const std::vector<std::string>& paragraphs) {
  auto& section = SectionOf(report, role);
  section.clear_paragraphs();
  for (const std::string& text : paragraphs) section.add_paragraphs()->set_text(text);
}

// A small report with one paragraph under 绩效情况.
inline report::v1::Report Saying(const std::string& text) {
  report::v1::Report report = SmallReport();
  Write(report, report::v1::SECTION_ROLE_PERFORMANCE, {text});
  return report;
}

}  // namespace jixiao::scoring::testing

#endif  // JIXIAO_SCORING_TESTING_SMALL_REPORT_H_
