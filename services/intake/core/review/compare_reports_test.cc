#include "intake/core/review/compare_reports.h"

#include <gmock/gmock.h>

#include <random>

#include "intake/core/review/match_rows.h"
#include "intake/testing/report_builder.h"

namespace jixiao::intake {
namespace {

namespace r = report::v1;
using testing::AReport;
using ::testing::IsEmpty;
using ::testing::SizeIs;

r::Section& AddSection(r::Report& report, const std::vector<std::string>& paragraphs) {
  r::Section& section = *report.mutable_content()->add_sections();
  section.set_heading("绩效情况");
  for (const std::string& text : paragraphs) section.add_paragraphs()->set_text(text);
  return section;
}

TEST(CompareReportsTest, FindsNoDifferenceBetweenEqualReports) {
  EXPECT_THAT(CompareReports(AReport(), AReport()), IsEmpty());
}

TEST(CompareReportsTest, NamesTheChangedCellByPathAndPlace) {
  r::Report newer = AReport();
  r::Value& executed = *newer.mutable_content()->mutable_evaluation_tables(0)->mutable_fund_rows(0)->mutable_executed();
  executed.set_as_written("117.98");
  executed.set_amount_fen(117'980'000);

  const auto differences = CompareReports(AReport(), newer);

  ASSERT_THAT(differences, SizeIs(1));
  EXPECT_EQ(differences[0].path(), "content.evaluation_tables[0].fund_rows[0].executed");
  EXPECT_EQ(differences[0].label(), "绩效自评表 · 年度资金总额 · 全年执行数");
  EXPECT_EQ(differences[0].from(), "116.95");
  EXPECT_EQ(differences[0].to(), "117.98");
}

TEST(CompareReportsTest, ShowsAnInsertedParagraphAsOne) {
  r::Report older = AReport(), newer = AReport();
  AddSection(older, {"一", "二", "三"});
  AddSection(newer, {"一", "一点五", "二", "三"});

  const auto differences = CompareReports(older, newer);

  ASSERT_THAT(differences, SizeIs(1));
  EXPECT_EQ(differences[0].path(), "content.sections[0].paragraphs[1].text");
  EXPECT_EQ(differences[0].label(), "绩效情况");
  EXPECT_FALSE(differences[0].has_from());
  EXPECT_EQ(differences[0].to(), "一点五");
}

TEST(CompareReportsTest, TellsABlankCellFromAMissingOne) {
  r::Report newer = AReport();
  newer.mutable_content()->mutable_evaluation_tables(0)->mutable_indicators(0)->mutable_reason()->set_as_written("");

  const auto differences = CompareReports(AReport(), newer);

  ASSERT_THAT(differences, SizeIs(1));
  EXPECT_FALSE(differences[0].has_from());
  EXPECT_TRUE(differences[0].has_to());
  EXPECT_EQ(differences[0].to(), "");
}

TEST(CompareReportsTest, ShowsAnotherReadingOfTheSameText) {
  r::Report newer = AReport();
  newer.mutable_content()->mutable_evaluation_tables(0)->mutable_indicators(0)->mutable_weight()->clear_points_milli();

  const auto differences = CompareReports(AReport(), newer);

  ASSERT_THAT(differences, SizeIs(1));
  EXPECT_EQ(differences[0].from(), "points_milli 10000");
}

TEST(CompareReportsTest, IgnoresWhereThingsStandAndWhoIsNamed) {
  r::Report newer = AReport();
  newer.mutable_content()
      ->mutable_evaluation_tables(0)
      ->mutable_fund_rows(0)
      ->mutable_executed()
      ->mutable_address()
      ->set_source_line(99);
  newer.add_contacts()->set_text("某人");

  EXPECT_THAT(CompareReports(AReport(), newer), IsEmpty());
}

TEST(CompareReportsTest, StopsAtItsLimit) {
  r::Report newer = AReport();
  for (int i = 0; i < 3; ++i) AddSection(newer, std::vector<std::string>(2000, "字"));

  EXPECT_THAT(CompareReports(AReport(), newer), SizeIs(kMaxDifferences));
}

// Every row once and in order, and no fewer matches than by position.
TEST(MatchRowsTest, KeepsEveryRowOnceInOrder) {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> older(random() % 12), newer(random() % 12);
    for (auto* rows : {&older, &newer}) {
      for (std::string& row : *rows) row = std::string(1, static_cast<char>('a' + random() % 4));
    }
    int next_older = 0, next_newer = 0, equal = 0, by_position = 0;
    for (size_t i = 0; i < std::min(older.size(), newer.size()); ++i) by_position += older[i] == newer[i] ? 1 : 0;

    for (const RowMatch& match : MatchRows(older, newer)) {
      if (match.older >= 0) {
        EXPECT_EQ(match.older, next_older++);
      }
      if (match.newer >= 0) {
        EXPECT_EQ(match.newer, next_newer++);
      }
      if (match.older >= 0 && match.newer >= 0 &&
          older[static_cast<size_t>(match.older)] == newer[static_cast<size_t>(match.newer)]) {
        ++equal;
      }
    }

    EXPECT_EQ(next_older, static_cast<int>(older.size()));
    EXPECT_EQ(next_newer, static_cast<int>(newer.size()));
    EXPECT_GE(equal, by_position);
  }
}

}  // namespace
}  // namespace jixiao::intake
