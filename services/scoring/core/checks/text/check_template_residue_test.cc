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
using testing::RowOf;
using testing::RuleIds;
using testing::Saying;
using testing::Score;
using testing::SmallReport;
using testing::Write;

TEST(TemplateResidueTest, ReportsHintsOfTheTemplate) {
  const auto finding = FindingOf(Score(Saying("（此页为封面）本单位完成了培训任务。")), "TEMPLATE_REUSE");
  EXPECT_EQ(finding.places(0).start_char(), 1);
  EXPECT_EQ(finding.places(0).char_count(), 5);
}

TEST(TemplateResidueTest, FindsHintsBehindAndBetweenLetters) {
  for (const char* text : {"XX单位（盖章）", "（此处填写本单位职能）", "……（以下按实际情况填写）"}) {
    EXPECT_THAT(RuleIds(Saying(text)), Contains("TEMPLATE_REUSE")) << text;
  }
}

TEST(TemplateResidueTest, ReportsDutiesOfAnotherOffice) {
  Report report = SmallReport();
  RowOf(report, 0).mutable_level3()->set_as_written("提高城市管理水平");
  RowOf(report, 1).mutable_level3()->set_as_written("文明执法次数");
  RowOf(report, 2).mutable_level3()->set_as_written("市容整治费用");
  EXPECT_THAT(FindingOf(Score(report), "TEMPLATE_REUSE").value(), HasSubstr("城市管理"));
}

TEST(TemplateResidueTest, LeavesOwnDutiesAlone) {
  Report report = SmallReport();
  RowOf(report, 0).mutable_level3()->set_as_written("提高城市管理水平");
  RowOf(report, 1).mutable_level3()->set_as_written("文明执法次数");
  RowOf(report, 2).mutable_level3()->set_as_written("市容整治费用");
  Write(report, report::v1::SECTION_ROLE_BASIC_INFORMATION, {"本单位负责全区城市管理和综合执法工作。"});
  EXPECT_THAT(RuleIds(report), Not(Contains("TEMPLATE_REUSE")));
}

TEST(TemplateResidueTest, LeavesOneWordInManyRowsAlone) {
  Report report = SmallReport();
  for (const int row : {0, 1, 3}) {
    RowOf(report, row).mutable_level3()->set_as_written("就诊学员优惠项目" + std::to_string(row));
  }
  EXPECT_THAT(RuleIds(report), Not(Contains("TEMPLATE_REUSE")));
}

TEST(TemplateResidueTest, LeavesTwoRowsAlone) {
  Report report = SmallReport();
  RowOf(report, 0).mutable_level3()->set_as_written("参加市容志愿服务次数");
  RowOf(report, 1).mutable_level3()->set_as_written("执法知识培训合格率");
  EXPECT_THAT(RuleIds(report), Not(Contains("TEMPLATE_REUSE")));
}

TEST(TemplateResidueTest, ReportsBlankName) {
  Report report = SmallReport();
  auto& content = *report.mutable_content();
  *content.add_sections() = content.sections(0);
  content.mutable_sections()->SwapElements(0, content.sections_size() - 1);
  content.mutable_sections(0)->set_role(report::v1::SECTION_ROLE_PREAMBLE);
  content.mutable_sections(0)->clear_number();
  content.mutable_sections(0)->mutable_paragraphs(0)->set_text("部门（单位）名称：（盖章）");
  EXPECT_THAT(RuleIds(report), Contains("COVER"));
  content.mutable_sections(0)->mutable_paragraphs(0)->set_text("部门（单位）名称：君山区职业技能培训服务中心（盖章）");
  EXPECT_THAT(RuleIds(report), Not(Contains("COVER")));
}

}  // namespace
}  // namespace jixiao::scoring
