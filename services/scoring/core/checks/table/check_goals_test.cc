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
using ::testing::Not;
using testing::RuleIds;
using testing::Score;
using testing::SmallReport;
using testing::TableOf;

TEST(GoalsTest, ReportsResultsCopiedFromGoals) {
  Report report = SmallReport();
  TableOf(report).mutable_actual_goals()->set_as_written("1.全年举办十期技能培训班；2.帮助学员中的八成找到合适岗位。");
  EXPECT_THAT(FindingOf(Score(report), "GOAL_COPY").value(), HasSubstr("2 条目标中有 1 条"));
}

TEST(GoalsTest, LeavesGenericGoalsAlone) {
  Report report = SmallReport();
  TableOf(report).mutable_expected_goals()->set_as_written("1.举办十期技能培训班；2.完成上级交办的其他工作。");
  TableOf(report).mutable_actual_goals()->set_as_written("1.举办了十一期技能培训班；2.完成上级交办的其他工作。");
  EXPECT_THAT(RuleIds(report), Not(Contains("GOAL_COPY")));
}

TEST(GoalsTest, ReportsGoalsWithoutResult) {
  Report report = SmallReport();
  TableOf(report).mutable_expected_goals()->set_as_written(
      "1.举办技能培训班十期；2.新建实训基地两处；3.开展送岗下乡活动；4.编印培训教材一套");
  TableOf(report).mutable_actual_goals()->set_as_written(
      "举办技能培训班十一期；新建实训基地两处并启用；送岗下乡活动五次");
  EXPECT_THAT(FindingOf(Score(report), "GOAL_MISMATCH").value(), HasSubstr("编印培训教材一套"));
}

TEST(GoalsTest, LeavesResultsToldInOtherOrderAlone) {
  Report report = SmallReport();
  TableOf(report).mutable_expected_goals()->set_as_written(
      "1.举办技能培训班十期；2.新建实训基地两处；3.开展送岗下乡活动；4.编印培训教材一套");
  TableOf(report).mutable_actual_goals()->set_as_written("全年培训三百人；学员满意；资金用完；就业八成");
  EXPECT_THAT(RuleIds(report), Not(Contains("GOAL_MISMATCH")));
}

TEST(GoalsTest, ReportsProjectWhoseResultIsAboutSomethingElse) {
  Report report = SmallReport();
  auto* project = report.mutable_content()->add_evaluation_tables();
  *project = testing::SmallTable(report::v1::REPORT_KIND_PROJECT, "君山区职业技能培训服务中心");
  project->mutable_expected_goals()->set_as_written("建成远程教学系统，实现课程线上点播，方便偏远乡镇学员随时学习。");
  project->mutable_actual_goals()->set_as_written("推进平安创建，保持社会大局平稳，改进工作方式，提升群众安全感。");
  EXPECT_THAT(RuleIds(report), Contains("GOAL_UNANSWERED"));
  project->mutable_actual_goals()->set_as_written("远程教学系统已建成，上线课程四十门，偏远乡镇学员点播八千人次。");
  EXPECT_THAT(RuleIds(report), Not(Contains("GOAL_UNANSWERED")));
}

}  // namespace
}  // namespace jixiao::scoring
