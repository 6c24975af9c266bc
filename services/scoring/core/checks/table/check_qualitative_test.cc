#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scoring/testing/scored.h"
#include "scoring/testing/small_report.h"

namespace jixiao::scoring {
namespace {

using report::v1::Report;
using testing::AddRow;
using ::testing::Contains;
using testing::FindingOf;
using ::testing::Not;
using testing::RowOf;
using testing::RuleIds;
using testing::Score;
using testing::SmallReport;
using testing::TableOf;

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

}  // namespace
}  // namespace jixiao::scoring
