#include "intake/core/season/roster_lines.h"

#include <gmock/gmock.h>

#include "common/testing/status_matchers.h"
#include "intake/core/season/csv.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::IsOk;
using ::jixiao::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string FieldOf(const absl::Status& status) { return ViolationsOf(status).field_violations(0).field(); }
std::string DescriptionOf(const absl::Status& status) { return ViolationsOf(status).field_violations(0).description(); }

TEST(CsvTest, ReadsQuotedCellsWithCommasLineFeedsAndQuotes) {
  const auto rows = ParseCsv("a,\"b,c\nd\"\"e\",f\r\n,\r\n\rlast");

  ASSERT_THAT(rows, IsOk());
  ASSERT_THAT(*rows, SizeIs(2)) << "blank rows are left out";
  EXPECT_THAT((*rows)[0].cells, ElementsAre("a", "b,c\nd\"e", "f"));
  EXPECT_EQ((*rows)[0].line, 1);
  EXPECT_THAT((*rows)[1].cells, ElementsAre("last"));
  EXPECT_EQ((*rows)[1].line, 5) << "lines are counted within quotes as well";
}

TEST(CsvTest, NamesTheLineOfABrokenQuote) {
  EXPECT_EQ(FieldOf(ParseCsv("a\n\"b\nc").status()), "第 2 行");
  EXPECT_EQ(FieldOf(ParseCsv("a\n\n\"b\"c,d").status()), "第 3 行");
}

TEST(RosterTableTest, TakesHeadingsInAnyOrderAndSaysWhichItLeavesOut) {
  RosterProblems problems;
  const auto table = ReadRosterTable(
      "\xEF\xBB\xBF单位名称,备注,起始年度,单 位 代 码,区划代码,项目名称,部门整体自评,截止年度\r\n"
      "云溪县农村工作局,无,２０２４年度,NC01,430611,\"道路维修、沟渠,清淤\",否,2025\r\n",
      problems);

  ASSERT_THAT(table, IsOk());
  ASSERT_THAT(problems.ToStatus(), IsOk());
  EXPECT_THAT(table->ignored_headings, ElementsAre("备注"));
  ASSERT_THAT(table->lines, SizeIs(1));
  const RosterLine& line = table->lines[0];
  EXPECT_EQ(line.key, (UnitKey{"430611", "NC01"}));
  EXPECT_EQ(line.unit.unit_name(), "云溪县农村工作局");
  EXPECT_EQ(line.unit.first_fiscal_year(), 2024);
  EXPECT_EQ(line.unit.last_fiscal_year(), 2025);
  EXPECT_FALSE(line.unit.expects_department_report());
  EXPECT_THAT(line.unit.expected_projects(), ElementsAre("道路维修", "沟渠,清淤"));
  EXPECT_FALSE(line.unit.has_supervising_unit());
  EXPECT_EQ(PlaceOf(line, RosterColumn::kUnit), "第 2 行“单位代码”");
}

TEST(RosterTableTest, ReadsGb18030AsSpreadsheetsWriteIt) {
  RosterProblems problems;
  const auto table = ReadRosterTable(
      "\xC7\xF8\xBB\xAE\xB4\xFA\xC2\xEB,\xB5\xA5\xCE\xBB\xB4\xFA\xC2\xEB,\xB5\xA5\xCE\xBB\xC3\xFB\xB3\xC6,"
      "\xC6\xF0\xCA\xBC\xC4\xEA\xB6\xC8\r\n430611,NC01,\xCB\xAE\xC0\xFB\xBE\xD6,2024\r\n",
      problems);

  ASSERT_THAT(table, IsOk());
  EXPECT_EQ(table->lines.at(0).unit.unit_name(), "水利局");
}

TEST(RosterTableTest, NamesMissingAndDoubleHeadings) {
  RosterProblems problems;
  const absl::Status status = ReadRosterTable("区划代码,单位代码,单位代码\n", problems).status();

  ASSERT_EQ(ViolationsOf(status).field_violations_size(), 3);
  EXPECT_EQ(FieldOf(status), "第 1 行");
  EXPECT_THAT(DescriptionOf(status), HasSubstr("“单位代码”出现了两次"));
  EXPECT_THAT(ViolationsOf(status).field_violations(1).description(), HasSubstr("缺少“单位名称”"));
  EXPECT_THAT(ReadRosterTable("", problems), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ReadRosterTable(std::string((1 << 20) + 1, ' '), problems), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(RosterTableTest, NamesRowsWithMoreCellsThanHeadingsAndOddAnswers) {
  RosterProblems problems;
  const auto table = ReadRosterTable(
      "区划代码,单位代码,单位名称,起始年度,部门整体自评\n"
      "430611,NC01,水利局,2024,是,,\n"
      "430611,NC02,水利局,二站,2024,是\n"
      "430611,NC03,水利局,2024,Y\n",
      problems);

  ASSERT_THAT(table, IsOk());
  const auto violations = ViolationsOf(problems.ToStatus()).field_violations();
  ASSERT_EQ(violations.size(), 3);
  EXPECT_EQ(violations[0].field(), "第 3 行“部门整体自评”");
  EXPECT_EQ(violations[1].field(), "第 3 行");
  EXPECT_EQ(violations[2].field(), "第 4 行“部门整体自评”");
  EXPECT_THAT(violations[2].description(), HasSubstr("现为“Y”"));
}

}  // namespace
}  // namespace jixiao::intake
