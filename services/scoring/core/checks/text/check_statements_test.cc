#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scoring/testing/scored.h"
#include "scoring/testing/small_report.h"

namespace jixiao::scoring {
namespace {

using report::v1::Report;
using ::testing::Contains;
using testing::FindingOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RowOf;
using testing::RuleIds;
using testing::Saying;
using testing::Score;
using testing::SmallReport;
using testing::TableOf;
using testing::Write;

constexpr auto kPerformanceRole = report::v1::SECTION_ROLE_PERFORMANCE;

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
  Write(report, kPerformanceRole, {"年中追加培训专项40万元。"});
  EXPECT_THAT(RuleIds(report), Not(Contains("BUDGET_ADJ_NO_REASON")));
}

TEST(StatementsTest, NotesBudgetCutWithoutReason) {
  Report report = SmallReport();
  auto& funds = *TableOf(report).mutable_fund_rows(0);
  testing::SetMoney(*funds.mutable_initial_budget(), 108);
  testing::SetMoney(*funds.mutable_executed(), 99);
  EXPECT_THAT(RuleIds(report), Contains("BUDGET_CUT"));
  Write(report, kPerformanceRole, {"年中调减培训经费8万元。"});
  EXPECT_THAT(RuleIds(report), Not(Contains("BUDGET_CUT")));
}

TEST(StatementsTest, NotesPublicFundsIndicatorWithoutPublicFunds) {
  Report report = SmallReport();
  Write(report, report::v1::SECTION_ROLE_GENERAL_BUDGET, {"基本支出52.07万元，其中人员支出52.07万元。"});
  EXPECT_THAT(RuleIds(report), Not(Contains("PUBLIC_EXP_ZERO")));
  RowOf(report, 2).mutable_level3()->set_as_written("日常公用经费");
  EXPECT_THAT(RuleIds(report), Contains("PUBLIC_EXP_ZERO"));
}

}  // namespace
}  // namespace jixiao::scoring
