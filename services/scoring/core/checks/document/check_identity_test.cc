#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scoring/testing/scored.h"
#include "scoring/testing/small_report.h"

namespace jixiao::scoring {
namespace {

using report::v1::Report;
using ::testing::Contains;
using testing::FindingOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::RuleIds;
using testing::Saying;
using testing::Score;
using testing::SmallReport;
using testing::TableOf;

TEST(IdentityTest, ReportsTablesOfAnotherYear) {
  Report report = SmallReport();
  TableOf(report).set_title("2023年度部门整体支出绩效自评表");
  EXPECT_EQ(FindingOf(Score(report), "WRONG_YEAR").severity(), v1::SEVERITY_BLOCKS);
  TableOf(report).set_title("2024年度部门整体支出绩效自评表");
  EXPECT_THAT(RuleIds(report), IsEmpty());
  TableOf(report).set_title("部门整体支出绩效自评表");
  EXPECT_THAT(RuleIds(report), IsEmpty());
}

TEST(IdentityTest, ReportsTextOfTheYearBefore) {
  const std::string text = "2023年开班。2023年3月招生。2023 年6月结业。2023年就业。2023年回访。2024年计划。";
  EXPECT_THAT(RuleIds(Saying(text)), Contains("WRONG_YEAR"));
}

TEST(IdentityTest, LeavesComparisonsWithTheYearBeforeAlone) {
  for (const char* text : {"2024年开班，比2023年多两期。2024年就业率高于2023年。2024年满意度与2023年持平。",
                           "2023年、2022年、2021年、2020年、2019年和2018年均已完成。", "2023年开班。2023年结业。"}) {
    EXPECT_THAT(RuleIds(Saying(text)), Not(Contains("WRONG_YEAR"))) << text;
  }
}

TEST(IdentityTest, ReportsTableOfAnotherUnit) {
  Report report = SmallReport();
  TableOf(report).mutable_unit_name()->set_as_written("岳阳市君山区水利工程质量监督站");
  EXPECT_THAT(RuleIds(report), Contains("WRONG_UNIT"));
  TableOf(report).mutable_unit_name()->set_as_written("君山区机关事务服务中心");
  EXPECT_THAT(RuleIds(report), Contains("WRONG_UNIT"));
  for (const char* name : {"岳阳市君山区职业技能培训服务中心", "君山区职业技能培训中心", "君山区职业培训技能服务中心",
                           "职业技能培训服务中心（本级）", ""}) {
    TableOf(report).mutable_unit_name()->set_as_written(name);
    EXPECT_THAT(RuleIds(report), Not(Contains("WRONG_UNIT"))) << name;
  }
}

TEST(IdentityTest, ReportsFormOfAnotherRegion) {
  Report report = SmallReport();
  report.mutable_content()->set_form("zhengzhou");
  EXPECT_THAT(FindingOf(Score(report), "WRONG_FORM").value(), HasSubstr("郑州市"));
  report.mutable_content()->clear_form();
  EXPECT_THAT(RuleIds(report), IsEmpty());
}

TEST(IdentityTest, ReportsProjectTableAsDepartmentReport) {
  Report report = SmallReport();
  TableOf(report).set_kind(report::v1::REPORT_KIND_PROJECT);
  EXPECT_THAT(RuleIds(report), Contains("WRONG_FORM"));
}

TEST(IdentityTest, ReportsOldFormWithoutScores) {
  Report report = SmallReport();
  for (auto& row : *TableOf(report).mutable_indicators()) {
    row.clear_weight();
    row.clear_score();
  }
  EXPECT_THAT(RuleIds(report), Contains("OLD_FORM"));
  Report goals = report;
  for (auto& row : *TableOf(goals).mutable_indicators()) row.clear_actual();
  EXPECT_THAT(RuleIds(goals), Contains("WRONG_FORM"));
  // Columns that are there and blank are another matter.
  for (auto& row : *TableOf(report).mutable_indicators()) row.mutable_score()->set_as_written("");
  EXPECT_THAT(RuleIds(report), Not(Contains("OLD_FORM")));
}

TEST(IdentityTest, NotesFinanceAsSupervisor) {
  Report report = SmallReport();
  TableOf(report).mutable_supervising_department()->set_as_written("岳阳市君山区财政局");
  EXPECT_THAT(RuleIds(report), Contains("DEPT_WRONG"));
  TableOf(report).mutable_supervising_department()->set_as_written("君山区人力资源和社会保障局");
  EXPECT_THAT(RuleIds(report), Not(Contains("DEPT_WRONG")));
}

}  // namespace
}  // namespace jixiao::scoring
