#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scoring/testing/scored.h"
#include "scoring/testing/small_report.h"

namespace jixiao::scoring {
namespace {

using ::testing::Contains;
using testing::FindingOf;
using ::testing::Not;
using testing::RuleIds;
using testing::Saying;
using testing::Score;

TEST(ForeignUnitTest, ReportsTheRunningOfAnotherOffice) {
  EXPECT_THAT(RuleIds(Saying("全年资金维持了政府办日常事务的运转。")), Contains("FOREIGN_UNIT"));
}

TEST(ForeignUnitTest, LeavesPartnersAlone) {
  for (const char* text : {"配合政府办保障全区会务正常运行。", "本中心资产由区政府办统一管理，保障了正常运转。",
                           "会同财政局核对数据，系统运行正常。", "向民政局报送名单，确保救助工作有序。"}) {
    EXPECT_THAT(RuleIds(Saying(text)), Not(Contains("FOREIGN_UNIT"))) << text;
  }
}

TEST(ForeignUnitTest, ReportsSelfReferencesThatDoNotFitTheName) {
  const auto finding = FindingOf(Score(Saying("我局认真履职。年内我局完成了各项任务。")), "FOREIGN_UNIT");
  EXPECT_EQ(finding.places_size(), 2);
}

TEST(ForeignUnitTest, LeavesFittingSelfReferencesAlone) {
  for (const char* text : {"我中心认真履职，我中心人员到位。", "我办理了证件，我办理了手续。", "我局一次。",
                           "我委托机构评估，我委派人员参加。"}) {
    EXPECT_THAT(RuleIds(Saying(text)), Not(Contains("FOREIGN_UNIT"))) << text;
  }
}

}  // namespace
}  // namespace jixiao::scoring
