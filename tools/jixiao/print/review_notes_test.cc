#include "print/review_notes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "common/base/text.h"
#include "common/domain/personal_data.h"
#include "common/testing/temp_dir.h"
#include "google/protobuf/text_format.h"
#include "print/submission.h"

namespace jixiao::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

intake::v1::Submission Scored() {
  intake::v1::Submission submission;
  submission.set_name("submissions/430203.NC0003.2024.department");
  submission.set_state(intake::v1::Submission::STATE_SCORED);
  for (const char* id : {"EXEC_SCORE-1", "REASON_MISSING-1"}) {
    scoring::v1::Finding& finding = *submission.mutable_score_card()->add_findings();
    finding.set_id(id);
    finding.set_title(std::string("标题") + id[0]);
    finding.set_value("10 分");
    finding.set_how_to_fix("核对后改正，或说明口径。");
    finding.add_places()->set_label("自评表 · 执行率 · 得分");
  }
  intake::v1::FindingExplanation& explanation = *submission.add_explanations();
  explanation.set_finding_id("EXEC_SCORE-1");
  explanation.set_text("年末追加 1.03 万元");
  return submission;
}

TEST(PrintReviewNotesTest, ShowsCommentsBesideWhatTheyAreAbout) {
  intake::v1::ReviewComment comment;
  comment.set_text("请核对");
  EXPECT_EQ(PrintComment(comment, {}, {}), "  退回意见：请核对\n");
  comment.set_finding_id("EXEC_SCORE-1");
  EXPECT_EQ(PrintComment(comment, Scored().score_card(), {}),
            "  退回意见：请核对\n"
            "    针对  EXEC_SCORE-1  标题E\n"
            "          自评表 · 执行率 · 得分\n");
  comment.clear_finding_id();
  comment.mutable_address()->set_label("自评表 · 总分");
  EXPECT_EQ(PrintComment(comment, {}, {}), "  退回意见：请核对\n    位置  自评表 · 总分\n");
}

TEST(PrintReviewNotesTest, ShowsWhatWaitsForAnExplanationAndWhatIsExplained) {
  intake::v1::Submission submission = Scored();
  auto& criterion = *submission.mutable_score_card()->mutable_work_assessment()->add_criteria();
  criterion.set_criterion_id("PROBLEMS");
  criterion.set_title("反映问题情况");
  submission.add_work_confirmations()->set_criterion_id("PROBLEMS");
  submission.mutable_work_confirmations(0)->set_score_milli(16'500);

  EXPECT_EQ(PrintExplanations(submission, {"EXEC_SCORE-1", "REASON_MISSING-1"}, {}),
            "  待说明：REASON_MISSING-1  标题R\n"
            "          自评表 · 执行率 · 得分\n"
            "  已说明：EXEC_SCORE-1  标题E\n"
            "          年末追加 1.03 万元\n"
            "  考核得分已确认：反映问题情况 16.5 分\n");
}

TEST(PrintReviewNotesTest, DoesNotFloodTheScreen) {
  std::vector<std::string> ids;
  for (int i = 1; i <= 25; ++i) ids.push_back("X-" + std::to_string(i));

  const std::string text = PrintExplanations(Scored(), ids, {});

  EXPECT_THAT(text, HasSubstr("X-10\n"));
  EXPECT_THAT(text, Not(HasSubstr("X-11")));
  EXPECT_THAT(text, HasSubstr("另有 15 项待说明，用 jixiao explain submissions/430203.NC0003.2024.department 查看"));
}

TEST(PrintReviewNotesTest, ListsFindingsToExplainWithTheirIds) {
  EXPECT_EQ(PrintToExplain(Scored(), {"EXEC_SCORE-1", "REASON_MISSING-1"}, {}),
            "EXEC_SCORE-1  标题E\n"
            "    位置  自评表 · 执行率 · 得分\n"
            "    填报  10 分\n"
            "    办法  核对后改正，或说明口径。\n"
            "    说明  年末追加 1.03 万元\n"
            "REASON_MISSING-1  标题R\n"
            "    位置  自评表 · 执行率 · 得分\n"
            "    填报  10 分\n"
            "    办法  核对后改正，或说明口径。\n"
            "    说明  （待填写）\n");
  EXPECT_EQ(PrintToExplain(Scored(), {}, {}), "没有需要说明的问题。\n");
}

TEST(PrintReviewNotesTest, LetsNoTextSteerTheTerminal) {
  intake::v1::Submission submission = Scored();
  submission.mutable_explanations(0)->set_text("\x1b[2J年末追加");
  EXPECT_THAT(PrintExplanations(submission, {}, {}), Not(HasSubstr("\x1b")));
}

TEST(PrintChangeTest, TellsWhenAndWhatNext) {
  intake::v1::Submission submission = Scored();
  submission.set_current_version(2);
  submission.set_next_step("请财政部门审核。");
  submission.mutable_update_time()->set_seconds(0);
  EXPECT_EQ(PrintChange(submission, {}), "1970-01-01 08:00:00  第 2 版  已评分，待审核\n    请财政部门审核。\n");
}

// The published list itself: what it tells people to write must be accepted.
TEST(ExplanationKindsTest, EveryExampleIsAnExplanationThatIntakeTakes) {
  const std::string text = jixiao::testing::ReadFile(jixiao::testing::SourcePath("rulesets/explanations.textproto"));
  scoring::v1::ExplanationKinds kinds;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &kinds));
  EXPECT_THAT(kinds.kinds(), SizeIs(::testing::Ge(5)));
  std::set<std::string> ids;
  for (const auto& kind : kinds.kinds()) {
    EXPECT_TRUE(ids.insert(kind.id()).second) << kind.id();
    EXPECT_NE(kind.title(), "");
    EXPECT_NE(kind.applies_when(), "");
    EXPECT_THAT(kind.must_name(), Not(IsEmpty())) << kind.id();
    EXPECT_GE(CodePointCount(kind.example()), 4) << kind.id();
    EXPECT_LE(CodePointCount(kind.example()), 500) << kind.id();
    EXPECT_THAT(FindPersonalData(kind.example()), IsEmpty()) << kind.example();
  }
  const std::string printed = PrintExplanationKinds(kinds, {});
  EXPECT_THAT(printed, HasSubstr("年中调整预算  BUDGET_ADJUSTED\n  适用  "));
  EXPECT_THAT(printed, HasSubstr("不能代替说明：“情况属实”"));
}

}  // namespace
}  // namespace jixiao::cli
