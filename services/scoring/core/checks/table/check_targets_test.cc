#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scoring/testing/scored.h"
#include "scoring/testing/small_report.h"

namespace jixiao::scoring {
namespace {

using report::v1::Report;
using ::testing::Contains;
using testing::FindingOf;
using ::testing::Not;
using testing::RowOf;
using testing::RuleIds;
using testing::Score;
using testing::SmallReport;
using testing::TableOf;

TEST(TargetsTest, ReportsReversedOperators) {
  Report report = SmallReport();
  RowOf(report, 2).mutable_target()->set_as_written("≥50万元");
  EXPECT_THAT(RuleIds(report), Contains("OP_DIRECTION"));
  RowOf(report, 2).mutable_target()->set_as_written("≤100万元");
  RowOf(report, 4).mutable_target()->set_as_written("≤95%");
  EXPECT_THAT(RuleIds(report), Contains("OP_DIRECTION"));
}

TEST(TargetsTest, LeavesSavingsAndComplaintsAlone) {
  Report report = SmallReport();
  RowOf(report, 2).mutable_level3()->set_as_written("节约培训费用");
  RowOf(report, 2).mutable_target()->set_as_written("≥5万元");
  RowOf(report, 3).mutable_level3()->set_as_written("不合格率");
  RowOf(report, 3).mutable_target()->set_as_written("≤5%");
  EXPECT_THAT(RuleIds(report), Not(Contains("OP_DIRECTION")));
}

TEST(TargetsTest, SuggestsOperatorReadAsDigit) {
  Report report = SmallReport();
  RowOf(report, 4).mutable_target()->set_as_written("290%");
  const auto finding = FindingOf(Score(report), "OCR_OPERATOR");
  EXPECT_EQ(finding.severity(), v1::SEVERITY_NOTE);
  ASSERT_EQ(finding.suggestions_size(), 1);
  EXPECT_EQ(finding.suggestions(0).changes(0).to(), "≥90%");
  for (const char* target : {"≥290%", "210%", "190%", "90%"}) {
    RowOf(report, 4).mutable_target()->set_as_written(target);
    EXPECT_THAT(RuleIds(report), Not(Contains("OCR_OPERATOR"))) << target;
  }
}

TEST(TargetsTest, ReportsFiguresInUnitColumn) {
  Report report = SmallReport();
  RowOf(report, 1).mutable_measure_unit()->set_as_written("≥95%");
  EXPECT_THAT(RuleIds(report), Contains("UNIT_COLUMN"));
  for (const char* unit : {"%", "100亩", "个", "万元/年"}) {
    RowOf(report, 1).mutable_measure_unit()->set_as_written(unit);
    EXPECT_THAT(RuleIds(report), Not(Contains("UNIT_COLUMN"))) << unit;
  }
}

TEST(TargetsTest, ReportsTargetsPassedManyTimes) {
  Report report = SmallReport();
  RowOf(report, 0).mutable_target()->set_as_written("≥10000");
  RowOf(report, 0).mutable_actual()->set_as_written("学员信息累计18万余条");
  EXPECT_EQ(FindingOf(Score(report), "TARGET_TOO_LOW").difference(), "约为目标的 18 倍");
  RowOf(report, 0).mutable_actual()->set_as_written("学员信息累计2万余条");
  EXPECT_THAT(RuleIds(report), Not(Contains("TARGET_TOO_LOW")));
}

TEST(TargetsTest, ReportsNameAsTarget) {
  Report report = SmallReport();
  RowOf(report, 3).mutable_level3()->set_as_written("带动地方就业");
  RowOf(report, 3).mutable_target()->set_as_written("带动地方就业");
  EXPECT_THAT(RuleIds(report), Contains("TARGET_IS_NAME"));
  RowOf(report, 3).mutable_target()->set_as_written("明显带动");
  EXPECT_THAT(RuleIds(report), Not(Contains("TARGET_IS_NAME")));
}

TEST(TargetsTest, ReportsSpendingAsResultOfRate) {
  Report report = SmallReport();
  testing::SetMoney(*TableOf(report).mutable_fund_rows(0)->mutable_executed(), 1702);
  RowOf(report, 1).mutable_actual()->set_as_written("1702");
  EXPECT_THAT(RuleIds(report), Contains("VALUE_NONSENSE"));
  RowOf(report, 1).mutable_actual()->set_as_written("97%");
  EXPECT_THAT(RuleIds(report), Not(Contains("VALUE_NONSENSE")));
}

TEST(TargetsTest, LeavesHundredOfHundredAlone) {
  Report report = SmallReport();
  RowOf(report, 1).mutable_target()->set_as_written("100%");
  RowOf(report, 1).mutable_actual()->set_as_written("100");
  EXPECT_THAT(RuleIds(report), Not(Contains("VALUE_NONSENSE")));
}

TEST(TargetsTest, ReportsSavingAsReasonForDeduction) {
  Report report = SmallReport();
  RowOf(report, 2).mutable_score()->set_points_milli(9'000);
  RowOf(report, 2).mutable_reason()->set_as_written("预算减少");
  EXPECT_THAT(RuleIds(report), Contains("COST_DEDUCT"));
  RowOf(report, 2).mutable_reason()->set_as_written("票据报销不及时，下年按月报销");
  EXPECT_THAT(RuleIds(report), Not(Contains("COST_DEDUCT")));
}

}  // namespace
}  // namespace jixiao::scoring
