// One small document per trap of real reports.
#include "intake/reader/form/read_text_report.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/reader/blocks/heading.h"
#include "intake/reader/blocks/signature_line.h"
#include "intake/testing/documents/shipped_reader_data.h"
#include "intake/testing/documents/tab_led.h"

namespace jixiao::intake {
namespace {

using report::v1::EvaluationTable;
using report::v1::IndicatorRow;
using report::v1::Report;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::TabLed;

const std::vector<std::string> kHeading = {"绩\n效\n指\n标", "一级指标",     "二级指标",
                                           "三级指标",       "年度\n指标值", "实际\n完成值",
                                           "分值",           "得分",         "偏差原因分析及改进措施"};
const std::vector<std::string> kRow = {
    "", "产出指标\n\n（50分）", "数量\n指标", "培训", "≥2次", "3次", "10", "9.5", "无偏差"};

Report Read(const std::string& document) {
  auto report = ReadTextReport(document, testing::ShippedReaderData());
  EXPECT_TRUE(report.ok()) << report.status();
  return report.ok() ? *std::move(report) : Report();
}

EvaluationTable ReadTable(const std::vector<std::vector<std::string>>& rows) {
  const Report report = Read("2024年度部门整体支出绩效自评表\n" + TabLed(rows));
  return report.content().evaluation_tables_size() > 0 ? report.content().evaluation_tables(0) : EvaluationTable();
}

const FormLabels& Labels() { return testing::ShippedReaderData().labels; }

std::optional<Heading> ReadAsHeading(std::string_view paragraph, int last_ordinal, int last_item = 0) {
  return ReadHeading(paragraph, last_ordinal, last_item, Labels());
}

std::vector<std::string> UnreadTexts(const Report& report) {
  std::vector<std::string> texts;
  for (const auto& unread : report.provenance().unread()) texts.push_back(unread.text());
  return texts;
}

TEST(ReadTextReportTest, ReadsLabelsBrokenOverLinesAndParagraphs) {
  const EvaluationTable table = ReadTable({kHeading, kRow});
  ASSERT_EQ(table.indicators_size(), 1);
  const IndicatorRow& row = table.indicators(0);
  EXPECT_EQ(row.level1(), "产出");
  EXPECT_EQ(row.level2(), "数量");
  EXPECT_EQ(row.target().as_written(), "≥2次");
  EXPECT_EQ(row.target().number_case(), report::v1::Value::NUMBER_NOT_SET);
  EXPECT_EQ(row.score().points_milli(), 9500);
  ASSERT_EQ(table.level_headers_size(), 1);
  EXPECT_EQ(table.level_headers(0).points().points_milli(), 50000);
}

TEST(ReadTextReportTest, GivesAddressesAClerkCanFollow) {
  const EvaluationTable table = ReadTable({kHeading, kRow});
  const auto& address = table.indicators(0).score().address();
  EXPECT_EQ(address.label(), "自评表 · 产出 · 数量 · 培训 · 得分");
  EXPECT_EQ(address.part(), report::v1::PART_EVALUATION_TABLE);
  EXPECT_EQ(address.part_index(), 0);
  EXPECT_EQ(address.row_index(), 1);
  EXPECT_EQ(address.column_index(), 7);
  EXPECT_EQ(address.source_line(), 27);
}

// What a region calls a column is learnt by a line of data.
TEST(ReadTextReportTest, ReadsAHeadingOnceTheDataKnowsIt) {
  std::vector<std::string> heading = kHeading;
  heading[5] = "年末\n达到程度";
  const std::string document = "2024年度部门整体支出绩效自评表\n" + TabLed({heading, kRow});
  EXPECT_FALSE(Read(document).content().evaluation_tables(0).indicators(0).has_actual());

  forms::v1::FormLabels words = Labels().words();
  auto& added = *words.add_indicator_columns();
  added.set_means(forms::v1::INDICATOR_COLUMN_ACTUAL);
  added.mutable_words()->add_is("年末达到程度");
  std::string text;
  google::protobuf::TextFormat::PrintToString(words, &text);
  ReaderData data = testing::ShippedReaderData();
  data.labels = FormLabels::Parse(text).value();

  const auto report = ReadTextReport(document, data);

  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->content().evaluation_tables(0).indicators(0).actual().as_written(), "3次");
}

TEST(ReadTextReportTest, CarriesMergedLabelsDownAndKeepsRowsScoredWithWords) {
  const EvaluationTable table = ReadTable({kHeading,
                                           kRow,
                                           {"", "", "", "下乡", "6", "6", "5", "5", ""},
                                           {"", "", "质量指标", "达标", "", "无", "无", "无", ""},
                                           {"", "", "", "……", "　", "", "", "", ""},
                                           {"总分", "100", "95", ""}});
  ASSERT_EQ(table.indicators_size(), 3);
  EXPECT_EQ(table.indicators(1).level1(), "产出");
  EXPECT_EQ(table.indicators(1).level2(), "数量");
  EXPECT_EQ(table.indicators(2).level2(), "质量");
  EXPECT_EQ(table.indicators(2).weight().as_written(), "无");
  EXPECT_FALSE(table.indicators(2).weight().has_points_milli());
  EXPECT_TRUE(table.indicators(2).target().has_as_written());
  EXPECT_EQ(table.indicators(2).target().as_written(), "");
  EXPECT_EQ(table.total_weight().points_milli(), 100000);
  EXPECT_EQ(table.total_score().points_milli(), 95000);
}

TEST(ReadTextReportTest, ReadsTotalThatBreaksOffWithTheDocument) {
  const EvaluationTable table = ReadTable({kHeading, kRow, {"总分", "100", "86.2"}});
  EXPECT_EQ(table.total_score().points_milli(), 86200);
}

TEST(ReadTextReportTest, ReadsTotalsBehindMergedCells) {
  for (const std::vector<std::string>& total :
       {std::vector<std::string>{"总分", "", "", "", "", "", "100", "9.5", ""}, {"", "合计", "100", "9.5", "无"}}) {
    const EvaluationTable table = ReadTable({kHeading, kRow, total});
    EXPECT_EQ(table.total_weight().points_milli(), 100000);
    EXPECT_EQ(table.total_score().points_milli(), 9500);
  }
}

TEST(ReadTextReportTest, ReadsTableCutInTwoAsOne) {
  const Report report =
      Read("2024年度部门整体支出绩效自评表\n" +
           TabLed({{"预算部门名称", "某中心"},
                   {"年度预算申请（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"},
                   {"", "年度资金总额", "1", "2", "2", "10", "100%", "10"}}) +
           "\n续\n" + TabLed({kHeading, kRow}));
  ASSERT_EQ(report.content().evaluation_tables_size(), 1);
  EXPECT_EQ(report.content().evaluation_tables(0).fund_rows_size(), 1);
  EXPECT_EQ(report.content().evaluation_tables(0).indicators_size(), 1);
}

TEST(ReadTextReportTest, JoinsRowCutByEmptyParagraphInCell) {
  const EvaluationTable table =
      ReadTable({kHeading, {"", "产出指标", "数量指标", "培训\n"}, {"2次", "2次", "10", "10", ""}});
  ASSERT_EQ(table.indicators_size(), 1);
  EXPECT_EQ(table.indicators(0).actual().as_written(), "2次");
}

TEST(ReadTextReportTest, RemovesBookmarksAndNotesThem) {
  const Report report =
      Read("2024年度部门整体支出绩效自评表\n" +
           TabLed({kHeading, {"", "产出指标", "数量指标", "满意", "≥", "[bookmark: _GoBack]98%", "10", "10", ""}}));
  EXPECT_EQ(report.content().evaluation_tables(0).indicators(0).actual().as_written(), "98%");
  ASSERT_EQ(report.provenance().changes_size(), 1);
  EXPECT_EQ(report.provenance().changes(0).kind(), report::v1::CHANGE_KIND_BOOKMARK_REMOVED);
  EXPECT_EQ(report.provenance().changes(0).before(), "[bookmark: _GoBack]");
}

TEST(ReadTextReportTest, KeepsEmptyLikeCellsApart) {
  for (const std::string text : {"0", "无", "/", "。", "——", "0.00"}) {
    const EvaluationTable table =
        ReadTable({kHeading, {"", "产出指标", "数量指标", "培训", text, text, "10", "10", ""}});
    EXPECT_EQ(table.indicators(0).actual().as_written(), text);
  }
}

TEST(ReadTextReportTest, FollowsHeadingsInAnyOrderOfColumns) {
  const std::vector<std::string> names = {"一级指标", "二级指标",        "三级指标",      "指标性质",
                                          "分值",     "年初目标值（A）", "度量单位",      "实际完成值（B）",
                                          "完成率",   "自评得分",        "未完成原因分析"};
  const Report report =
      Read("2024年度部门整体支出绩效自评表\n" +
           TabLed({names, {"产出指标", "数量指标", "培训", "≥", "20", "2", "次", "3", "150%", "18", "无"}}));
  const IndicatorRow& row = report.content().evaluation_tables(0).indicators(0);
  EXPECT_EQ(row.weight().points_milli(), 20000);
  EXPECT_EQ(row.target().as_written(), "2");
  EXPECT_EQ(row.measure_unit().as_written(), "次");
  EXPECT_EQ(row.actual().as_written(), "3");
  EXPECT_EQ(row.score().points_milli(), 18000);
  EXPECT_EQ(row.reason().as_written(), "无");
  EXPECT_THAT(UnreadTexts(report), ::testing::UnorderedElementsAre("150%", "完成率"));
  EXPECT_EQ(row.nature().as_written(), "≥");
}

TEST(ReadTextReportTest, ReadsFundsInTheUnitOfTheHeading) {
  const auto read = [](const std::string& side) {
    return ReadTable({{side, "", "年初\n预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"},
                      {"", "年度资金总额", "1,000.50", "１２", "8.5", "10", "70.83%", "7.08"},
                      {"", "其中：当年财政拨款", "", "——", "0", "", "", ""},
                      {"", "按收入性质分：", "按支出性质分："},
                      {"", "其中：  一般公共预算：3.5", "其中:基本支出:"}});
  };
  const EvaluationTable wan = read("年度预算申请（万元）");
  ASSERT_EQ(wan.fund_rows_size(), 2);
  EXPECT_EQ(wan.fund_rows(0).initial_budget().amount_fen(), 1'000'500'000);
  EXPECT_EQ(wan.fund_rows(0).adjusted_budget().amount_fen(), 12'000'000);
  EXPECT_EQ(wan.fund_rows(0).execution_rate().rate_ppm(), 708300);
  EXPECT_EQ(wan.fund_rows(1).role(), report::v1::FUND_ROLE_FISCAL);
  EXPECT_FALSE(wan.fund_rows(1).adjusted_budget().has_amount_fen());
  EXPECT_EQ(wan.fund_rows(1).executed().amount_fen(), 0);
  EXPECT_TRUE(wan.fund_rows(1).executed().has_amount_fen());
  EXPECT_EQ(wan.by_source(0).amount().amount_fen(), 3'500'000);
  EXPECT_EQ(wan.by_nature(0).role(), report::v1::FUND_ROLE_BASIC);
  EXPECT_EQ(wan.by_nature(0).amount().as_written(), "");
  EXPECT_EQ(read("项目资金(元)").fund_rows(0).executed().amount_fen(), 850);
  EXPECT_EQ(read("资金构成（亿元）").fund_rows(0).executed().amount_fen(), 85'000'000'000);
}

constexpr std::string_view kTsv =
    "部门整体绩效自评表\n\n(2021年度)\n\n填表人及联系方式: 王某 0371-1234567\n\n单位: 元\n\n"
    "部门(单位)名称\t\t某某局\t\t\t自评得分\t99.5\t\t\n"
    "\t\t\t\t\t自评结果\t优\t\t\n"
    "年度主要任务\t任务名称\t主要内容\t预算资金\t其中:财政资金\t任务完成情况\t预算执行数\t其中:财政资金\t预算执行率\n"
    "运行\t保障\t3.00\t2.00\t完成\t1.80\t1.20\t60%\t\n"
    "预算情况\t\t\t年初预算数\t全年预算数\t预算执行数\t预算执行率\t分值\t得分\n"
    "\t2、资金结构: (1) 基本支出\t\t5\t6\t3\t50%\t\t\n"
    "(2) 项目支出\t\t7\t8\t4\t50%\t\t\t\n"
    "一级指标\t二级指标\t三级指标\t指标值\t度量单位\t实际完成值\t分值\t得分\t未完成原因分析\n"
    "\t工作管理\t科学性\t科学\t定性指标\t科学\t1\t1\t\n"
    "\n"
    "投入管理 指标\t\t合理性\t<p>一</p> <p>二</p>\t定性指标\t合理\t2\t2\t\n"
    "监控完成率\t\t=100%\t%\t=100%\t2\t2\t\t\n"
    "产出指标\t履职\t数量\t≥4个\t个\t4个\t30\t30\t\n";

TEST(ReadTextReportTest, ReadsRowsThatLostACell) {
  const Report report = Read(std::string(kTsv));
  const EvaluationTable& table = report.content().evaluation_tables(0);
  EXPECT_EQ(report.content().form(), "zhengzhou");
  EXPECT_EQ(report.content().fiscal_year(), 2021);
  EXPECT_EQ(report.content().unit().name(), "某某局");
  EXPECT_EQ(table.total_score().points_milli(), 99500);
  EXPECT_EQ(table.grade().as_written(), "优");
  ASSERT_EQ(table.tasks_size(), 1);
  EXPECT_EQ(table.tasks(0).name().as_written(), "运行");
  EXPECT_EQ(table.tasks(0).budget_fiscal().amount_fen(), 200);
  EXPECT_EQ(table.tasks(0).executed_fiscal().amount_fen(), 120);
  ASSERT_EQ(table.fund_rows_size(), 2);
  EXPECT_EQ(table.fund_rows(0).label(), "基本支出");
  EXPECT_EQ(table.fund_rows(1).label(), "项目支出");
  EXPECT_EQ(table.fund_rows(1).executed().amount_fen(), 400);
  ASSERT_EQ(table.indicators_size(), 4);
  EXPECT_EQ(table.indicators(0).level1(), "投入管理");
  EXPECT_EQ(table.indicators(1).target().as_written(), "一\n二");
  EXPECT_EQ(table.indicators(2).level2(), "工作管理");
  EXPECT_EQ(table.indicators(2).level3().as_written(), "监控完成率");
  EXPECT_EQ(table.indicators(2).target().as_written(), "=100%");
  EXPECT_EQ(table.indicators(3).level1(), "产出");
  int aligned = 0;
  for (const auto& change : report.provenance().changes())
    aligned += change.kind() == report::v1::CHANGE_KIND_ROW_ALIGNED;
  EXPECT_EQ(aligned, 3);
  EXPECT_THAT(UnreadTexts(report), IsEmpty());
}

TEST(ReadTextReportTest, DoesNotShiftWholeRowsWithBareNumbers) {
  const EvaluationTable table = ReadTable({kHeading, {"", "产出指标", "数量指标", "培训", "5", "5", "", "", "无"}});
  EXPECT_EQ(table.indicators(0).target().as_written(), "5");
  EXPECT_EQ(table.indicators(0).weight().as_written(), "");
}

TEST(ReadTextReportTest, KeepsSignatureLinesOutOfContent) {
  for (const std::string& document :
       {std::string(kTsv), "自评表\n" + TabLed({kHeading, kRow, {"填表人：王某", "联系电话：0371-1234567"}}),
        "自评表\n" + TabLed({kHeading, kRow}) +
            "填 表 人：王某 填报日期：2025年3月1日 联系电话：0371-1234567 单位负责人签字：\n"}) {
    const Report report = Read(document);
    EXPECT_THAT(report.content().Utf8DebugString(), ::testing::Not(HasSubstr("王某")));
    EXPECT_THAT(report.content().Utf8DebugString(), ::testing::Not(HasSubstr("1234567")));
    ASSERT_EQ(report.contacts_size(), 2);
    EXPECT_EQ(report.contacts(0).role(), report::v1::CONTACT_ROLE_PREPARER);
    EXPECT_EQ(report.contacts(0).text(), "王某");
    EXPECT_EQ(report.contacts(1).text(), "0371-1234567");
  }
}

TEST(ReadTextReportTest, NotesWhichSignatureBlanksAreFilled) {
  const Report report = Read("自评表\n" + TabLed({kHeading, kRow}) +
                             "填表人：   填报日期：2025年3月1日   联系电话：    单位负责人签字：\n");
  ASSERT_EQ(report.content().signature_blocks_size(), 1);
  EXPECT_TRUE(report.content().signature_blocks(0).has_date());
  EXPECT_FALSE(report.content().signature_blocks(0).has_preparer());
  EXPECT_TRUE(report.contacts().empty());
}

TEST(ReadTextReportTest, PutsDepartmentTableBeforeProjects) {
  const Report report =
      Read("2024年度项目支出绩效自评表\n" +
           TabLed({{"项目支\n出名称", "平台"}, {"主管部门", "某局", "实施单位", "某中心"}, kHeading, kRow}) +
           "2024年度部门整体支出绩效自评表\n" + TabLed({{"预算部门名称", "某中心"}, kHeading, kRow}));
  ASSERT_EQ(report.content().evaluation_tables_size(), 2);
  const EvaluationTable& project = report.content().evaluation_tables(1);
  EXPECT_EQ(report.content().evaluation_tables(0).kind(), report::v1::REPORT_KIND_DEPARTMENT);
  EXPECT_EQ(project.project_name().as_written(), "平台");
  EXPECT_EQ(project.supervising_department().as_written(), "某局");
  EXPECT_EQ(project.indicators(0).score().address().part_index(), 1);
  EXPECT_THAT(project.indicators(0).score().address().label(), HasSubstr("平台"));
}

TEST(ReadTextReportTest, JoinsSentencesCutByPages) {
  const std::string head(180, 'x');
  const Report report =
      Read("一、基本情况\n\n" + head + "本中心研究引导驻社区机\n\n关企事业单位参与。\n\n（二）其他\n\n" + "自评表\n" +
           TabLed({kHeading, kRow}));
  const auto& paragraphs = report.content().sections(0).paragraphs();
  ASSERT_EQ(paragraphs.size(), 2);
  EXPECT_THAT(paragraphs.Get(0).text(), ::testing::EndsWith("机关企事业单位参与。"));
  EXPECT_EQ(report.provenance().changes(0).kind(), report::v1::CHANGE_KIND_LINES_JOINED);
}

TEST(ReadTextReportTest, KeepsTabInNarrativeFromSwallowingSections) {
  const Report report =
      Read("\t误打的制表符\n一、基本情况\n无\n二、其他需要说明的情况\n无\n自评表\n" + TabLed({kHeading, kRow}));
  EXPECT_EQ(report.content().sections_size(), 2);
  EXPECT_THAT(UnreadTexts(report), ElementsAre("误打的制表符"));
}

TEST(HeadingTest, CountsIrregularNumbersAsTopLevel) {
  using namespace report::v1;
  const auto seven = ReadAsHeading("7、 存在的问题及原因分析", 6);
  ASSERT_TRUE(seven);
  EXPECT_EQ(seven->number, "7、");
  EXPECT_EQ(seven->text, "存在的问题及原因分析");
  EXPECT_EQ(seven->role, SECTION_ROLE_PROBLEMS);
  EXPECT_EQ(ReadAsHeading("十一、其他需要说明的情况", 10)->role, SECTION_ROLE_OTHER_MATTERS);
  EXPECT_EQ(ReadAsHeading("十、其他需要说明的情况：无", 9)->paragraph, "无");
}

TEST(HeadingTest, LeavesListsAndSubheadingsAlone) {
  EXPECT_FALSE(ReadAsHeading("2、机构设置", 1));
  EXPECT_FALSE(ReadAsHeading("2、研究分析全区社会治理工作形势，提出建议。", 1));
  EXPECT_FALSE(ReadAsHeading("2、存在的问题", 1, 1));
  EXPECT_FALSE(ReadAsHeading("（一）基本情况", 0));
  EXPECT_FALSE(ReadAsHeading("（2） 项目支出情况", 1));
  EXPECT_FALSE(ReadAsHeading("一是加强管理", 0));
  EXPECT_FALSE(ReadAsHeading("2024年度", 0));
}

TEST(SignatureLineTest, TellsSignaturesFromNarrative) {
  EXPECT_TRUE(IsSignatureLine("填表人：      填报日期：        联系电话：", Labels()));
  EXPECT_TRUE(IsSignatureLine("填报单位：某局  填表人：王某", Labels()));
  EXPECT_FALSE(IsSignatureLine("要求各单位填表人认真填写：不得漏项。", Labels()));
  EXPECT_FALSE(IsSignatureLine("联系电话已公开。", Labels()));
}

}  // namespace
}  // namespace jixiao::intake
