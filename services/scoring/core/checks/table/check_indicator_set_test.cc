#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scoring/testing/scored.h"
#include "scoring/testing/small_report.h"

namespace jixiao::scoring {
namespace {

using report::v1::Report;
using testing::AddRow;
using ::testing::Contains;
using testing::FindingOf;
using ::testing::Not;
using testing::RowOf;
using testing::RuleIds;
using testing::Score;
using testing::SmallReport;
using testing::TableOf;

TEST(IndicatorSetTest, ReportsOneIndicatorInTwoRows) {
  Report report = SmallReport();
  *TableOf(report).add_indicators() = TableOf(report).indicators(0);
  EXPECT_THAT(RuleIds(report), Contains("DUP_INDICATOR"));
  RowOf(report, 5).mutable_target()->set_as_written("≥9次");
  EXPECT_THAT(RuleIds(report), Not(Contains("DUP_INDICATOR")));
}

TEST(IndicatorSetTest, ReportsProjectFilledWithRowsOfTheDepartment) {
  Report report = SmallReport();
  for (const int row : {1, 3}) {
    RowOf(report, row).mutable_target()->set_as_written("按计划完成");
    RowOf(report, row).mutable_actual()->set_as_written("达成预期指标");
  }
  auto* project = report.mutable_content()->add_evaluation_tables();
  *project = TableOf(report);
  project->set_kind(report::v1::REPORT_KIND_PROJECT);
  EXPECT_EQ(FindingOf(Score(report), "DUP_INDICATOR").places_size(), 2);
  project->mutable_indicators(1)->mutable_level3()->set_as_written("本项目培训合格情况");
  EXPECT_THAT(RuleIds(report), Not(Contains("DUP_INDICATOR")));
}

TEST(IndicatorSetTest, LeavesFiguresThatAgreeByChanceAlone) {
  Report report = SmallReport();
  auto* project = report.mutable_content()->add_evaluation_tables();
  *project = testing::SmallTable(report::v1::REPORT_KIND_PROJECT, "君山区职业技能培训服务中心");
  EXPECT_THAT(RuleIds(report), Not(Contains("DUP_INDICATOR")));
}

TEST(IndicatorSetTest, ReportsExecutionRateScoredTwice) {
  Report report = SmallReport();
  RowOf(report, 1).mutable_level3()->set_as_written("预算执行率");
  EXPECT_THAT(RuleIds(report), Contains("DOUBLE_COUNT"));
  RowOf(report, 1).mutable_level3()->set_as_written("培训计划执行率");
  EXPECT_THAT(RuleIds(report), Not(Contains("DOUBLE_COUNT")));
}

TEST(IndicatorSetTest, ReportsSingleOutputOfDetailedTable) {
  Report report = SmallReport();
  for (int i = 0; i < 5; ++i) {
    AddRow(TableOf(report), {"效益", "社会效益", "带动就业人数" + std::to_string(i), "≥10人", "10人", 1, 1, ""});
  }
  EXPECT_THAT(RuleIds(report), Not(Contains("SINGLE_OUTPUT")));
  RowOf(report, 1).set_level1("效益");
  RowOf(report, 2).set_level1("效益");
  EXPECT_THAT(RuleIds(report), Contains("SINGLE_OUTPUT"));
}

TEST(IndicatorSetTest, ReportsDeadlineAsQuantity) {
  Report report = SmallReport();
  RowOf(report, 0).mutable_target()->set_as_written("年底前");
  EXPECT_THAT(RuleIds(report), Contains("INDICATOR_CLASS"));
  RowOf(report, 0).set_level2("时效");
  EXPECT_THAT(RuleIds(report), Not(Contains("INDICATOR_CLASS")));
}

TEST(IndicatorSetTest, NotesClassesThatDifferBetweenTables) {
  Report report = SmallReport();
  auto* project = report.mutable_content()->add_evaluation_tables();
  *project = testing::SmallTable(report::v1::REPORT_KIND_PROJECT, "君山区职业技能培训服务中心");
  EXPECT_THAT(RuleIds(report), Not(Contains("INDICATOR_CLASS_DIFFERS")));
  project->mutable_indicators(0)->set_level2("质量");
  EXPECT_THAT(RuleIds(report), Contains("INDICATOR_CLASS_DIFFERS"));
}

TEST(IndicatorSetTest, ReportsLevelThatZhengzhouLeavesOut) {
  const LoadedRuleSet zhengzhou = testing::ShippedRuleSet("zhengzhou-2021");
  Report report = SmallReport();
  report.mutable_content()->set_form("zhengzhou");
  const v1::Finding finding = FindingOf(ScoreReport(report, "sha256:0", zhengzhou, {}), "LEVEL_MISSING");
  EXPECT_EQ(finding.severity(), v1::SEVERITY_EXPLAIN);
  EXPECT_THAT(RuleIds(report), Not(Contains("LEVEL_MISSING")));
}

}  // namespace
}  // namespace jixiao::scoring
