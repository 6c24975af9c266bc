// One small workbook per trap, and the column orders of the regions' forms.
#include "intake/reader/office/read_xlsx.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/testing/status_matchers.h"
#include "intake/reader/office/read_document.h"
#include "intake/reader/office/xlsx_workbook.h"
#include "intake/testing/documents/office_files.h"
#include "intake/testing/documents/shipped_reader_data.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::IsOk;
using report::v1::EvaluationTable;
using report::v1::IndicatorRow;
using report::v1::Report;
using ::testing::HasSubstr;
using testing::MakeXlsx;

using Rows = std::vector<std::vector<std::string>>;

const std::vector<std::string> kSheetHeading = {"一级指标",   "二级指标", "三级指标", "年度指标值",
                                                "实际完成值", "分值",     "得分",     "偏差原因"};
const std::vector<std::string> kSheetRow = {"产出指标", "数量指标", "培训", "≥2次", "3次", "10", "9.5", "无"};

std::string Text(const std::string& text, const std::string& attributes = "") {
  return "<c t=\"inlineStr\"" + attributes + "><is><t>" + testing::EscapeXml(text) + "</t></is></c>";
}

std::string RowOf(const std::vector<std::string>& cells, int first_column = 0) {
  std::string row = "<row>";
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string reference = i == 0 ? fmt::format(" r=\"{}\"", WriteReference({0, first_column})) : std::string();
    row += Text(cells[i], reference);
  }
  return row + "</row>";
}

std::string RowsOf(const Rows& rows) {
  std::string out;
  for (const auto& row : rows) out += row.empty() ? "<row/>" : RowOf(row);
  return out;
}

std::string Sheet(const std::string& rows, const std::string& more = "") {
  return "<sheetData>" + rows + "</sheetData>" + more;
}

Report Read(const std::vector<testing::SheetXml>& sheets, const std::vector<std::string>& strings = {},
            const std::vector<std::string>& formats = {}, const testing::ZipParts& more = {}) {
  const auto report = ReadDocument(MakeXlsx(sheets, strings, formats, more), "", testing::ShippedReaderData());
  EXPECT_THAT(report, IsOk());
  return report.ok() ? *report : Report();
}

EvaluationTable ReadForm(const Rows& rows) {
  const Report report = Read({{"自评表", Sheet(RowsOf(rows))}});
  return report.content().evaluation_tables_size() > 0 ? report.content().evaluation_tables(0) : EvaluationTable();
}

TEST(ReadXlsxTest, NamesSheetAndCellBehindTheLabel) {
  const Report report =
      Read({{"自评表", Sheet(RowsOf({{"2024年度部门整体支出绩效自评表"}, kSheetHeading, kSheetRow}))}});
  const auto& score = report.content().evaluation_tables(0).indicators(0).score();
  EXPECT_EQ(score.address().label(), "自评表 · 产出 · 数量 · 培训 · 得分（自评表 · G3）");
  EXPECT_FALSE(score.address().has_source_line());
  EXPECT_EQ(report.content().fiscal_year(), 2024);
  ASSERT_EQ(report.provenance().tables_size(), 1);
  EXPECT_EQ(report.provenance().tables(0).from(), "自评表 · A2");
  EXPECT_EQ(report.provenance().tables(0).to(), "自评表 · H3");
}

TEST(ReadXlsxTest, NamesBlankCellsToo) {
  const Report report = Read(
      {{"自评表", Sheet(RowsOf({kSheetHeading}) + RowOf({"产出指标", "数量指标", "培训"}) + RowsOf({kSheetRow}))}});
  EXPECT_THAT(report.content().evaluation_tables(0).indicators(0).actual().address().label(),
              HasSubstr("（自评表 · E2）"));
}

TEST(ReadXlsxTest, ReadsNumbersAsTyped) {
  const std::string row = "<row>" + Text("产出指标") + Text("数量指标") + Text("培训") +
                          "<c s=\"1\"><v>0.94499999999999995</v></c><c t=\"s\"><v>0</v></c><c><v>10</v></c>"
                          "<c s=\"2\"><f>F2*E2</f><v>9.4466666666666672</v></c></row>";
  const Report report = Read({{"自评表", Sheet(RowsOf({kSheetHeading}) + row)}}, {"=94.5%"}, {"0.00%", "0.00"});
  const IndicatorRow& indicator = report.content().evaluation_tables(0).indicators(0);
  EXPECT_EQ(indicator.target().as_written(), "94.50%");
  EXPECT_EQ(indicator.actual().as_written(), "=94.5%");
  EXPECT_EQ(indicator.weight().points_milli(), 10000);
  EXPECT_EQ(indicator.score().as_written(), "9.45");
  ASSERT_EQ(report.provenance().changes_size(), 1);
  EXPECT_EQ(report.provenance().changes(0).kind(), report::v1::CHANGE_KIND_FORMULA_ROUNDED);
  EXPECT_EQ(report.provenance().changes(0).place(), "自评表 · G2");
}

TEST(ReadXlsxTest, ReadsDatesRichTextAndOtherKindsOfCells) {
  const std::string row =
      "<row>" + Text("产出指标") + Text("时效指标") +
      "<c t=\"inlineStr\"><is><r><t>按</t></r><r><t>时</t></r><rPh><t>anshi</t></rPh></is></c>"
      "<c s=\"1\"><v>45657</v></c><c t=\"str\"><f>A1</f><v>完成_x000D_</v></c><c t=\"e\"><v>#DIV/0!</v></c>"
      "<c><f>1+1</f></c><c t=\"b\"><v>1</v></c></row>";
  const Report report = Read({{"自评表", Sheet(RowsOf({kSheetHeading}) + row)}}, {}, {"m\"月\"d\"日\""});
  const IndicatorRow& indicator = report.content().evaluation_tables(0).indicators(0);
  EXPECT_EQ(indicator.level3().as_written(), "按时");
  EXPECT_EQ(indicator.target().as_written(), "12月31日");
  EXPECT_EQ(indicator.actual().as_written(), "完成");
  EXPECT_EQ(indicator.weight().as_written(), "#DIV/0!");
  EXPECT_FALSE(indicator.weight().has_points_milli());
  EXPECT_EQ(indicator.score().as_written(), "");
  EXPECT_EQ(indicator.reason().as_written(), "TRUE");
  ASSERT_EQ(report.provenance().unread_size(), 2);
  EXPECT_THAT(report.provenance().unread(0).reason(), HasSubstr("公式出错"));
  EXPECT_THAT(report.provenance().unread(1).reason(), HasSubstr("没有保存计算结果"));
}

TEST(ReadXlsxTest, ListsHiddenRowsColumnsAndSheetsAsUnread) {
  std::string hidden = RowsOf({kSheetRow});
  hidden.replace(0, 5, "<row hidden=\"1\" r=\"2\">");
  const std::string columns = "<cols><col min=\"9\" max=\"9\" hidden=\"1\"/></cols>";
  std::vector<std::string> row = kSheetRow;
  row.emplace_back("草稿");
  const Report report = Read({{"名单", Sheet(RowsOf({kSheetHeading, kSheetRow})), "hidden"},
                              {"字典", Sheet(RowsOf({{"x"}})), "veryHidden"},
                              {"自评表", columns + Sheet(RowsOf({kSheetHeading}) + hidden + RowsOf({row}))}});
  ASSERT_EQ(report.content().evaluation_tables_size(), 1);
  EXPECT_EQ(report.content().evaluation_tables(0).indicators_size(), 1);
  ASSERT_EQ(report.provenance().unread_size(), 4);
  EXPECT_EQ(report.provenance().unread(0).text(), "工作表“名单”");
  EXPECT_EQ(report.provenance().unread(1).place(), "字典");
  EXPECT_THAT(report.provenance().unread(2).reason(), HasSubstr("隐藏的行"));
  EXPECT_EQ(report.provenance().unread(3).text(), "草稿");
  EXPECT_EQ(report.provenance().unread(3).place(), "自评表 · I3");
}

TEST(ReadXlsxTest, CarriesLabelsDownMergedCells) {
  const std::string merges = "<mergeCells><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"A4:E4\"/></mergeCells>";
  const std::string total = "<row>" + Text("总分") + "<c r=\"F4\"><v>30</v></c><c><v>28.5</v></c></row>";
  const Report report = Read({{"自评表", Sheet(RowsOf({kSheetHeading, kSheetRow}) +
                                                   RowOf({"质量指标", "达标", "100%", "98%", "20", "19"}, 1) + total,
                                               merges)}});
  const EvaluationTable& table = report.content().evaluation_tables(0);
  ASSERT_EQ(table.indicators_size(), 2);
  EXPECT_EQ(table.indicators(1).level1(), "产出");
  EXPECT_EQ(table.indicators(1).level2(), "质量");
  EXPECT_EQ(table.indicators(1).score().points_milli(), 19000);
  EXPECT_EQ(table.total_weight().points_milli(), 30000);
  EXPECT_EQ(table.total_score().points_milli(), 28500);
}

TEST(ReadXlsxTest, TellsParagraphsFromTablesOnOneSheet) {
  const Report report = Read({{"报告", Sheet(RowsOf({{"2024年度某某中心整体支出绩效自评报告"},
                                                     {"一、基本情况"},
                                                     {"本中心编制4人。"},
                                                     {"二、存在的问题"},
                                                     {"无"},
                                                     {},
                                                     {"附件1"},
                                                     {"部门整体支出绩效自评表"},
                                                     {"（2024年度）"},
                                                     {"单位：元"},
                                                     kSheetHeading,
                                                     kSheetRow,
                                                     {"总分", "", "", "", "", "10", "9.5"},
                                                     {"填表人：", "王某", "联系电话：", "0371-1234567"},
                                                     {"注：以上金额按决算口径。"},
                                                     {},
                                                     {"项目支出绩效自评表"},
                                                     {"项目名称", "平台"},
                                                     kSheetHeading,
                                                     kSheetRow}))}});
  const auto& content = report.content();
  ASSERT_EQ(content.evaluation_tables_size(), 2);
  EXPECT_EQ(content.title(), "2024年度某某中心整体支出绩效自评报告");
  EXPECT_EQ(content.unit().name(), "某某中心");
  EXPECT_EQ(content.evaluation_tables(0).title(), "部门整体支出绩效自评表");
  EXPECT_EQ(content.evaluation_tables(0).money_unit(), report::v1::MONEY_UNIT_YUAN);
  EXPECT_EQ(content.evaluation_tables(0).notes_size(), 1);
  EXPECT_EQ(content.evaluation_tables(1).project_name().as_written(), "平台");
  ASSERT_EQ(report.contacts_size(), 2);
  EXPECT_EQ(report.contacts(0).text(), "王某");
  EXPECT_EQ(content.sections(1).heading(), "基本情况");
}

TEST(ReadXlsxTest, ListsTextBoxesAndCoveredTextAsUnread) {
  const std::string drawing =
      "<xdr:wsDr xmlns:xdr=\"x\" "
      "xmlns:a=\"a\"><xdr:sp><xdr:txBody><a:p><a:r><a:t>盖章处</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
      "</xdr:wsDr>";
  const Report report = Read(
      {{"自评表", Sheet(RowsOf({kSheetHeading, kSheetRow}), "<mergeCells><mergeCell ref=\"G2:H2\"/></mergeCells>")}},
      {}, {}, {{"xl/drawings/drawing1.xml", drawing}});
  ASSERT_EQ(report.provenance().unread_size(), 2);
  EXPECT_EQ(report.provenance().unread(0).text(), "无");
  EXPECT_THAT(report.provenance().unread(0).reason(), HasSubstr("合并单元格"));
  EXPECT_EQ(report.provenance().unread(1).text(), "盖章处");
}

TEST(ReadXlsxTest, WarnsOfNumbersThatAreShownDivided) {
  const Report report = Read({{"自评表", Sheet(RowsOf({kSheetHeading}) + "<row>" + Text("产出指标") + Text("成本指标") +
                                               Text("成本") + "<c s=\"1\"><v>1169500</v></c></row>")}},
                             {}, {"0!.0,"});
  EXPECT_EQ(report.content().evaluation_tables(0).indicators(0).target().as_written(), "1169500");
  ASSERT_EQ(report.provenance().unread_size(), 1);
  EXPECT_THAT(report.provenance().unread(0).reason(), HasSubstr("核对金额单位"));
}

TEST(ReadXlsxTest, CountsReferences) {
  EXPECT_EQ(WriteReference({0, 0}), "A1");
  EXPECT_EQ(WriteReference({11, 5}), "F12");
  EXPECT_EQ(WriteReference({0, 26}), "AA1");
  EXPECT_EQ(ReadReference("AA10")->column, 26);
  EXPECT_FALSE(ReadReference("A0"));
  EXPECT_FALSE(ReadReference("12"));
  EXPECT_FALSE(ReadReference("ABCD1"));
}

// The column orders that the regions print; one row each.
struct RegionalForm {
  const char* name;
  std::vector<std::string> heading;
  std::vector<std::string> row;
  std::string target = "2";
  std::string actual = "3";
  std::string nature = {};
};

class RegionalFormTest : public ::testing::TestWithParam<RegionalForm> {};

TEST_P(RegionalFormTest, FollowsTheHeadingsAndNoPositions) {
  const RegionalForm& form = GetParam();
  const auto check = [&](const Report& report) {
    ASSERT_EQ(report.content().evaluation_tables_size(), 1);
    ASSERT_EQ(report.content().evaluation_tables(0).indicators_size(), 1);
    const IndicatorRow& row = report.content().evaluation_tables(0).indicators(0);
    EXPECT_EQ(row.level3().as_written(), "培训");
    EXPECT_EQ(row.target().as_written(), form.target);
    EXPECT_EQ(row.actual().as_written(), form.actual);
    EXPECT_EQ(row.nature().as_written(), form.nature);
    if (std::string_view(form.name) == "NoScores") return;
    EXPECT_EQ(row.weight().points_milli(), 10000);
    EXPECT_EQ(row.score().points_milli(), 9500);
  };
  check(Read({{"表", Sheet(RowsOf({form.heading, form.row}))}}));
  const auto docx =
      ReadDocument(testing::MakeDocx(testing::WordTable({form.heading, form.row})), "", testing::ShippedReaderData());
  ASSERT_THAT(docx, IsOk());
  check(*docx);
}

const std::vector<RegionalForm> kForms = {
    {"Hunan",
     {"一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"},
     {"产出指标", "数量指标", "培训", "2", "3", "10", "9.5", "无"}},
    {"LinkedFunds",
     {"一级指标", "二级指标", "三级指标", "分值", "年度指标值", "全年实际值", "得分", "未完成原因和改进措施"},
     {"产出指标", "数量指标", "培训", "10", "2", "3", "9.5", ""}},
    {"Yunnan",
     {"一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "实际完成值", "分值", "得分",
      "偏差原因分析及改进措施"},
     {"产出指标", "数量指标", "培训", "≥", "2", "次", "3", "10", "9.5", ""},
     "2",
     "3",
     "≥"},
    {"Sichuan",
     {"一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "自评得分",
      "未完成原因分析"},
     {"产出指标", "数量指标", "培训", "＝", "2", "次", "3", "10", "9.5", ""},
     "2",
     "3",
     "＝"},
    {"Hainan",
     {"一级指标", "二级指标", "三级指标", "指标性质", "年度指标值", "单位", "全年完成值", "完成率", "分值", "得分",
      "原因"},
     {"产出指标", "数量指标", "培训", "≥", "2", "次", "3", "150%", "10", "9.5", ""},
     "2",
     "3",
     "≥"},
    {"Chongqing",
     {"指标名称", "计量单位", "指标性质", "年初指标值", "调整指标值", "全年完成值", "得分系数(%)", "指标权重",
      "指标得分", "是否核心指标"},
     {"培训", "次", "≥", "1", "2", "3", "95", "10", "9.5", "是"},
     "2",
     "3",
     "≥"},
    {"Ningxia",
     {"一级指标", "二级指标", "三级指标", "参考分值", "年度指标值(A)", "全年实际值(B)", "得分", "未完成原因和改进措施"},
     {"产出指标", "数量指标", "培训", "10分", "2", "3", "9.5", ""}},
    {"Zhengzhou",
     {"一级指标", "二级指标", "三级指标", "指标值", "度量单位", "实际完成值", "分值", "得分", "未完成原因分析"},
     {"产出指标", "数量指标", "培训", "2", "次", "3", "10", "9.5", ""}},
    {"NoScores",
     {"一级指标", "二级指标", "三级指标", "年度指标值", "全年完成值"},
     {"产出指标", "数量指标", "培训", "2", "3"}},
};

INSTANTIATE_TEST_SUITE_P(, RegionalFormTest, ::testing::ValuesIn(kForms),
                         [](const auto& info) { return info.param.name; });

TEST(FormColumnsTest, ReadsHubeisScoreThatNamesItsRate) {
  const EvaluationTable table =
      ReadForm({{"预算执行情况（万元）(20分)", "", "预算数(A)", "执行数(B)", "执行率(B/A)", "得分(20分*执行率)"},
                {"", "部门整体支出总额", "10", "9", "90%", "18"},
                {"一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分"},
                {"产出指标", "数量指标", "培训", "2", "3", "9.5"}});
  ASSERT_EQ(table.fund_rows_size(), 1);
  EXPECT_EQ(table.fund_rows(0).execution_rate().rate_ppm(), 900'000);
  EXPECT_EQ(table.fund_rows(0).score().points_milli(), 18'000);
  EXPECT_EQ(table.fund_rows(0).role(), report::v1::FUND_ROLE_TOTAL);
  ASSERT_EQ(table.indicators_size(), 1);
  EXPECT_EQ(table.indicators(0).target().as_written(), "2");
}

TEST(FormColumnsTest, KeepsWhatOnlyChongqingPrints) {
  const EvaluationTable table = ReadForm({kForms[5].heading, kForms[5].row});
  ASSERT_EQ(table.indicators_size(), 1);
  EXPECT_EQ(table.indicators(0).initial_target().as_written(), "1");
  EXPECT_EQ(table.indicators(0).score_coefficient().as_written(), "95");
  EXPECT_TRUE(table.indicators(0).is_core());
}

}  // namespace
}  // namespace jixiao::intake
