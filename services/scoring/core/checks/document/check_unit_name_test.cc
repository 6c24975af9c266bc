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
using testing::Write;

constexpr auto kPerformance = report::v1::SECTION_ROLE_PERFORMANCE;

TEST(UnitNameTest, ReportsPlaceThatIsOneCharacterOff) {
  Report report = SmallReport();
  report.mutable_content()->mutable_unit()->set_name("株洲市芦淞区职业技能培训服务中心");
  report.mutable_content()->mutable_unit()->set_division_code("430203");
  TableOf(report).mutable_unit_name()->set_as_written("株洲市芦凇区职业技能培训服务中心");
  Write(report, kPerformance, {"芦凇区职业技能培训服务中心按期完成任务。"});
  const auto finding = FindingOf(Score(report), "UNIT_NAME");
  EXPECT_EQ(finding.places_size(), 2);
  EXPECT_EQ(finding.expected(), "“芦淞区”");
}

TEST(UnitNameTest, LeavesPlacesOfTwoCharactersAlone) {
  Report report = Saying("学员来自益阳市各县。");
  report.mutable_content()->mutable_unit()->set_name("益阳市南县职业技能培训服务中心");
  report.mutable_content()->mutable_unit()->set_division_code("430921");
  TableOf(report).mutable_unit_name()->set_as_written(report.content().unit().name());
  EXPECT_THAT(RuleIds(report), Not(Contains("UNIT_NAME")));
}

TEST(UnitNameTest, LeavesOtherPlacesAlone) {
  for (const char* text : {"组织学员到在山区的企业参观。", "与岳阳市云溪区同行交流。", "岳阳市城区学员较多。"}) {
    EXPECT_THAT(RuleIds(Saying(text)), Not(Contains("UNIT_NAME"))) << text;
  }
}

TEST(UnitNameTest, ReportsOwnNameInAnotherOrder) {
  const auto finding = FindingOf(Score(Saying("区职业培训技能服务中心资产统一管理。")), "UNIT_NAME");
  EXPECT_THAT(finding.value(), HasSubstr("职业培训技能服务中心"));
}

TEST(UnitNameTest, ReportsShortFormInNameCell) {
  Report report = SmallReport();
  TableOf(report).mutable_unit_name()->set_as_written("君山区职业技能培训中心");
  EXPECT_THAT(RuleIds(report), Contains("UNIT_NAME"));
}

TEST(UnitNameTest, ReportsOneWrongCharacterInNameCell) {
  Report report = SmallReport();
  for (const char* name : {"君山区职业技能培训服务申心", "君山区职叶技能培训服务中心", "君出区职业技能培训服务中心"}) {
    TableOf(report).mutable_unit_name()->set_as_written(name);
    EXPECT_THAT(RuleIds(report), Contains("UNIT_NAME")) << name;
  }
}

TEST(UnitNameTest, LeavesShortFormsInSentencesAlone) {
  for (const char* text : {"区培训中心完成任务。", "职业技能培训中心完成任务。", "区政务服务中心设有窗口。",
                           "君山区职业技能培训服务中心完成任务。"}) {
    EXPECT_THAT(RuleIds(Saying(text)), Not(Contains("UNIT_NAME"))) << text;
  }
}

TEST(UnitNameTest, ComparesWithTheRegister) {
  v1::ScoringContext context;
  context.set_registered_unit_name("君山区职业技能培训服务中心");
  EXPECT_THAT(RuleIds(Score(SmallReport(), context)), IsEmpty());
  context.set_registered_unit_name("君山区水利工程质量监督站");
  EXPECT_THAT(RuleIds(Score(SmallReport(), context)), Contains("WRONG_UNIT"));
}

}  // namespace
}  // namespace jixiao::scoring
