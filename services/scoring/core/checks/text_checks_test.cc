// Each rule of the text checks with examples it must report and examples it
// must leave alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scoring/core/score_report.h"
#include "scoring/testing/rule_files.h"
#include "scoring/testing/small_report.h"

namespace jixiao::scoring {
namespace {

using report::v1::Report;
using testing::AddRow;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::SmallReport;
using testing::TableOf;
using testing::Write;

constexpr auto kPerformance = report::v1::SECTION_ROLE_PERFORMANCE;
constexpr auto kProblems = report::v1::SECTION_ROLE_PROBLEMS;
constexpr auto kImprovements = report::v1::SECTION_ROLE_IMPROVEMENTS;

const LoadedRuleSet& Hunan() {
  static const LoadedRuleSet* const loaded = new LoadedRuleSet(testing::ShippedRuleSet("hunan-2024"));
  return *loaded;
}

v1::ScoreCard Score(const Report& report, const v1::ScoringContext& context = {}) {
  return ScoreReport(report, "sha256:0", Hunan(), context);
}

std::vector<std::string> RuleIds(const v1::ScoreCard& card) {
  std::vector<std::string> ids;
  for (const auto& finding : card.findings()) ids.push_back(finding.rule_id());
  return ids;
}

std::vector<std::string> RuleIds(const Report& report) { return RuleIds(Score(report)); }

// By value: cards are often temporaries.
v1::Finding FindingOf(const v1::ScoreCard& card, const std::string& rule_id) {
  for (const auto& finding : card.findings()) {
    if (finding.rule_id() == rule_id) return finding;
  }
  ADD_FAILURE() << "no finding of " << rule_id;
  return {};
}

// A report with one paragraph under 绩效情况.
Report Saying(const std::string& text) {
  Report report = SmallReport();
  Write(report, kPerformance, {text});
  return report;
}

report::v1::IndicatorRow& RowOf(Report& report, int index) { return *TableOf(report).mutable_indicators(index); }

TEST(TextChecksTest, FindNothingInCleanReport) { EXPECT_THAT(RuleIds(SmallReport()), IsEmpty()); }

TEST(TextChecksTest, FindNothingWithoutTexts) {
  Report report = SmallReport();
  report.mutable_content()->clear_sections();
  EXPECT_THAT(RuleIds(report), Not(Contains("NARR_CONTRADICTION")));
  EXPECT_THAT(RuleIds(report), Not(Contains("TEMPLATE_REUSE")));
}

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

TEST(TemplateReuseTest, ReportsHintsOfTheTemplate) {
  const auto finding = FindingOf(Score(Saying("（此页为封面）本单位完成了培训任务。")), "TEMPLATE_REUSE");
  EXPECT_EQ(finding.places(0).start_char(), 1);
  EXPECT_EQ(finding.places(0).char_count(), 5);
}

TEST(TemplateReuseTest, FindsHintsBehindAndBetweenLetters) {
  for (const char* text : {"XX单位（盖章）", "（此处填写本单位职能）", "……（以下按实际情况填写）"}) {
    EXPECT_THAT(RuleIds(Saying(text)), Contains("TEMPLATE_REUSE")) << text;
  }
}

TEST(TemplateReuseTest, ReportsDutiesOfAnotherOffice) {
  Report report = SmallReport();
  RowOf(report, 0).mutable_level3()->set_as_written("提高城市管理水平");
  RowOf(report, 1).mutable_level3()->set_as_written("文明执法次数");
  RowOf(report, 2).mutable_level3()->set_as_written("市容整治费用");
  EXPECT_THAT(FindingOf(Score(report), "TEMPLATE_REUSE").value(), HasSubstr("城市管理"));
}

TEST(TemplateReuseTest, LeavesOwnDutiesAlone) {
  Report report = SmallReport();
  RowOf(report, 0).mutable_level3()->set_as_written("提高城市管理水平");
  RowOf(report, 1).mutable_level3()->set_as_written("文明执法次数");
  RowOf(report, 2).mutable_level3()->set_as_written("市容整治费用");
  Write(report, report::v1::SECTION_ROLE_BASIC_INFORMATION, {"本单位负责全区城市管理和综合执法工作。"});
  EXPECT_THAT(RuleIds(report), Not(Contains("TEMPLATE_REUSE")));
}

TEST(TemplateReuseTest, LeavesOneWordInManyRowsAlone) {
  Report report = SmallReport();
  for (const int row : {0, 1, 3}) {
    RowOf(report, row).mutable_level3()->set_as_written("就诊学员优惠项目" + std::to_string(row));
  }
  EXPECT_THAT(RuleIds(report), Not(Contains("TEMPLATE_REUSE")));
}

TEST(TemplateReuseTest, LeavesTwoRowsAlone) {
  Report report = SmallReport();
  RowOf(report, 0).mutable_level3()->set_as_written("参加市容志愿服务次数");
  RowOf(report, 1).mutable_level3()->set_as_written("执法知识培训合格率");
  EXPECT_THAT(RuleIds(report), Not(Contains("TEMPLATE_REUSE")));
}

TEST(CoverTest, ReportsBlankName) {
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

TEST(GoalsTest, ReportsResultsCopiedFromGoals) {
  Report report = SmallReport();
  TableOf(report).mutable_actual_goals()->set_as_written("1.全年举办十期技能培训班；2.帮助学员中的八成找到合适岗位。");
  EXPECT_THAT(FindingOf(Score(report), "GOAL_COPY").value(), HasSubstr("2 条目标中有 1 条"));
}

TEST(GoalsTest, LeavesGenericGoalsAlone) {
  Report report = SmallReport();
  TableOf(report).mutable_expected_goals()->set_as_written("1.举办十期技能培训班；2.完成上级交办的其他工作。");
  TableOf(report).mutable_actual_goals()->set_as_written("1.举办了十一期技能培训班；2.完成上级交办的其他工作。");
  EXPECT_THAT(RuleIds(report), Not(Contains("GOAL_COPY")));
}

TEST(GoalsTest, ReportsGoalsWithoutResult) {
  Report report = SmallReport();
  TableOf(report).mutable_expected_goals()->set_as_written(
      "1.举办技能培训班十期；2.新建实训基地两处；3.开展送岗下乡活动；4.编印培训教材一套");
  TableOf(report).mutable_actual_goals()->set_as_written(
      "举办技能培训班十一期；新建实训基地两处并启用；送岗下乡活动五次");
  EXPECT_THAT(FindingOf(Score(report), "GOAL_MISMATCH").value(), HasSubstr("编印培训教材一套"));
}

TEST(GoalsTest, LeavesResultsToldInOtherOrderAlone) {
  Report report = SmallReport();
  TableOf(report).mutable_expected_goals()->set_as_written(
      "1.举办技能培训班十期；2.新建实训基地两处；3.开展送岗下乡活动；4.编印培训教材一套");
  TableOf(report).mutable_actual_goals()->set_as_written("全年培训三百人；学员满意；资金用完；就业八成");
  EXPECT_THAT(RuleIds(report), Not(Contains("GOAL_MISMATCH")));
}

TEST(GoalsTest, ReportsProjectWhoseResultIsAboutSomethingElse) {
  Report report = SmallReport();
  auto* project = report.mutable_content()->add_evaluation_tables();
  *project = testing::SmallTable(report::v1::REPORT_KIND_PROJECT, "君山区职业技能培训服务中心");
  project->mutable_expected_goals()->set_as_written("建成远程教学系统，实现课程线上点播，方便偏远乡镇学员随时学习。");
  project->mutable_actual_goals()->set_as_written("推进平安创建，保持社会大局平稳，改进工作方式，提升群众安全感。");
  EXPECT_THAT(RuleIds(report), Contains("GOAL_UNANSWERED"));
  project->mutable_actual_goals()->set_as_written("远程教学系统已建成，上线课程四十门，偏远乡镇学员点播八千人次。");
  EXPECT_THAT(RuleIds(report), Not(Contains("GOAL_UNANSWERED")));
}

TEST(QualitativeTest, ReportsWordsOutsideTiers) {
  Report report = SmallReport();
  AddRow(TableOf(report), {"效益", "社会效益", "就业服务水平", "提升", "有效提升", 0, 0, ""});
  EXPECT_THAT(RuleIds(report), Not(Contains("QUAL_NOT_TIERED")));
  RowOf(report, 3).mutable_level3()->set_as_written("就业服务水平");
  RowOf(report, 3).mutable_target()->set_as_written("提升");
  RowOf(report, 3).mutable_actual()->set_as_written("有效提升");
  EXPECT_THAT(RuleIds(report), Contains("QUAL_NOT_TIERED"));
  RowOf(report, 3).mutable_actual()->set_as_written("达成预期指标");
  EXPECT_THAT(RuleIds(report), Not(Contains("QUAL_NOT_TIERED")));
}

TEST(QualitativeTest, ReportsRatesAnsweredInWords) {
  Report report = SmallReport();
  RowOf(report, 1).mutable_actual()->set_as_written("基本完成");
  EXPECT_THAT(RuleIds(report), Contains("QUAL_WHERE_RATE"));
  RowOf(report, 1).mutable_actual()->set_as_written("合格率达97%");
  EXPECT_THAT(RuleIds(report), Not(Contains("QUAL_WHERE_RATE")));
  RowOf(report, 1).mutable_level3()->set_as_written("提高工作效率");
  RowOf(report, 1).mutable_actual()->set_as_written("达成预期指标");
  EXPECT_THAT(RuleIds(report), Not(Contains("QUAL_WHERE_RATE")));
}

TEST(QualitativeTest, FoldsBlankTargetsUnderMisusedColumns) {
  Report report = SmallReport();
  for (const int row : {0, 1, 3}) {
    RowOf(report, row).mutable_level3()->set_as_written("提高学员技能水平，带动就业");
    RowOf(report, row).mutable_target()->set_as_written("");
  }
  const v1::ScoreCard card = Score(report);
  const v1::Finding cause = FindingOf(card, "COL_MISUSE");
  EXPECT_EQ(FindingOf(card, "TARGET_BLANK").caused_by(0), cause.id());
  EXPECT_EQ(cause.places_size(), 3);
}

TEST(QualitativeTest, LeavesForgottenTargetsAlone) {
  Report report = SmallReport();
  for (const int row : {0, 1, 3}) RowOf(report, row).mutable_target()->set_as_written("");
  EXPECT_THAT(RuleIds(report), Contains("TARGET_BLANK"));
  EXPECT_THAT(RuleIds(report), Not(Contains("COL_MISUSE")));
}

TEST(QualitativeTest, NotesTargetsRepeatedAsResults) {
  Report report = SmallReport();
  for (int i = 0; i < 15; ++i) {
    AddRow(TableOf(report), {"产出", "质量", "管理制度" + std::to_string(i), "健全", "健全", 1, 1, ""});
  }
  EXPECT_THAT(RuleIds(report), Contains("FULL_QUAL"));
  RowOf(report, 5).mutable_actual()->set_as_written("达成预期指标");
  EXPECT_THAT(RuleIds(report), Not(Contains("FULL_QUAL")));
}

TEST(TargetsTest, ReportsReversedOperators) {
  Report report = SmallReport();
  RowOf(report, 2).mutable_target()->set_as_written("≥50万元");
  EXPECT_THAT(RuleIds(report), Contains("OP_DIRECTION"));
  RowOf(report, 2).mutable_target()->set_as_written("≤100万元");
  RowOf(report, 4).mutable_target()->set_as_written("≤95%");
  EXPECT_THAT(RuleIds(report), Contains("OP_DIRECTION"));
}

TEST(TargetsTest, LeavesSavingsAndComplaintsAlone) {
  Report report = SmallReport();
  RowOf(report, 2).mutable_level3()->set_as_written("节约培训费用");
  RowOf(report, 2).mutable_target()->set_as_written("≥5万元");
  RowOf(report, 3).mutable_level3()->set_as_written("不合格率");
  RowOf(report, 3).mutable_target()->set_as_written("≤5%");
  EXPECT_THAT(RuleIds(report), Not(Contains("OP_DIRECTION")));
}

TEST(TargetsTest, SuggestsOperatorReadAsDigit) {
  Report report = SmallReport();
  RowOf(report, 4).mutable_target()->set_as_written("290%");
  const auto finding = FindingOf(Score(report), "OCR_OPERATOR");
  EXPECT_EQ(finding.severity(), v1::SEVERITY_NOTE);
  ASSERT_EQ(finding.suggestions_size(), 1);
  EXPECT_EQ(finding.suggestions(0).changes(0).to(), "≥90%");
  for (const char* target : {"≥290%", "210%", "190%", "90%"}) {
    RowOf(report, 4).mutable_target()->set_as_written(target);
    EXPECT_THAT(RuleIds(report), Not(Contains("OCR_OPERATOR"))) << target;
  }
}

TEST(TargetsTest, ReportsFiguresInUnitColumn) {
  Report report = SmallReport();
  RowOf(report, 1).mutable_measure_unit()->set_as_written("≥95%");
  EXPECT_THAT(RuleIds(report), Contains("UNIT_COLUMN"));
  for (const char* unit : {"%", "100亩", "个", "万元/年"}) {
    RowOf(report, 1).mutable_measure_unit()->set_as_written(unit);
    EXPECT_THAT(RuleIds(report), Not(Contains("UNIT_COLUMN"))) << unit;
  }
}

TEST(TargetsTest, ReportsTargetsPassedManyTimes) {
  Report report = SmallReport();
  RowOf(report, 0).mutable_target()->set_as_written("≥10000");
  RowOf(report, 0).mutable_actual()->set_as_written("学员信息累计18万余条");
  EXPECT_EQ(FindingOf(Score(report), "TARGET_TOO_LOW").difference(), "约为目标的 18 倍");
  RowOf(report, 0).mutable_actual()->set_as_written("学员信息累计2万余条");
  EXPECT_THAT(RuleIds(report), Not(Contains("TARGET_TOO_LOW")));
}

TEST(TargetsTest, ReportsNameAsTarget) {
  Report report = SmallReport();
  RowOf(report, 3).mutable_level3()->set_as_written("带动地方就业");
  RowOf(report, 3).mutable_target()->set_as_written("带动地方就业");
  EXPECT_THAT(RuleIds(report), Contains("TARGET_IS_NAME"));
  RowOf(report, 3).mutable_target()->set_as_written("明显带动");
  EXPECT_THAT(RuleIds(report), Not(Contains("TARGET_IS_NAME")));
}

TEST(TargetsTest, ReportsSpendingAsResultOfRate) {
  Report report = SmallReport();
  testing::SetMoney(*TableOf(report).mutable_fund_rows(0)->mutable_executed(), 1702);
  RowOf(report, 1).mutable_actual()->set_as_written("1702");
  EXPECT_THAT(RuleIds(report), Contains("VALUE_NONSENSE"));
  RowOf(report, 1).mutable_actual()->set_as_written("97%");
  EXPECT_THAT(RuleIds(report), Not(Contains("VALUE_NONSENSE")));
}

TEST(TargetsTest, LeavesHundredOfHundredAlone) {
  Report report = SmallReport();
  RowOf(report, 1).mutable_target()->set_as_written("100%");
  RowOf(report, 1).mutable_actual()->set_as_written("100");
  EXPECT_THAT(RuleIds(report), Not(Contains("VALUE_NONSENSE")));
}

TEST(TargetsTest, ReportsSavingAsReasonForDeduction) {
  Report report = SmallReport();
  RowOf(report, 2).mutable_score()->set_points_milli(9'000);
  RowOf(report, 2).mutable_reason()->set_as_written("预算减少");
  EXPECT_THAT(RuleIds(report), Contains("COST_DEDUCT"));
  RowOf(report, 2).mutable_reason()->set_as_written("票据报销不及时，下年按月报销");
  EXPECT_THAT(RuleIds(report), Not(Contains("COST_DEDUCT")));
}

TEST(IndicatorSetTest, ReportsOneIndicatorInTwoRows) {
  Report report = SmallReport();
  *TableOf(report).add_indicators() = TableOf(report).indicators(0);
  EXPECT_THAT(RuleIds(report), Contains("DUP_INDICATOR"));
  RowOf(report, 5).mutable_target()->set_as_written("≥9次");
  EXPECT_THAT(RuleIds(report), Not(Contains("DUP_INDICATOR")));
}

TEST(IndicatorSetTest, ReportsProjectFilledWithRowsOfTheDepartment) {
  Report report = SmallReport();
  for (const int row : {1, 3}) {
    RowOf(report, row).mutable_target()->set_as_written("按计划完成");
    RowOf(report, row).mutable_actual()->set_as_written("达成预期指标");
  }
  auto* project = report.mutable_content()->add_evaluation_tables();
  *project = TableOf(report);
  project->set_kind(report::v1::REPORT_KIND_PROJECT);
  EXPECT_EQ(FindingOf(Score(report), "DUP_INDICATOR").places_size(), 2);
  project->mutable_indicators(1)->mutable_level3()->set_as_written("本项目培训合格情况");
  EXPECT_THAT(RuleIds(report), Not(Contains("DUP_INDICATOR")));
}

TEST(IndicatorSetTest, LeavesFiguresThatAgreeByChanceAlone) {
  Report report = SmallReport();
  auto* project = report.mutable_content()->add_evaluation_tables();
  *project = testing::SmallTable(report::v1::REPORT_KIND_PROJECT, "君山区职业技能培训服务中心");
  EXPECT_THAT(RuleIds(report), Not(Contains("DUP_INDICATOR")));
}

TEST(IndicatorSetTest, ReportsExecutionRateScoredTwice) {
  Report report = SmallReport();
  RowOf(report, 1).mutable_level3()->set_as_written("预算执行率");
  EXPECT_THAT(RuleIds(report), Contains("DOUBLE_COUNT"));
  RowOf(report, 1).mutable_level3()->set_as_written("培训计划执行率");
  EXPECT_THAT(RuleIds(report), Not(Contains("DOUBLE_COUNT")));
}

TEST(IndicatorSetTest, ReportsSingleOutputOfDetailedTable) {
  Report report = SmallReport();
  for (int i = 0; i < 5; ++i) {
    AddRow(TableOf(report), {"效益", "社会效益", "带动就业人数" + std::to_string(i), "≥10人", "10人", 1, 1, ""});
  }
  EXPECT_THAT(RuleIds(report), Not(Contains("SINGLE_OUTPUT")));
  RowOf(report, 1).set_level1("效益");
  RowOf(report, 2).set_level1("效益");
  EXPECT_THAT(RuleIds(report), Contains("SINGLE_OUTPUT"));
}

TEST(IndicatorSetTest, ReportsDeadlineAsQuantity) {
  Report report = SmallReport();
  RowOf(report, 0).mutable_target()->set_as_written("年底前");
  EXPECT_THAT(RuleIds(report), Contains("INDICATOR_CLASS"));
  RowOf(report, 0).set_level2("时效");
  EXPECT_THAT(RuleIds(report), Not(Contains("INDICATOR_CLASS")));
}

TEST(IndicatorSetTest, NotesClassesThatDifferBetweenTables) {
  Report report = SmallReport();
  auto* project = report.mutable_content()->add_evaluation_tables();
  *project = testing::SmallTable(report::v1::REPORT_KIND_PROJECT, "君山区职业技能培训服务中心");
  EXPECT_THAT(RuleIds(report), Not(Contains("INDICATOR_CLASS_DIFFERS")));
  project->mutable_indicators(0)->set_level2("质量");
  EXPECT_THAT(RuleIds(report), Contains("INDICATOR_CLASS_DIFFERS"));
}

TEST(StatementsTest, ReportsAllMetBesideDeductions) {
  Report report = Saying("2024年绩效目标全面完成，成效明显。");
  EXPECT_THAT(RuleIds(report), Not(Contains("NARR_CONTRADICTION")));
  for (const int row : {0, 1, 3}) RowOf(report, row).mutable_score()->set_points_milli(8'000);
  const auto finding = FindingOf(Score(report), "NARR_CONTRADICTION");
  EXPECT_THAT(finding.value(), HasSubstr("3 项指标扣分"));
}

TEST(StatementsTest, ReportsWithinBudgetBesideDoubledSpending) {
  Report report = Saying("全年总支出控制在预算之内。");
  EXPECT_THAT(RuleIds(report), Not(Contains("NARR_CONTRADICTION")));
  testing::SetMoney(*TableOf(report).mutable_fund_rows(0)->mutable_initial_budget(), 40);
  EXPECT_THAT(RuleIds(report), Contains("NARR_CONTRADICTION"));
}

TEST(StatementsTest, NotesBudgetChangesWithoutReason) {
  Report report = SmallReport();
  testing::SetMoney(*TableOf(report).mutable_fund_rows(0)->mutable_initial_budget(), 60);
  const v1::ScoreCard card = Score(report);
  EXPECT_EQ(FindingOf(card, "BUDGET_ADJ_NO_REASON").caused_by(0), FindingOf(card, "BUDGET_ADJ").id());
  Write(report, kPerformance, {"年中追加培训专项40万元。"});
  EXPECT_THAT(RuleIds(report), Not(Contains("BUDGET_ADJ_NO_REASON")));
}

TEST(StatementsTest, NotesBudgetCutWithoutReason) {
  Report report = SmallReport();
  auto& funds = *TableOf(report).mutable_fund_rows(0);
  testing::SetMoney(*funds.mutable_initial_budget(), 108);
  testing::SetMoney(*funds.mutable_executed(), 99);
  EXPECT_THAT(RuleIds(report), Contains("BUDGET_CUT"));
  Write(report, kPerformance, {"年中调减培训经费8万元。"});
  EXPECT_THAT(RuleIds(report), Not(Contains("BUDGET_CUT")));
}

TEST(StatementsTest, NotesPublicFundsIndicatorWithoutPublicFunds) {
  Report report = SmallReport();
  Write(report, report::v1::SECTION_ROLE_GENERAL_BUDGET, {"基本支出52.07万元，其中人员支出52.07万元。"});
  EXPECT_THAT(RuleIds(report), Not(Contains("PUBLIC_EXP_ZERO")));
  RowOf(report, 2).mutable_level3()->set_as_written("日常公用经费");
  EXPECT_THAT(RuleIds(report), Contains("PUBLIC_EXP_ZERO"));
}

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

TEST(SectionNumberingTest, ReportsMixedAndRestartedNumbers) {
  Report report = SmallReport();
  report.mutable_content()->mutable_sections(6)->set_number("7、");
  EXPECT_THAT(FindingOf(Score(report), "SECTION_NUMBERING").value(), HasSubstr("“六、”之后写成“7、”"));
  report = SmallReport();
  Write(report, kPerformance, {"（一）整体情况", "（一）抓培训", "（二）抓就业"});
  EXPECT_THAT(RuleIds(report), Contains("SECTION_NUMBERING"));
  Write(report, kPerformance, {"（一）整体情况", "正文", "（2）项目情况"});
  EXPECT_THAT(RuleIds(report), Contains("SECTION_NUMBERING"));
  report = SmallReport();
  report.mutable_content()->mutable_sections(6)->set_number("八、");
  EXPECT_THAT(RuleIds(report), Contains("SECTION_NUMBERING"));
}

TEST(SectionNumberingTest, LeavesNestedListsAlone) {
  Report report = SmallReport();
  Write(report, kPerformance,
        {"（一）整体情况", "1.抓培训", "（1）开班", "（2）结业", "2.抓就业", "（1）对接", "（二）项目情况",
         "1.5万元用于教材", "2024年12月结项"});
  EXPECT_THAT(RuleIds(report), Not(Contains("SECTION_NUMBERING")));
}

TEST(TypographyTest, NotesSlipsOnceWithAllPlaces) {
  const auto finding = FindingOf(Score(Saying("调解纠分十起，，例行节约。")), "TYPO");
  EXPECT_EQ(finding.places_size(), 3);
  EXPECT_THAT(finding.expected(), HasSubstr("纠纷"));
}

TEST(TypographyTest, LeavesRightWordsAlone) {
  for (const char* text :
       {"调解纠纷十起。", "的的确确有成效。", "召开党委委员会议。", "情况如下：……", "即使困难也完成了。"}) {
    EXPECT_THAT(RuleIds(Saying(text)), Not(Contains("TYPO"))) << text;
  }
}

TEST(TypographyTest, NotesRemainsThatTheReaderTookOut) {
  Report report = SmallReport();
  report.mutable_provenance()->set_reader("text/1");
  report.mutable_content()->add_signature_blocks()->set_has_date(true);
  EXPECT_THAT(RuleIds(report), IsEmpty());
  auto* change = report.mutable_provenance()->add_changes();
  change->set_kind(report::v1::CHANGE_KIND_BOOKMARK_REMOVED);
  change->set_source_line(16);
  EXPECT_EQ(FindingOf(Score(report), "TEXT_DAMAGE").places(0).source_line(), 16);
  change->set_kind(report::v1::CHANGE_KIND_ROW_ALIGNED);
  EXPECT_THAT(RuleIds(report), Contains("COL_SHIFT"));
  change->set_kind(report::v1::CHANGE_KIND_LINES_JOINED);
  EXPECT_THAT(RuleIds(report), IsEmpty());
}

TEST(TypographyTest, NotesSignaturesOnlyIfAllAreBlank) {
  Report report = SmallReport();
  report.mutable_content()->add_signature_blocks();
  report.mutable_content()->add_signature_blocks();
  EXPECT_EQ(FindingOf(Score(report), "SIGN_BLANK").places_size(), 2);
  report.mutable_content()->mutable_signature_blocks(1)->set_has_date(true);
  EXPECT_THAT(RuleIds(report), Not(Contains("SIGN_BLANK")));
  report.mutable_content()->clear_signature_blocks();
  EXPECT_THAT(RuleIds(report), Not(Contains("SIGN_BLANK")));
  report.mutable_provenance()->set_reader("text/1");
  EXPECT_THAT(RuleIds(report), Contains("SIGN_BLANK"));
}

TEST(ProjectRowsTest, NotesBlankSum) {
  Report report = SmallReport();
  auto& base = *report.mutable_content()->mutable_base_data_table();
  auto* sum = base.add_cost_rows();
  sum->set_item(report::v1::COST_ITEM_PROJECTS);
  auto* project = base.add_cost_rows();
  project->set_item(report::v1::COST_ITEM_PROJECT);
  testing::SetMoney(*project->mutable_budget(), 20);
  EXPECT_THAT(RuleIds(report), Contains("PROJECT_BUDGET_GAP"));
  testing::SetMoney(*sum->mutable_budget(), 20);
  EXPECT_THAT(RuleIds(report), Not(Contains("PROJECT_BUDGET_GAP")));
}

TEST(IdentityTest, ReportsTablesOfAnotherYear) {
  Report report = SmallReport();
  TableOf(report).set_title("2023年度部门整体支出绩效自评表");
  EXPECT_EQ(FindingOf(Score(report), "WRONG_YEAR").severity(), v1::SEVERITY_BLOCKS);
  TableOf(report).set_title("2024年度部门整体支出绩效自评表");
  EXPECT_THAT(RuleIds(report), IsEmpty());
  TableOf(report).set_title("部门整体支出绩效自评表");
  EXPECT_THAT(RuleIds(report), IsEmpty());
}

TEST(IdentityTest, ReportsTextOfTheYearBefore) {
  const std::string text = "2023年开班。2023年3月招生。2023 年6月结业。2023年就业。2023年回访。2024年计划。";
  EXPECT_THAT(RuleIds(Saying(text)), Contains("WRONG_YEAR"));
}

TEST(IdentityTest, LeavesComparisonsWithTheYearBeforeAlone) {
  for (const char* text : {"2024年开班，比2023年多两期。2024年就业率高于2023年。2024年满意度与2023年持平。",
                           "2023年、2022年、2021年、2020年、2019年和2018年均已完成。", "2023年开班。2023年结业。"}) {
    EXPECT_THAT(RuleIds(Saying(text)), Not(Contains("WRONG_YEAR"))) << text;
  }
}

TEST(IdentityTest, ReportsTableOfAnotherUnit) {
  Report report = SmallReport();
  TableOf(report).mutable_unit_name()->set_as_written("岳阳市君山区水利工程质量监督站");
  EXPECT_THAT(RuleIds(report), Contains("WRONG_UNIT"));
  TableOf(report).mutable_unit_name()->set_as_written("君山区机关事务服务中心");
  EXPECT_THAT(RuleIds(report), Contains("WRONG_UNIT"));
  for (const char* name : {"岳阳市君山区职业技能培训服务中心", "君山区职业技能培训中心", "君山区职业培训技能服务中心",
                           "职业技能培训服务中心（本级）", ""}) {
    TableOf(report).mutable_unit_name()->set_as_written(name);
    EXPECT_THAT(RuleIds(report), Not(Contains("WRONG_UNIT"))) << name;
  }
}

TEST(IdentityTest, ReportsFormOfAnotherRegion) {
  Report report = SmallReport();
  report.mutable_content()->set_form("zhengzhou");
  EXPECT_THAT(FindingOf(Score(report), "WRONG_FORM").value(), HasSubstr("郑州市"));
  report.mutable_content()->clear_form();
  EXPECT_THAT(RuleIds(report), IsEmpty());
}

TEST(IdentityTest, ReportsProjectTableAsDepartmentReport) {
  Report report = SmallReport();
  TableOf(report).set_kind(report::v1::REPORT_KIND_PROJECT);
  EXPECT_THAT(RuleIds(report), Contains("WRONG_FORM"));
}

TEST(IdentityTest, ReportsOldFormWithoutScores) {
  Report report = SmallReport();
  for (auto& row : *TableOf(report).mutable_indicators()) {
    row.clear_weight();
    row.clear_score();
  }
  EXPECT_THAT(RuleIds(report), Contains("OLD_FORM"));
  Report goals = report;
  for (auto& row : *TableOf(goals).mutable_indicators()) row.clear_actual();
  EXPECT_THAT(RuleIds(goals), Contains("WRONG_FORM"));
  // Columns that are there and blank are another matter.
  for (auto& row : *TableOf(report).mutable_indicators()) row.mutable_score()->set_as_written("");
  EXPECT_THAT(RuleIds(report), Not(Contains("OLD_FORM")));
}

TEST(IdentityTest, NotesFinanceAsSupervisor) {
  Report report = SmallReport();
  TableOf(report).mutable_supervising_department()->set_as_written("岳阳市君山区财政局");
  EXPECT_THAT(RuleIds(report), Contains("DEPT_WRONG"));
  TableOf(report).mutable_supervising_department()->set_as_written("君山区人力资源和社会保障局");
  EXPECT_THAT(RuleIds(report), Not(Contains("DEPT_WRONG")));
}

TEST(LevelsTest, ReportsLevelThatZhengzhouLeavesOut) {
  const LoadedRuleSet zhengzhou = testing::ShippedRuleSet("zhengzhou-2021");
  Report report = SmallReport();
  report.mutable_content()->set_form("zhengzhou");
  const v1::Finding finding = FindingOf(ScoreReport(report, "sha256:0", zhengzhou, {}), "LEVEL_MISSING");
  EXPECT_EQ(finding.severity(), v1::SEVERITY_EXPLAIN);
  EXPECT_THAT(RuleIds(report), Not(Contains("LEVEL_MISSING")));
}

}  // namespace
}  // namespace jixiao::scoring
