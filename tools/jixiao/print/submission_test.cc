#include "print/submission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "print/findings.h"
#include "print/rule_set.h"
#include "print/words.h"

namespace jixiao::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

intake::v1::Submission Published() {
  intake::v1::Submission submission;
  submission.set_name("submissions/430203.NC0003.2024.department");
  submission.set_unit_name("青石区河滨街道办事处");
  submission.set_fiscal_year(2024);
  submission.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  submission.set_current_version(2);
  submission.set_state(intake::v1::Submission::STATE_PUBLISHED);
  submission.mutable_receive_time()->set_seconds(1774944303);
  submission.mutable_finding_counts()->set_blocks(3);
  submission.mutable_finding_counts()->set_note(1);
  submission.set_page_path("/2024/430203/NC0003/department/2");
  submission.set_next_step("已公开，无需办理。");
  return submission;
}

TEST(PrintSubmissionTest, ShowsStatePlaceAndNextStep) {
  EXPECT_EQ(PrintSubmission(Published(), "http://127.0.0.1:8080", {}),
            "青石区河滨街道办事处  2024 年度部门整体支出  已公开\n"
            "  submissions/430203.NC0003.2024.department  第 2 版  收到于 2026-03-31 16:05:03\n"
            "  检查发现：严重 3 项、提示 1 项\n"
            "  公开页面：http://127.0.0.1:8080/2024/430203/NC0003/department/2\n"
            "  下一步：已公开，无需办理。\n");
}

TEST(PrintSubmissionTest, TellsHowManyFindingsWaitForAnExplanation) {
  intake::v1::Submission submission = Published();
  submission.mutable_finding_counts()->set_unexplained(2);

  EXPECT_THAT(PrintSubmission(submission, "", {}), HasSubstr("检查发现：严重 3 项、提示 1 项，其中 2 项待说明\n"));
}

TEST(PrintSubmissionTest, ShowsReturnCommentsAndTheLastProblem) {
  intake::v1::Submission submission = Published();
  submission.add_return_comments()->set_text("请核对全年执行数");
  submission.set_last_problem("评分服务暂时连不上");

  const std::string text = PrintSubmission(submission, "", {});

  EXPECT_THAT(text, HasSubstr("退回意见：请核对全年执行数\n"));
  EXPECT_THAT(text, HasSubstr("最近的问题：评分服务暂时连不上\n"));
}

TEST(PrintReceiptTest, TellsWhenNothingNewWasFiled) {
  intake::v1::Receipt receipt;
  receipt.set_submission_version("submissions/x/versions/1");

  EXPECT_THAT(PrintReceipt(receipt, true, {}), HasSubstr("内容与当前版本相同"));
  EXPECT_THAT(PrintReceipt(receipt, false, {}), HasSubstr("已受理：submissions/x/versions/1"));
}

TEST(PrintDifferenceTest, TellsBlankFromAbsent) {
  intake::v1::FieldDifference difference;
  difference.set_path("content.title");
  difference.set_to("");

  EXPECT_EQ(PrintDifference(difference, {}), "content.title\n  原为 （无）\n  现为 （空白）\n");
}

TEST(PrintEventTest, ShowsWhoDidWhatAndWhy) {
  intake::v1::SubmissionEvent event;
  event.set_version(1);
  event.set_action(intake::v1::SubmissionEvent::ACTION_RETURNED);
  event.set_actor("reviewer");
  event.set_reason("缺附件");
  event.mutable_event_time()->set_seconds(0);

  EXPECT_EQ(PrintEvent(event, {}), "1970-01-01 08:00:00  第 1 版  退回      reviewer\n    缺附件\n");
}

TEST(PrintFindingsTest, ShowsFindingsThatBlameEachOther) {
  scoring::v1::ScoreCard card;
  for (const auto& [id, cause] : {std::pair{"A-1", "B-1"}, std::pair{"B-1", "A-1"}, std::pair{"C-1", "C-1"}}) {
    auto* finding = card.add_findings();
    finding->set_id(id);
    finding->set_title(std::string("标题") + id);
    finding->add_caused_by(cause);
  }

  const std::string text = PrintFindings(card, {});

  EXPECT_THAT(text, HasSubstr("标题A-1"));
  EXPECT_THAT(text, HasSubstr("标题B-1"));
  EXPECT_THAT(text, HasSubstr("标题C-1"));
}

TEST(PrintRuleSetTest, SaysWhatARegionDoesOtherwise) {
  scoring::v1::RuleSet rule_set;
  rule_set.mutable_applies_to()->add_division_codes("000000");
  rule_set.mutable_applies_to()->add_forms("xianjie");
  rule_set.mutable_execution()->add_indicator_names("预算执行率");
  rule_set.mutable_execution()->set_reason_below_ppm(900'000);
  auto* level = rule_set.add_levels();
  level->set_level1("效益");
  level->set_weight_milli(40'000);
  level->add_includes("满意度");
  rule_set.set_ungraded(true);
  auto* rule = rule_set.add_rules();
  rule->set_severity(scoring::v1::SEVERITY_NOTE);
  rule->set_clause("按比例计分");
  rule->set_certainty(scoring::v1::CERTAINTY_BELIEVED);

  const std::string text = PrintRuleSet(rule_set, "sha256:00", {});

  for (const char* expected :
       {"未定本地规则的地区（表样 xianjie）", "列为一项指标，含在一级指标内", "效益（含满意度） 40 分",
        "低于 90% 的，应说明原因", "不评等级", "按比例计分（尚未核实，仅作提示）"}) {
    EXPECT_THAT(text, HasSubstr(expected));
  }
}

TEST(PrintRuleSetTest, ShowsWeightsGradesAndRules) {
  scoring::v1::RuleSet rule_set;
  rule_set.set_name("rulesets/x-2024");
  rule_set.set_title("某省 2024 年度");
  rule_set.mutable_execution()->set_weight_milli(10000);
  rule_set.set_total_points_milli(100000);
  auto* level = rule_set.add_levels();
  level->set_level1("产出");
  level->set_weight_milli(90000);
  auto* band = rule_set.add_grade_bands();
  band->set_grade("优");
  band->set_lower_milli(90000);
  auto* rule = rule_set.add_rules();
  rule->set_id("TOTAL_SCORE");
  rule->set_title("总分与各行之和不符");
  rule->set_severity(scoring::v1::SEVERITY_BLOCKS);

  const std::string text = PrintRuleSet(rule_set, "sha256:00", {});

  EXPECT_THAT(text, HasSubstr("预算执行率 10 分，产出 90 分；共 100 分\n"));
  EXPECT_THAT(text, HasSubstr("  优  90 分及以上\n"));
  EXPECT_THAT(text, HasSubstr("【严重】总分与各行之和不符  TOTAL_SCORE\n"));
}

TEST(WordsTest, EveryValueOfAContractHasAWord) {
  const auto* states = intake::v1::Submission::State_descriptor();
  for (int i = 1; i < states->value_count(); ++i) {
    EXPECT_THAT(WordFor(static_cast<intake::v1::Submission::State>(states->value(i)->number())),
                Not(HasSubstr("不明")));
  }
  const auto* verdicts = scoring::v1::Verdict_descriptor();
  for (int i = 1; i < verdicts->value_count(); ++i) {
    EXPECT_THAT(WordFor(static_cast<scoring::v1::Verdict>(verdicts->value(i)->number())), Not(HasSubstr("不明")));
  }
  const auto* actions = intake::v1::SubmissionEvent::Action_descriptor();
  for (int i = 1; i < actions->value_count(); ++i) {
    EXPECT_THAT(WordFor(static_cast<intake::v1::SubmissionEvent::Action>(actions->value(i)->number())),
                Not(HasSubstr("不明")));
  }
}

}  // namespace
}  // namespace jixiao::cli
