#include "intake/core/review/return_comments.h"

#include <gmock/gmock.h>

#include "common/base/errors.h"
#include "common/testing/status_matchers.h"
#include "intake/testing/report_builder.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::IsOk;
using ::testing::HasSubstr;

class ReturnCommentsTest : public ::testing::Test {
 protected:
  ReturnCommentsTest() : report_(testing::AReport()) {
    report::v1::Section& section = *report_.mutable_content()->add_sections();
    section.set_number("七、");
    section.set_heading("存在的问题");
    scoring::v1::Finding& finding = *card_.add_findings();
    finding.set_id("EXEC_SCORE-1");
    finding.add_places()->set_label("自评表 · 执行率 · 得分");
  }

  absl::Status Check(const std::string& finding_id, const std::string& label) {
    v1::ReviewComment comment;
    comment.set_text("请核对");
    if (!finding_id.empty()) comment.set_finding_id(finding_id);
    if (!label.empty()) comment.mutable_address()->set_label(label);
    return CheckCommentPlaces({v1::ReviewComment(), comment}, report_, card_);
  }

  report::v1::Report report_;
  scoring::v1::ScoreCard card_;
};

TEST_F(ReturnCommentsTest, TakesFindingsAndPlacesOfReportAndCard) {
  EXPECT_THAT(Check("", ""), IsOk());
  EXPECT_THAT(Check("EXEC_SCORE-1", ""), IsOk());
  EXPECT_THAT(Check("", "自评表 · 执行率 · 得分"), IsOk());
  EXPECT_THAT(Check("", "绩效自评表 · 年度资金总额 · 全年执行数"), IsOk());
  EXPECT_THAT(Check("", "七、存在的问题"), IsOk());
}

TEST_F(ReturnCommentsTest, NamesTheCommentWhosePlaceIsUnknown) {
  const auto finding = ViolationsOf(Check("EXEC_SCORE-2", ""));
  ASSERT_EQ(finding.field_violations_size(), 1);
  EXPECT_EQ(finding.field_violations(0).field(), "comments[1].finding_id");
  EXPECT_THAT(finding.field_violations(0).description(), HasSubstr("第 2 条意见"));
  const auto place = ViolationsOf(Check("", "自评表 · 别处"));
  ASSERT_EQ(place.field_violations_size(), 1);
  EXPECT_EQ(place.field_violations(0).field(), "comments[1].address");
  v1::ReviewComment nowhere;
  nowhere.mutable_address();
  EXPECT_EQ(ViolationsOf(CheckCommentPlaces({nowhere}, report_, card_)).field_violations_size(), 1);
}

}  // namespace
}  // namespace jixiao::intake
