// One small Word file per trap.
#include "intake/reader/office/read_docx.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/testing/status_matchers.h"
#include "intake/reader/office/docx_numbering.h"
#include "intake/reader/office/read_document.h"
#include "intake/testing/documents/office_files.h"
#include "intake/testing/documents/shipped_reader_data.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::IsOk;
using report::v1::EvaluationTable;
using report::v1::Report;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::MakeDocx;
using ::testing::StartsWith;
using testing::WordParagraph;
using testing::WordTable;

using Rows = std::vector<std::vector<std::string>>;

const std::vector<std::string> kHeading = {"一级指标",   "二级指标", "三级指标", "年度指标值",
                                           "实际完成值", "分值",     "得分",     "偏差原因"};
const std::vector<std::string> kRow = {"产出指标", "数量指标", "培训", "≥2次", "3次", "10", "9.5", "无"};
const std::string kCaption = WordParagraph("2024年度部门整体支出绩效自评表");

Report Read(const std::string& body, const testing::ZipParts& more = {}) {
  const auto report = ReadDocument(MakeDocx(body, more), "", testing::ShippedReaderData());
  EXPECT_THAT(report, IsOk());
  return report.ok() ? *report : Report();
}

std::string Cell(const std::string& content, const std::string& properties = "") {
  return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + content + "</w:tc>";
}

std::string Span(int count) { return "<w:gridSpan w:val=\"" + std::to_string(count) + "\"/>"; }

std::string TextRow(const std::vector<std::string>& cells) {
  std::string row = "<w:tr>";
  for (const std::string& cell : cells) row += Cell(WordParagraph(cell));
  return row + "</w:tr>";
}

// A form with one indicator whose actual value is `paragraphs`.
std::string FormWithActual(const std::string& paragraphs) {
  std::string row = "<w:tr>";
  for (size_t i = 0; i < kRow.size(); ++i) row += Cell(i == 4 ? paragraphs : WordParagraph(kRow[i]));
  return kCaption + "<w:tbl>" + TextRow(kHeading) + row + "</w:tr></w:tbl>";
}

std::string ActualOf(const std::string& paragraphs) {
  const Report report = Read(FormWithActual(paragraphs));
  if (report.content().evaluation_tables_size() == 0) return "no table";
  if (report.content().evaluation_tables(0).indicators_size() == 0) return "no indicator";
  return report.content().evaluation_tables(0).indicators(0).actual().as_written();
}

TEST(ReadDocxTest, NamesTableAndRowBehindTheLabel) {
  const Report report = Read(WordTable({{"填写说明", "略"}}) + kCaption + WordTable({kHeading, kRow}));
  const auto& address = report.content().evaluation_tables(0).indicators(0).score().address();
  EXPECT_EQ(address.label(), "自评表 · 产出 · 数量 · 培训 · 得分（第2张表第2行）");
  EXPECT_FALSE(address.has_source_line());
  ASSERT_EQ(report.provenance().tables_size(), 2);
  EXPECT_EQ(report.provenance().tables(1).part(), report::v1::PART_EVALUATION_TABLE);
  EXPECT_EQ(report.provenance().tables(1).from(), "第2张表第1行");
  EXPECT_EQ(report.provenance().tables(1).to(), "第2张表第2行");
  EXPECT_EQ(report.provenance().tables(1).row_count(), 2);
  ASSERT_FALSE(report.provenance().unread().empty());
  EXPECT_EQ(report.provenance().unread(0).place(), "第1张表第1行");
}

TEST(ReadDocxTest, FollowsColumnsThroughMergedCells) {
  // The heading merges what the rows below split, and the other way round.
  const std::string heading = "<w:tr>" + Cell(WordParagraph("一级指标")) + Cell(WordParagraph("二级指标"), Span(2)) +
                              Cell(WordParagraph("三级指标")) + Cell(WordParagraph("指标值"), Span(2)) +
                              Cell(WordParagraph("完成值")) + Cell(WordParagraph("分值")) +
                              Cell(WordParagraph("得分")) + "</w:tr>";
  const std::string row = "<w:tr>" + Cell(WordParagraph("产出指标"), "<w:vMerge w:val=\"restart\"/>") +
                          Cell(WordParagraph("数量指标")) + Cell(WordParagraph("")) + Cell(WordParagraph("培训")) +
                          Cell(WordParagraph("≥2次")) + Cell(WordParagraph("")) + Cell(WordParagraph("3次")) +
                          Cell(WordParagraph("10")) + Cell(WordParagraph("9.5")) + "</w:tr>";
  const std::string below = "<w:tr>" + Cell("<w:p/>", "<w:vMerge/>") + Cell(WordParagraph("质量指标"), Span(2)) +
                            Cell(WordParagraph("达标")) + Cell(WordParagraph("100%"), Span(2)) +
                            Cell(WordParagraph("98%")) + Cell(WordParagraph("20")) + Cell(WordParagraph("19")) +
                            "</w:tr>";
  const std::string total = "<w:tr>" + Cell(WordParagraph("总分"), Span(7)) + Cell(WordParagraph("30")) +
                            Cell(WordParagraph("28.5")) + "</w:tr>";
  const Report report = Read(kCaption + "<w:tbl>" + heading + row + below + total + "</w:tbl>");
  const EvaluationTable& table = report.content().evaluation_tables(0);
  ASSERT_EQ(table.indicators_size(), 2);
  EXPECT_EQ(table.indicators(0).target().as_written(), "≥2次");
  EXPECT_EQ(table.indicators(0).score().points_milli(), 9500);
  EXPECT_EQ(table.indicators(1).level1(), "产出");
  EXPECT_EQ(table.indicators(1).actual().as_written(), "98%");
  EXPECT_EQ(table.indicators(1).weight().points_milli(), 20000);
  EXPECT_EQ(table.total_score().points_milli(), 28500);
  EXPECT_THAT(report.provenance().unread(), IsEmpty());
}

TEST(ReadDocxTest, LeavesDeletedTextOutAndKeepsInserted) {
  const std::string tracked =
      "<w:p><w:r><w:t>3</w:t></w:r><w:del w:author=\"a\"><w:r><w:delText>5</w:delText></w:r></w:del>"
      "<w:ins w:author=\"b\"><w:r><w:t>0次</w:t></w:r></w:ins>"
      "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom></w:p>";
  const Report report = Read(FormWithActual(tracked));
  EXPECT_EQ(report.content().evaluation_tables(0).indicators(0).actual().as_written(), "30次");
  ASSERT_EQ(report.provenance().changes_size(), 1);
  EXPECT_EQ(report.provenance().changes(0).kind(), report::v1::CHANGE_KIND_DELETION_ACCEPTED);
  EXPECT_EQ(report.provenance().changes(0).before(), "5旧");
  EXPECT_EQ(report.provenance().changes(0).place(), "第1张表第2行");
}

TEST(ReadDocxTest, LeavesDeletedRowsAndHiddenRowsOut) {
  const std::string deleted = "<w:tr><w:trPr><w:del w:author=\"a\"/></w:trPr>" + TextRow(kRow).substr(6);
  const std::string hidden = "<w:tr><w:trPr><w:hidden/></w:trPr>" + TextRow(kRow).substr(6);
  const Report report = Read(kCaption + "<w:tbl>" + TextRow(kHeading) + deleted + TextRow(kRow) + hidden + "</w:tbl>");
  EXPECT_EQ(report.content().evaluation_tables(0).indicators_size(), 1);
  EXPECT_EQ(report.provenance().changes_size(), 1);
  ASSERT_EQ(report.provenance().unread_size(), 1);
  EXPECT_THAT(report.provenance().unread(0).reason(), HasSubstr("隐藏的行"));
}

TEST(ReadDocxTest, JoinsParagraphsWhoseBreakWasDeleted) {
  const Report report = Read("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>一、基本</w:t></w:r></w:p>" +
                             WordParagraph("情况") + WordParagraph("无") + kCaption + WordTable({kHeading, kRow}));
  EXPECT_EQ(report.content().sections(0).heading(), "基本情况");
}

TEST(ReadDocxTest, ReadsResultsOfFieldsAndNotTheirCodes) {
  EXPECT_EQ(
      ActualOf(
          "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>"
          "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:t>99</w:t></w:r><w:r><w:fldChar "
          "w:fldCharType=\"end\"/></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>3次</w:t></w:r>"
          "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"),
      "3次");
  EXPECT_EQ(ActualOf("<w:p><w:fldSimple w:instr=\"DATE\"><w:r><w:t>4次</w:t></w:r></w:fldSimple></w:p>"), "4次");
  EXPECT_EQ(ActualOf("<w:p><w:hyperlink><w:r><w:t>5次</w:t></w:r></w:hyperlink></w:p>"), "5次");
  EXPECT_EQ(
      ActualOf("<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>6次</w:t></w:r></w:p>"
               "</w:sdtContent></w:sdt>"),
      "6次");
}

TEST(ReadDocxTest, LeavesHiddenTextAndNotesOut) {
  const std::string notes =
      "<w:footnotes xmlns:w=\"w\"><w:footnote w:type=\"separator\"><w:p/></w:footnote><w:footnote w:id=\"1\"><w:p><w:r>"
      "<w:t>口径说明</w:t></w:r></w:p></w:footnote></w:footnotes>";
  const Report report =
      Read(FormWithActual("<w:p><w:r><w:t>3</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r>"
                          "<w:r><w:footnoteReference w:id=\"1\"/></w:r><w:r><w:rPr><w:vanish "
                          "w:val=\"0\"/></w:rPr><w:t>次</w:t></w:r></w:p>"),
           {{"word/footnotes.xml", notes}});
  EXPECT_EQ(report.content().evaluation_tables(0).indicators(0).actual().as_written(), "3次");
  ASSERT_EQ(report.provenance().unread_size(), 2);
  EXPECT_EQ(report.provenance().unread(0).text(), "9");
  EXPECT_EQ(report.provenance().unread(1).text(), "口径说明");
}

TEST(ReadDocxTest, ReadsTextBoxesOnce) {
  const std::string box =
      "<w:txbxContent>" + WordParagraph("一、基本情况") + WordParagraph("全年工作完成。") + "</w:txbxContent>";
  const Report report =
      Read("<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>" + box +
           "</w:drawing></mc:Choice><mc:Fallback><w:pict>" + box +
           "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>" + kCaption + WordTable({kHeading, kRow}));
  ASSERT_EQ(report.content().sections_size(), 1);
  EXPECT_EQ(report.content().sections(0).heading(), "基本情况");
  EXPECT_EQ(report.content().sections(0).paragraphs_size(), 1);
}

TEST(ReadDocxTest, ReadsSignsOfWord) {
  EXPECT_EQ(ActualOf("<w:p><w:r><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/><w:t>98%</w:t></w:r></w:p>"), "≥98%");
  EXPECT_EQ(ActualOf("<w:p><w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>12月</w:t></w:r></w:p>"), "1-12月");
  EXPECT_EQ(ActualOf("<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r></w:p><w:p/>" + WordParagraph("三")),
            "一\n二\n三");
  EXPECT_EQ(
      ActualOf("<w:p><w:ruby><w:rt><w:r><w:t>jì</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>绩</w:t></w:r></w:rubyBase>"
               "</w:ruby></w:p>"),
      "绩");
}

TEST(ReadDocxTest, CountsAutomaticNumbersOfHeadings) {
  const std::string numbering =
      "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"3\"><w:lvl w:ilvl=\"0\"><w:start "
      "w:val=\"1\"/><w:numFmt "
      "w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:numFmt "
      "w:val=\"decimal\"/><w:lvlText w:val=\"%1.%2\"/></w:lvl></w:abstractNum><w:num w:numId=\"7\"><w:abstractNumId "
      "w:val=\"3\"/></w:num></w:numbering>";
  const std::string styles =
      "<w:styles xmlns:w=\"w\"><w:style w:type=\"paragraph\" w:styleId=\"1\"><w:pPr><w:numPr><w:numId "
      "w:val=\"7\"/></w:numPr></w:pPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"2\"><w:basedOn "
      "w:val=\"1\"/></w:style></w:styles>";
  const auto styled = [](const std::string& style, const std::string& text) {
    return "<w:p><w:pPr><w:pStyle w:val=\"" + style + "\"/></w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>";
  };
  const std::string direct =
      "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr><w:r><w:t>";
  const std::string second =
      "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr><w:r><w:t>";
  const Report report = Read(styled("1", "部门基本情况") + second + "机构设置</w:t></w:r></w:p>" +
                                 WordParagraph("略。") + styled("2", "一般公共预算支出情况") + WordParagraph("略。") +
                                 direct + "存在的问题</w:t></w:r></w:p>" + kCaption + WordTable({kHeading, kRow}),
                             {{"word/numbering.xml", numbering}, {"word/styles.xml", styles}});
  std::vector<std::string> numbers;
  for (const auto& section : report.content().sections()) numbers.push_back(section.number() + section.heading());
  EXPECT_THAT(numbers, ElementsAre("一、部门基本情况", "二、一般公共预算支出情况", "三、存在的问题"));
  EXPECT_EQ(report.content().sections(0).paragraphs(0).text(), "一.1机构设置");
}

TEST(DocxNumberingTest, WritesNumbersAsWordDoes) {
  EXPECT_EQ(FormatListNumber("chineseCounting", 1), "一");
  EXPECT_EQ(FormatListNumber("chineseCountingThousand", 10), "十");
  EXPECT_EQ(FormatListNumber("japaneseCounting", 12), "十二");
  EXPECT_EQ(FormatListNumber("chineseCounting", 20), "二十");
  EXPECT_EQ(FormatListNumber("decimal", 3), "3");
  EXPECT_EQ(FormatListNumber("decimalEnclosedCircleChinese", 2), "②");
  EXPECT_EQ(FormatListNumber("upperRoman", 4), "IV");
  EXPECT_EQ(FormatListNumber("lowerLetter", 2), "b");
  EXPECT_EQ(FormatListNumber("bullet", 2), "");
}

TEST(ReadDocxTest, ReadsFormsNestedInALayoutTable) {
  const Report report = Read(
      "<w:tbl><w:tr>" + Cell(kCaption + WordTable({kHeading, kRow}) + WordParagraph("填表人：")) + "</w:tr></w:tbl>");
  ASSERT_EQ(report.content().evaluation_tables_size(), 1);
  EXPECT_EQ(report.content().evaluation_tables(0).indicators_size(), 1);
  EXPECT_EQ(report.content().signature_blocks_size(), 1);
}

TEST(ReadDocxTest, ReadsSmallTablesInACellAsItsText) {
  EXPECT_EQ(ActualOf(WordParagraph("3次") + WordTable({{"甲", "1次"}, {"乙", "2次"}}) + "<w:p/>"),
            "3次\n甲  1次  \n乙  2次");
}

TEST(ReadDocxTest, JoinsATableThatAPageEndCutInTwo) {
  const std::vector<std::string> second = {"", "质量指标", "达标", "100%", "98%", "20", "19", ""};
  for (const Rows& rest : {Rows{kHeading, second}, Rows{second, {"总分", "", "", "", "", "30", "28.5", ""}}}) {
    const Report report = Read(kCaption + WordTable({kHeading, kRow}) + "<w:p/>" + WordTable(rest));
    ASSERT_EQ(report.content().evaluation_tables_size(), 1);
    ASSERT_EQ(report.content().evaluation_tables(0).indicators_size(), 2);
    EXPECT_EQ(report.content().evaluation_tables(0).indicators(1).level1(), "产出");
    ASSERT_EQ(report.provenance().changes_size(), 1);
    EXPECT_EQ(report.provenance().changes(0).kind(), report::v1::CHANGE_KIND_TABLES_JOINED);
  }
}

TEST(ReadDocxTest, KeepsTablesApartThatOnlyStandTogether) {
  const Report report =
      Read(kCaption + WordTable({kHeading, kRow, {"总分", "", "", "", "", "10", "9.5", ""}}) +
           WordParagraph("2024年度项目支出绩效自评表") + WordTable({{"项目名称", "平台"}, kHeading, kRow}));
  ASSERT_EQ(report.content().evaluation_tables_size(), 2);
  EXPECT_EQ(report.content().evaluation_tables(1).project_name().as_written(), "平台");
}

TEST(ReadDocxTest, NamesAProjectTableByAValueBehindMergedCells) {
  const std::string head = "<w:tr>" + Cell(WordParagraph("项目名称"), Span(3)) +
                           Cell(WordParagraph("平台"), Span(static_cast<int>(kRow.size()) - 3)) + "</w:tr>";
  const Report report = Read(WordParagraph("2024年度项目支出绩效自评表") + "<w:tbl>" + head + TextRow(kHeading) +
                             TextRow(kRow) + "</w:tbl>");
  EXPECT_THAT(report.content().evaluation_tables(0).indicators(0).score().address().label(),
              StartsWith("项目自评表（平台） · "));
}

TEST(ReadDocxTest, LiftsCaptionsAndSignaturesOutOfTheTable) {
  const std::string title = "<w:tr>" + Cell(WordParagraph("2023年度部门整体支出绩效自评表"), Span(8)) + "</w:tr>";
  const std::string unit = "<w:tr>" + Cell(WordParagraph("单位：元"), Span(8)) + "</w:tr>";
  const std::string signature = "<w:tr>" + Cell(WordParagraph("填表人："), Span(2)) +
                                Cell(WordParagraph("王某"), Span(2)) + Cell(WordParagraph("联系电话："), Span(2)) +
                                Cell(WordParagraph("0371-1234567"), Span(2)) + "</w:tr>";
  const Report report = Read("<w:tbl>" + title + unit + TextRow(kHeading) + TextRow(kRow) + signature + "</w:tbl>");
  EXPECT_EQ(report.content().evaluation_tables(0).title(), "2023年度部门整体支出绩效自评表");
  EXPECT_EQ(report.content().evaluation_tables(0).money_unit(), report::v1::MONEY_UNIT_YUAN);
  EXPECT_EQ(report.content().fiscal_year(), 2023);
  ASSERT_EQ(report.contacts_size(), 2);
  EXPECT_EQ(report.contacts(0).text(), "王某");
  EXPECT_THAT(report.content().Utf8DebugString(), ::testing::Not(HasSubstr("王某")));
}

TEST(ReadDocxTest, ReadsAnyPrefixAndMainPartName) {
  std::string xml = "<x:document xmlns:x=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><x:body>" +
                    kCaption + WordTable({kHeading, kRow}) + "</x:body></x:document>";
  for (size_t at; (at = xml.find("w:")) != std::string::npos;) xml.replace(at, 2, "x:");
  const std::string relations =
      "<Relationships><Relationship Id=\"r\" Type=\"http://a/officeDocument\" "
      "Target=\"/word/document2.xml\"/></Relationships>";
  const auto report = ReadDocument(testing::MakeZip({{"_rels/.rels", relations}, {"word/document2.xml", xml}}), "",
                                   testing::ShippedReaderData());
  EXPECT_THAT(report, IsOk());
}

// Of a file: author, last modified by, company.
testing::ZipParts Properties(const std::string& author, const std::string& company) {
  return {{"docProps/core.xml", "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:creator>" + author +
                                    "</dc:creator><cp:lastModifiedBy>" + author +
                                    "</cp:lastModifiedBy></cp:coreProperties>"},
          {"docProps/app.xml", "<Properties><Company>" + company + "</Company></Properties>"}};
}

TEST(ReadDocxTest, SaysWhichPropertiesNameSomebodyButNotWhom) {
  const std::string body = kCaption + WordTable({kHeading, kRow});
  const Report named = Read(body, Properties("林小月", "清风会计师事务所"));
  ASSERT_EQ(named.provenance().naming_properties_size(), 3);
  EXPECT_EQ(named.provenance().naming_properties(1).property(), report::v1::FILE_PROPERTY_LAST_MODIFIED_BY);
  EXPECT_EQ(named.provenance().naming_properties(2).property(), report::v1::FILE_PROPERTY_COMPANY);
  EXPECT_THAT(named.SerializeAsString(), ::testing::Not(HasSubstr("林")));
  EXPECT_THAT(named.SerializeAsString(), ::testing::Not(HasSubstr("清风")));
  EXPECT_EQ(Read(body, Properties("Administrator", " ")).provenance().naming_properties_size(), 0);
  EXPECT_EQ(Read(body).provenance().naming_properties_size(), 0);
}

TEST(ReadDocxTest, ReadsAReportWhosePropertiesAreDamaged) {
  const Report report = Read(kCaption + WordTable({kHeading, kRow}), {{"docProps/core.xml", "<cp:coreProperties>"}});
  EXPECT_EQ(report.provenance().naming_properties_size(), 0);
  EXPECT_EQ(report.content().evaluation_tables_size(), 1);
}

}  // namespace
}  // namespace jixiao::intake
