#include "scoring/core/assessment/work_assessment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scoring/core/score_report.h"
#include "scoring/testing/scored.h"

namespace jixiao::scoring {
namespace {

using report::v1::EvaluationTable;
using report::v1::Report;
using report::v1::ReportContent;
using ::testing::HasSubstr;
using testing::Hunan;
using ::testing::Not;
using testing::Score;

void AddIndicator(EvaluationTable& table, const std::string& level1, const std::string& name, const std::string& target,
                  int64_t weight) {
  auto* row = table.add_indicators();
  row->set_level1(level1);
  row->mutable_level3()->set_as_written(name);
  row->mutable_target()->set_as_written(target);
  row->mutable_weight()->set_points_milli(weight);
}

void AddParagraph(ReportContent& content, report::v1::SectionRole role, const std::string& text) {
  for (auto& section : *content.mutable_sections()) {
    if (section.role() == role) section.add_paragraphs()->set_text(text);
  }
}

// All sections and annexes, four weights as they must be.
Report ReportWithAllParts() {
  Report report;
  auto& content = *report.mutable_content();
  content.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  for (const auto& required : Hunan().rule_set.required_sections()) content.add_sections()->set_role(required.roles(0));
  content.mutable_base_data_table();
  content.mutable_work_assessment_sheet();
  auto& table = *content.add_evaluation_tables();
  table.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  auto* funds = table.add_fund_rows();
  funds->set_role(report::v1::FUND_ROLE_TOTAL);
  funds->mutable_weight()->set_points_milli(10'000);
  AddIndicator(table, "产出", "培训次数", "≥10次", 50'000);
  AddIndicator(table, "效益", "及时率", "≥95%", 30'000);
  AddIndicator(table, "满意度", "群众满意度", "≥90%", 10'000);
  return report;
}

EvaluationTable& Table(Report& report) { return *report.mutable_content()->mutable_evaluation_tables(0); }

v1::WorkCriterionScore Criterion(const Report& report, const std::string& id, const v1::ScoringContext& context = {}) {
  const v1::ScoreCard card = Score(report, context);
  for (const auto& criterion : card.work_assessment().criteria()) {
    if (criterion.criterion_id() == id) return criterion;
  }
  ADD_FAILURE() << "no criterion " << id;
  return {};
}

// `low-high` in 1/1000 point and the basis' first letter: computed, proposed or
// reviewed.
std::string Result(const v1::WorkCriterionScore& score) {
  const char* basis = score.basis() == v1::WORK_SCORE_BASIS_COMPUTED    ? "C"
                      : score.basis() == v1::WORK_SCORE_BASIS_CONFIRMED ? "R"
                                                                        : "P";
  return fmt::format("{}-{}{}", score.supported_low_milli(), score.supported_high_milli(), basis);
}

std::string Result(const Report& report, const std::string& id, const v1::ScoringContext& context = {}) {
  return Result(Criterion(report, id, context));
}

report::v1::WorkEvidence& AddEvidence(Report& report, report::v1::WorkEvidenceKind kind) {
  auto& evidence = *report.mutable_content()->add_work_evidence();
  evidence.set_kind(kind);
  return evidence;
}

Report WithText(const std::string& text) {
  Report report = ReportWithAllParts();
  AddParagraph(*report.mutable_content(), report::v1::SECTION_ROLE_BASIC_INFORMATION, text);
  return report;
}

TEST(WorkAssessmentTest, LeavesOpenWhatTheReportCannotShow) {
  const Report report = ReportWithAllParts();
  EXPECT_EQ(Result(report, "NOTICE_ISSUED"), "0-2000P");
  EXPECT_EQ(Result(report, "NOTICE_COMPLETE"), "0-6000P");
  EXPECT_EQ(Result(report, "WORKING_GROUP"), "0-2000P");
  EXPECT_EQ(Result(report, "OWN_CHECK"), "0-10000P");
  EXPECT_EQ(Result(report, "ON_TIME"), "0-10000P");
  const v1::ScoreCard card = Score(report);
  for (const auto& criterion : card.work_assessment().criteria()) {
    EXPECT_FALSE(criterion.trace().formula().empty()) << criterion.criterion_id();
    EXPECT_FALSE(criterion.trace().clause().empty()) << criterion.criterion_id();
  }
}

TEST(WorkAssessmentTest, SumsTheCriteria) {
  const v1::ScoreCard card = Score(ReportWithAllParts());
  int64_t low = 0;
  int64_t high = 0;
  int64_t points = 0;
  for (const auto& criterion : card.work_assessment().criteria()) {
    low += criterion.supported_low_milli();
    high += criterion.supported_high_milli();
    points += criterion.weight_milli();
  }
  EXPECT_EQ(card.work_assessment().supported_low_milli(), low);
  EXPECT_EQ(card.work_assessment().supported_high_milli(), high);
  EXPECT_EQ(points, 100'000);
}

TEST(WorkAssessmentTest, GivesDocumentsOnRecordTheirPoints) {
  Report report = ReportWithAllParts();
  AddEvidence(report, report::v1::WORK_EVIDENCE_KIND_NOTICE).set_title("〔2025〕3 号");
  AddEvidence(report, report::v1::WORK_EVIDENCE_KIND_WORKING_GROUP);

  EXPECT_EQ(Result(report, "NOTICE_ISSUED"), "2000-2000C");
  EXPECT_EQ(Result(report, "WORKING_GROUP"), "2000-2000C");
  EXPECT_EQ(Criterion(report, "NOTICE_ISSUED").trace().inputs(0).as_written(), "〔2025〕3 号");
  EXPECT_EQ(Result(report, "NOTICE_COMPLETE"), "0-6000P") << "a title does not say what the notice contains";
}

TEST(WorkAssessmentTest, TakesOffAPointForEachMissingItemOfTheNotice) {
  Report report = ReportWithAllParts();
  auto& notice = AddEvidence(report, report::v1::WORK_EVIDENCE_KIND_NOTICE);
  for (int item = report::v1::NOTICE_ITEM_SCOPE; item <= report::v1::NOTICE_ITEM_REQUIREMENTS; ++item) {
    notice.add_notice_items(static_cast<report::v1::NoticeItem>(item));
  }
  EXPECT_EQ(Result(report, "NOTICE_COMPLETE"), "5000-5000C");
  EXPECT_EQ(Criterion(report, "NOTICE_COMPLETE").trace().inputs(0).as_written(), "附件");
  notice.add_notice_items(report::v1::NOTICE_ITEM_ANNEXES);
  EXPECT_EQ(Result(report, "NOTICE_COMPLETE"), "6000-6000C");
}

TEST(WorkAssessmentTest, ProposesWhatTheNarrativeClaimsAndShowsTheSentence) {
  const Report report =
      WithText("我单位高度重视。印发了《关于开展2024年度绩效自评工作的通知》，并成立了绩效自评工作小组。");
  EXPECT_EQ(Result(report, "NOTICE_ISSUED"), "2000-2000P");
  const auto group = Criterion(report, "WORKING_GROUP");
  EXPECT_EQ(Result(group), "2000-2000P");
  EXPECT_EQ(group.trace().inputs(0).as_written(), "并成立了绩效自评工作小组");
  EXPECT_EQ(group.trace().inputs(0).address().start_char(), 33);
  EXPECT_EQ(group.trace().inputs(0).address().char_count(), 12);
}

TEST(WorkAssessmentTest, ReadsClaimsAsTheyAreReallyWritten) {
  for (const char* text : {
           "根据区财政局的工作要求，成立了由主任任组长的绩效评价工作小组。",
           "我局成立以局长为组长，各股室负责人为成员的预算绩效管理领导小组，负责自评。",
           "中心于2012年成立，2025年3月组建绩效自评工作专班。",
       }) {
    EXPECT_EQ(Result(WithText(text), "WORKING_GROUP"), "2000-2000P") << text;
  }
  for (const char* text : {"下发了《关于做好2024年度绩效自评的通知》。", "转发了区财政局关于绩效自评工作的通知。"}) {
    EXPECT_EQ(Result(WithText(text), "NOTICE_ISSUED"), "2000-2000P") << text;
  }
}

TEST(WorkAssessmentTest, MasksPersonsInTheSentencesItQuotes) {
  const auto group =
      Criterion(WithText("我单位成立了由联系人：欧阳明珠（电话13800138000）牵头的绩效自评工作小组。"), "WORKING_GROUP");
  EXPECT_EQ(Result(group), "2000-2000P");
  EXPECT_THAT(group.trace().inputs(0).as_written(), Not(HasSubstr("13800138000")));
}

TEST(WorkAssessmentTest, DoesNotTakeOthersDeedsOrPlansForTheUnitsOwn) {
  for (const char* text : {
           "根据区财政局印发的《关于开展绩效自评工作的通知》要求，我单位认真组织。",
           "结果按省财政厅关于印发绩效评价管理办法的通知要求应用。",
           "我单位拟成立绩效自评工作小组。",
           "目前尚未成立绩效评价工作小组。",
           "各社区成立了防汛工作小组。",
           "本单位于2010年成立，主要负责全区绩效管理工作，向区委领导小组汇报。",
           "按《关于印发绩效自评操作规程的通知》执行。",
           "收到县绩效办印发的自评通知后，我单位认真组织。",
       }) {
    EXPECT_EQ(Result(WithText(text), "NOTICE_ISSUED"), "0-2000P") << text;
    EXPECT_EQ(Result(WithText(text), "WORKING_GROUP"), "0-2000P") << text;
  }
}

TEST(WorkAssessmentTest, TakesOffAPointForEachUnitWithoutOwnCheck) {
  const auto result = [](int expected, int checked) {
    Report report = ReportWithAllParts();
    if (expected >= 0) AddEvidence(report, report::v1::WORK_EVIDENCE_KIND_UNITS_EXPECTED).set_unit_count(expected);
    if (checked >= 0) AddEvidence(report, report::v1::WORK_EVIDENCE_KIND_UNITS_CHECKED).set_unit_count(checked);
    return Result(report, "OWN_CHECK");
  };
  EXPECT_EQ(result(5, 5), "10000-10000C");
  EXPECT_EQ(result(5, 3), "8000-8000C");
  EXPECT_EQ(result(30, 3), "0-0C");
  EXPECT_EQ(result(3, 4), "10000-10000C");
  EXPECT_EQ(result(4, -1), "6000-10000P");
  EXPECT_EQ(result(-1, 4), "0-10000P");
}

TEST(WorkAssessmentTest, TakesOffAPointForEachWorkingDayLate) {
  const auto result = [](int days) {
    v1::ScoringContext context;
    context.set_late_working_day_count(days);
    return Result(ReportWithAllParts(), "ON_TIME", context);
  };
  EXPECT_EQ(result(0), "10000-10000C");
  EXPECT_EQ(result(1), "9000-9000C");
  EXPECT_EQ(result(10), "0-0C");
  EXPECT_EQ(result(12), "0-0C");
  EXPECT_EQ(result(INT32_MAX), "0-0C");
  EXPECT_EQ(result(-1), "0-10000P");
}

TEST(WorkAssessmentTest, TakesOffTwoPointsForEachMissingPart) {
  Report report = ReportWithAllParts();
  EXPECT_EQ(Result(report, "BODY_COMPLETE"), "8000-8000C");
  EXPECT_EQ(Result(report, "ANNEXES_COMPLETE"), "7000-7000C");
  report.mutable_content()->mutable_sections()->RemoveLast();
  report.mutable_content()->clear_base_data_table();
  EXPECT_EQ(Result(report, "BODY_COMPLETE"), "6000-6000C");
  EXPECT_EQ(Result(report, "ANNEXES_COMPLETE"), "5000-5000C");
  report.mutable_content()->clear_sections();
  report.mutable_content()->clear_work_assessment_sheet();
  report.mutable_content()->clear_evaluation_tables();
  EXPECT_EQ(Result(report, "BODY_COMPLETE"), "0-0C");
  EXPECT_EQ(Result(report, "ANNEXES_COMPLETE"), "1000-1000C");
}

TEST(WorkAssessmentTest, ScoresWeightsByTheShareThatConforms) {
  Report report = ReportWithAllParts();
  EXPECT_EQ(Result(report, "WEIGHTS_CONFORM"), "5000-5000C");
  Table(report).mutable_indicators(0)->mutable_weight()->set_points_milli(40'000);
  EXPECT_EQ(Result(report, "WEIGHTS_CONFORM"), "3750-3750C");
  Table(report).mutable_fund_rows(0)->clear_weight();
  EXPECT_EQ(Result(report, "WEIGHTS_CONFORM"), "2500-2500C");
  report.mutable_content()->clear_evaluation_tables();
  EXPECT_EQ(Result(report, "WEIGHTS_CONFORM"), "0-0C");
}

TEST(WorkAssessmentTest, ScoresDepthOfIndicators) {
  Report report = ReportWithAllParts();
  EXPECT_EQ(Result(report, "LEVEL3_DETAIL"), "5000-5000C");
  Table(report).mutable_indicators(0)->mutable_level3()->set_as_written("");
  EXPECT_EQ(Result(report, "LEVEL3_DETAIL"), "3330-3330P");
  for (auto& row : *Table(report).mutable_indicators()) row.mutable_level3()->set_as_written("——");
  EXPECT_EQ(Result(report, "LEVEL3_DETAIL"), "0-0C");
}

TEST(WorkAssessmentTest, ProposesClarityFromTargets) {
  Report report = ReportWithAllParts();
  EXPECT_EQ(Result(report, "INDICATORS_CLEAR"), "5000-5000P");
  Table(report).mutable_indicators(0)->mutable_target()->set_as_written("显著提升");
  EXPECT_EQ(Result(report, "INDICATORS_CLEAR"), "3330-5000P");
  Table(report).mutable_indicators(1)->mutable_target()->set_as_written("≥");
  EXPECT_EQ(Result(report, "INDICATORS_CLEAR"), "1670-3330P");
  EXPECT_EQ(Criterion(report, "INDICATORS_CLEAR").trace().inputs(0).as_written(), "及时率");
}

TEST(WorkAssessmentTest, LowersTheCeilingForIdleIndicators) {
  Report report = ReportWithAllParts();
  EXPECT_EQ(Result(report, "INDICATORS_CORE"), "0-3000P");
  Table(report).mutable_indicators(2)->mutable_level3()->set_as_written("及时率");
  EXPECT_EQ(Result(report, "INDICATORS_CORE"), "0-2000P");
  Table(report).mutable_indicators(0)->mutable_weight()->set_points_milli(0);
  EXPECT_EQ(Result(report, "INDICATORS_CORE"), "0-1000P");
}

TEST(WorkAssessmentTest, LowersTheCeilingWhereOutputOrBenefitIsMissing) {
  Report report = ReportWithAllParts();
  EXPECT_EQ(Result(report, "INDICATORS_RELEVANT"), "0-2000P");
  *report.mutable_content()->add_evaluation_tables() = Table(report);
  report.mutable_content()->mutable_evaluation_tables(1)->mutable_indicators(1)->set_level1("满意度");
  EXPECT_EQ(Result(report, "INDICATORS_RELEVANT"), "0-1000P");
}

Report WithProblems(const std::vector<std::string>& problems, const std::vector<std::string>& measures = {}) {
  Report report = ReportWithAllParts();
  for (const auto& text : problems) {
    AddParagraph(*report.mutable_content(), report::v1::SECTION_ROLE_PROBLEMS, text);
  }
  for (const auto& text : measures) {
    AddParagraph(*report.mutable_content(), report::v1::SECTION_ROLE_IMPROVEMENTS, text);
  }
  return report;
}

constexpr char kBudget[] = "1、由于年初测算不细，预算编制与执行有出入，调整 3 次。";
constexpr char kPeople[] = "2、业务科室参与不多，主要原因是分工不明，培训只有 1 次。";
constexpr char kMoney[] = "3、资金支付偏慢，年底集中支付占 40%。";
constexpr char kAssets[] = "4、由于人手少，资产盘点不及时，12 件账实不符。";

TEST(WorkAssessmentTest, ProposesTiersOfProblemsFromWhatCanBeCounted) {
  EXPECT_EQ(Result(WithProblems({kBudget, kPeople, kMoney, kAssets}), "PROBLEMS"), "20000-20000P");
  EXPECT_EQ(Result(WithProblems({kBudget, kPeople, kMoney}), "PROBLEMS"), "16000-18000P");
  EXPECT_EQ(Result(WithProblems({kBudget, kPeople}), "PROBLEMS"), "13000-15000P");
  EXPECT_EQ(Result(WithProblems({kBudget}), "PROBLEMS"), "10000-12000P");
  EXPECT_EQ(Result(WithProblems({}), "PROBLEMS"), "0-0P");
  EXPECT_EQ(Result(WithProblems({"1、工作经费不足。", "2、财力有限，资金紧张。"}), "PROBLEMS"), "0-0P");
}

TEST(WorkAssessmentTest, WidensTheTierWhereCausesAreNotNamed) {
  const Report report =
      WithProblems({"1、预算编制不细，指标偏少。", "2、业务科室参与不多，配合不够。", "3、资产盘点不及时，账实不符。"});
  const auto score = Criterion(report, "PROBLEMS");
  EXPECT_EQ(Result(score), "10000-18000P");
  EXPECT_THAT(score.trace().formula(), HasSubstr("3 条问题，其中 0 条写明原因"));
  EXPECT_EQ(score.trace().inputs_size(), 3);
}

TEST(WorkAssessmentTest, ProposesTiersOfSuggestionsFromPairs) {
  const std::vector<std::string> problems = {kBudget, kPeople, kAssets};
  const auto result = [&](const std::vector<std::string>& measures) {
    return Result(WithProblems(problems, measures), "SUGGESTIONS");
  };
  EXPECT_EQ(result({"1、细化预算编制，提高准确性。", "2、每季度组织业务培训。", "3、每年盘点资产，核对财务账。"}),
            "15000-15000P");
  EXPECT_EQ(result({"1、细化预算编制，提高准确性。", "2、每季度组织业务培训。"}), "12000-14000P");
  EXPECT_EQ(result({"1、细化预算编制，提高准确性。", "2、严格预算约束，压缩开支。"}), "9000-11000P");
  EXPECT_EQ(result({"1、细化预算编制，提高准确性。"}), "6000-8000P");
  EXPECT_EQ(result({"1、加大资金投入。", "2、增加工作经费。"}), "0-0P");
  EXPECT_EQ(result({}), "0-0P");
  EXPECT_EQ(result({"1、绩效工作专业性强，对财务人员是新的挑战。"}), "0-0P") << "a difficulty is no measure";
}

TEST(WorkAssessmentTest, TakesTheReviewersConfirmationOverEverythingElse) {
  v1::ScoringContext context;
  context.set_late_working_day_count(3);
  for (const auto& [id, milli] : std::map<std::string, int>{{"ON_TIME", 10'000}, {"PROBLEMS", 14'500}}) {
    auto* confirmed = context.add_confirmed_work_scores();
    confirmed->set_criterion_id(id);
    confirmed->set_score_milli(milli);
  }
  const Report report = WithProblems({kBudget});

  EXPECT_TRUE(CheckContext(context, Hunan().rule_set).ok());
  EXPECT_EQ(Result(report, "ON_TIME", context), "10000-10000R");
  const auto problems = Criterion(report, "PROBLEMS", context);
  EXPECT_EQ(Result(problems), "14500-14500R");
  EXPECT_THAT(problems.trace().formula(), HasSubstr("审核人员确认 14.5 分（确认前为 10—12 分）"));
}

TEST(WorkAssessmentTest, ScoresNoWorkForProjectsOrWithoutARubric) {
  Report report = ReportWithAllParts();
  report.mutable_content()->set_kind(report::v1::REPORT_KIND_PROJECT);
  EXPECT_FALSE(Score(report).has_work_assessment());
  report.mutable_content()->mutable_work_assessment_sheet()->mutable_total()->set_points_milli(98'000);
  EXPECT_EQ(Score(report).work_assessment().claimed_milli(), 98'000);
  EXPECT_EQ(Score(report).work_assessment().criteria_size(), 0);
}

}  // namespace
}  // namespace jixiao::scoring
