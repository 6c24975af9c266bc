#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/errors.h"
#include "scoring/core/assessment/work_assessment.h"
#include "scoring/core/rules/lint_work_rubric.h"
#include "scoring/core/score_report.h"
#include "scoring/testing/scored.h"

namespace jixiao::scoring {
namespace {

using report::v1::Report;
using ::testing::Contains;
using testing::FindingOf;
using ::testing::HasSubstr;
using testing::Hunan;
using ::testing::Not;
using testing::RuleIds;
using testing::Score;

// All sections and annexes, four weights as they must be.
Report CompleteReport() {
  Report report;
  auto& content = *report.mutable_content();
  content.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  for (const auto& required : Hunan().rule_set.required_sections()) content.add_sections()->set_role(required.roles(0));
  content.mutable_base_data_table();
  auto& table = *content.add_evaluation_tables();
  table.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  auto* funds = table.add_fund_rows();
  funds->set_role(report::v1::FUND_ROLE_TOTAL);
  funds->mutable_weight()->set_points_milli(10'000);
  for (const auto& level : Hunan().rule_set.levels()) {
    auto* row = table.add_indicators();
    row->set_level1(level.level1());
    row->mutable_level3()->set_as_written(level.level1() + "指标之一");
    row->mutable_weight()->set_points_milli(level.weight_milli());
  }
  return report;
}

TEST(CheckContextTest, NamesEveryFieldThatCannotBe) {
  v1::ScoringContext context;
  context.set_late_working_day_count(-1);
  const std::vector<std::pair<std::string, int>> scores = {
      {"ON_TIEM", 1000}, {"ON_TIME", 10'001}, {"ON_TIME", 10'000}, {"PROBLEMS", -1}};
  for (const auto& [id, milli] : scores) {
    auto* confirmed = context.add_confirmed_work_scores();
    confirmed->set_criterion_id(id);
    confirmed->set_score_milli(milli);
  }
  context.add_confirmed_work_scores()->set_criterion_id("SUGGESTIONS");

  const absl::Status status = CheckContext(context, Hunan().rule_set);

  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  std::vector<std::string> fields;
  const auto violations = ViolationsOf(status);
  for (const auto& violation : violations.field_violations()) fields.push_back(violation.field());
  EXPECT_THAT(fields,
              ::testing::ElementsAre(
                  "context.late_working_day_count", "context.confirmed_work_scores[0].criterion_id",
                  "context.confirmed_work_scores[1].score_milli", "context.confirmed_work_scores[2].criterion_id",
                  "context.confirmed_work_scores[3].score_milli", "context.confirmed_work_scores[4].score_milli"));
}

TEST(CheckContextTest, RefusesConfirmationsWhereNothingIsScored) {
  v1::ScoringContext context;
  EXPECT_TRUE(CheckContext(context, {}).ok());
  context.add_confirmed_work_scores()->set_criterion_id("ON_TIME");
  EXPECT_FALSE(CheckContext(context, {}).ok());
}

// A sheet as it is filed: total and, unless negative, scores.
Report WithSheet(int64_t total, const std::vector<int64_t>& scores) {
  Report report = CompleteReport();
  auto& sheet = *report.mutable_content()->mutable_work_assessment_sheet();
  sheet.mutable_total()->set_points_milli(total);
  for (const int64_t score : scores) {
    auto* row = sheet.add_rows();
    row->set_criterion("自评通知");
    if (score >= 0) row->mutable_score()->set_points_milli(score);
  }
  return report;
}

TEST(CheckWorkTest, AsksForRowsBehindABareTotal) {
  const v1::ScoreCard card = Score(WithSheet(98'000, {-1, -1}));
  EXPECT_THAT(FindingOf(card, "WORK_SCORE_ROWS_BLANK").value(), HasSubstr("只填了合计 98 分，2 项"));
  EXPECT_THAT(RuleIds(card), Not(Contains("WORK_SUM")));
  EXPECT_EQ(card.work_assessment().claimed_milli(), 98'000);
  EXPECT_THAT(FindingOf(Score(WithSheet(98'000, {})), "WORK_SCORE_ROWS_BLANK").value(), "只填了合计 98 分");
  EXPECT_THAT(FindingOf(Score(WithSheet(98'000, {50'000, -1})), "WORK_SCORE_ROWS_BLANK").value(),
              "1 项得分未填：自评通知");
}

TEST(CheckWorkTest, ComparesTotalWithRows) {
  EXPECT_THAT(RuleIds(Score(WithSheet(90'000, {50'000, 40'000}))),
              ::testing::AllOf(Not(Contains("WORK_SUM")), Not(Contains("WORK_SCORE_ROWS_BLANK"))));
  EXPECT_EQ(FindingOf(Score(WithSheet(91'000, {50'000, 40'000})), "WORK_SUM").difference(), "1 分");
  EXPECT_EQ(FindingOf(Score(WithSheet(40'000, {50'000, -1})), "WORK_SUM").difference(), "-10 分");
  EXPECT_THAT(RuleIds(Score(WithSheet(91'000, {50'000, -1}))), Not(Contains("WORK_SUM")));
}

TEST(CheckWorkTest, CapsARowAtItsPoints) {
  Report report = WithSheet(22'000, {12'000, 10'000});
  for (auto& row : *report.mutable_content()->mutable_work_assessment_sheet()->mutable_rows()) {
    row.mutable_weight()->set_points_milli(10'000);
  }
  const v1::ScoreCard card = Score(report);
  EXPECT_THAT(RuleIds(card), Contains("OVER_WEIGHT").Times(1));
  EXPECT_EQ(FindingOf(card, "OVER_WEIGHT").difference(), "超出 2 分");
  EXPECT_EQ(FindingOf(card, "OVER_WEIGHT").places(0).label(), "自评工作考核评分表 · 自评通知 · 得分");
}

TEST(CheckWorkTest, HoldsOnlyWhatIsCertainAgainstAClaim) {
  Report report = WithSheet(100'000, {100'000});
  EXPECT_THAT(RuleIds(Score(report)), Not(Contains("WORK_SCORE_ABOVE"))) << "proposals are no proof";
  v1::ScoringContext context;
  context.set_late_working_day_count(2);
  report.mutable_content()->mutable_sections()->RemoveLast();

  const v1::Finding finding = FindingOf(Score(report, context), "WORK_SCORE_ABOVE");

  EXPECT_EQ(finding.difference(), "高出 4 分");
  EXPECT_EQ(finding.expected(), "最高 96 分，应扣：按时报送 2 分、报告正文齐全 2 分");
  report.mutable_content()->mutable_work_assessment_sheet()->mutable_total()->set_points_milli(96'000);
  EXPECT_THAT(RuleIds(Score(report, context)), Not(Contains("WORK_SCORE_ABOVE")));
}

TEST(CheckWorkTest, NotesLateFilingOnlyIfTheContextSaysSo) {
  v1::ScoringContext context;
  EXPECT_THAT(RuleIds(Score(CompleteReport(), context)), Not(Contains("LATE")));
  context.set_late_working_day_count(0);
  EXPECT_THAT(RuleIds(Score(CompleteReport(), context)), Not(Contains("LATE")));
  context.set_late_working_day_count(2);
  EXPECT_EQ(FindingOf(Score(CompleteReport(), context), "LATE").value(), "逾期 2 个工作日");
}

std::string Problems(const v1::WorkRubric& rubric) {
  std::string all;
  for (const FieldViolation& problem : LintWorkRubric(rubric)) all += problem.field + ": " + problem.description + "\n";
  return all;
}

TEST(LintWorkRubricTest, AcceptsTheShippedOneAndNamesWhatIsWrongWithOthers) {
  const v1::WorkRubric& shipped = Hunan().rule_set.work_rubric();
  EXPECT_EQ(Problems(shipped), "");
  v1::WorkRubric rubric = shipped;
  rubric.mutable_criteria(0)->set_points_milli(3000);
  EXPECT_THAT(Problems(rubric), HasSubstr("points sum to 101, not 100"));
  rubric = shipped;
  rubric.mutable_criteria(1)->set_id("NOTICE_ISSUED");
  EXPECT_THAT(Problems(rubric), HasSubstr("criteria[NOTICE_ISSUED]: stands twice"));
  rubric = shipped;
  rubric.mutable_criteria(4)->clear_step_milli();
  EXPECT_THAT(Problems(rubric), HasSubstr("criteria[ON_TIME]: counts what is missing"));
  rubric = shipped;
  rubric.mutable_criteria(0)->clear_measure();
  EXPECT_THAT(Problems(rubric), HasSubstr("has no measure"));
  rubric = shipped;
  rubric.mutable_criteria(12)->mutable_tiers()->SwapElements(0, 1);
  EXPECT_THAT(Problems(rubric), HasSubstr("must lie below the one before it"));
  rubric = shipped;
  rubric.mutable_criteria(12)->mutable_tiers(3)->set_min_aspect_count(1);
  EXPECT_THAT(Problems(rubric), HasSubstr("must ask for nothing more"));
  rubric = shipped;
  rubric.mutable_aspects(0)->add_words("采购");
  EXPECT_THAT(Problems(rubric), HasSubstr("`采购` stands for two aspects"));
}

}  // namespace
}  // namespace jixiao::scoring
