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
using testing::Saying;
using testing::TableOf;

// The narrative says `said`, the goals of the table `in_table`.
std::vector<std::string> RuleIdsOfCounts(const std::string& said, const std::string& in_table) {
  Report report = Saying("全年" + said + "，由业务股按月登记。");
  TableOf(report).mutable_actual_goals()->set_as_written("1." + in_table + "。");
  return RuleIds(report);
}

TEST(NarrativeTest, ReportsCountsOtherThanInTheTable) {
  for (const auto& [said, in_table] :
       {std::pair{"养护农村公路里程520公里", "养护农村公路里程491公里"},
        std::pair{"帮助失业人员就业577人", "帮助失业人员就业555人"}, std::pair{"清理边沟196公里", "清理边沟190公里"}}) {
    EXPECT_THAT(RuleIdsOfCounts(said, in_table), Contains("NARR_VS_TABLE")) << said;
    EXPECT_THAT(RuleIdsOfCounts(in_table, in_table), Not(Contains("NARR_VS_TABLE"))) << said;
  }
}

TEST(NarrativeTest, LeavesCountsThatMayBeOfSomethingElseAlone) {
  for (const auto& [said, in_table] :
       {std::pair{"开展培训12次", "开展培训3次"}, std::pair{"本单位退休人员12人", "本单位退休人员10人"},
        std::pair{"养护农村公路里程约520公里", "养护农村公路里程491公里"}}) {
    EXPECT_THAT(RuleIdsOfCounts(said, in_table), Not(Contains("NARR_VS_TABLE"))) << said;
  }
}

}  // namespace
}  // namespace jixiao::scoring
