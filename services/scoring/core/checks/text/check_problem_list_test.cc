#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scoring/testing/scored.h"
#include "scoring/testing/small_report.h"

namespace jixiao::scoring {
namespace {

using report::v1::Report;
using ::testing::Contains;
using ::testing::Not;
using testing::RuleIds;
using testing::SmallReport;
using testing::Write;

constexpr auto kProblems = report::v1::SECTION_ROLE_PROBLEMS;
constexpr auto kImprovements = report::v1::SECTION_ROLE_IMPROVEMENTS;

TEST(ProblemListTest, ReportsListsThatNameOnlyMoney) {
  Report report = SmallReport();
  Write(report, kProblems, {"一是场地租用经费不足，难以扩大规模；二是设备购置资金缺口较大。"});
  Write(report, kImprovements, {"建议财政部门加大投入，增加设备购置经费。"});
  EXPECT_THAT(RuleIds(report), Contains("PROBLEMS_ONLY_MONEY").Times(2));
}

TEST(ProblemListTest, LeavesListsWithOtherProblemsAlone) {
  Report report = SmallReport();
  Write(report, kProblems, {"一是场地租用经费不足，难以扩大规模；二是部分课程与岗位需求脱节。"});
  Write(report, kImprovements, {"一是加大投入，更新设备；二是按岗位需求调整课程，按季回访学员。"});
  EXPECT_THAT(RuleIds(report), Not(Contains("PROBLEMS_ONLY_MONEY")));
}

TEST(ProblemListTest, ReportsMeasuresThatAreDifficulties) {
  Report report = SmallReport();
  Write(report, kImprovements, {"1、绩效工作专业门槛高、涉及面广，对基层财务人员来说面临许多新的挑战。"});
  EXPECT_THAT(RuleIds(report), Contains("MEASURES_ARE_PROBLEMS"));
  Write(report, kImprovements, {"1、针对基层财务人员面临的挑战，每季度组织一次业务培训，逐项过关。"});
  EXPECT_THAT(RuleIds(report), Not(Contains("MEASURES_ARE_PROBLEMS")));
}

}  // namespace
}  // namespace jixiao::scoring
