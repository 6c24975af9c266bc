#include "scoring/core/score_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scoring/testing/scored.h"

namespace jixiao::scoring {
namespace {

using report::v1::EvaluationTable;
using report::v1::Report;
using ::testing::Contains;
using testing::FindingOf;
using testing::Hunan;
using ::testing::Not;
using testing::RuleIds;
using testing::Score;

void AddIndicator(EvaluationTable& table, const std::string& level1, const std::string& target,
                  const std::string& actual, int64_t weight, int64_t score, const std::string& reason) {
  auto* row = table.add_indicators();
  row->set_level1(level1);
  row->mutable_level3()->set_as_written(level1 + "指标之一");
  row->mutable_target()->set_as_written(target);
  row->mutable_actual()->set_as_written(actual);
  row->mutable_weight()->set_points_milli(weight);
  row->mutable_score()->set_points_milli(score);
  row->mutable_reason()->set_as_written(reason);
}

void SetMoney(report::v1::Value& value, int64_t fen, const std::string& text) {
  value.set_amount_fen(fen);
  value.set_as_written(text);
}

// A department table without a mistake: 100 of 100 万元 executed, all targets met.
EvaluationTable CleanTable() {
  EvaluationTable table;
  table.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  auto* funds = table.add_fund_rows();
  funds->set_label("年度资金总额");
  funds->set_role(report::v1::FUND_ROLE_TOTAL);
  SetMoney(*funds->mutable_initial_budget(), 100'000'000, "100");
  SetMoney(*funds->mutable_adjusted_budget(), 100'000'000, "100");
  SetMoney(*funds->mutable_executed(), 100'000'000, "100");
  funds->mutable_weight()->set_points_milli(10'000);
  funds->mutable_execution_rate()->set_rate_ppm(1'000'000);
  funds->mutable_execution_rate()->set_as_written("100%");
  funds->mutable_score()->set_points_milli(10'000);
  auto* source = table.add_by_source();
  source->set_role(report::v1::FUND_ROLE_GENERAL_BUDGET);
  SetMoney(*source->mutable_amount(), 100'000'000, "100");
  auto* nature = table.add_by_nature();
  nature->set_role(report::v1::FUND_ROLE_BASIC);
  SetMoney(*nature->mutable_amount(), 100'000'000, "100");
  AddIndicator(table, "产出", "≥10次", "10次", 50'000, 50'000, "");
  AddIndicator(table, "效益", "≥95%", "96%", 30'000, 30'000, "");
  AddIndicator(table, "满意度", "≥90%", "92%", 10'000, 10'000, "");
  table.mutable_total_weight()->set_points_milli(100'000);
  table.mutable_total_score()->set_points_milli(100'000);
  return table;
}

Report CleanReport() {
  Report report;
  auto& content = *report.mutable_content();
  content.set_fiscal_year(2024);
  content.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  content.mutable_unit()->set_division_code("430611");
  for (const auto& required : Hunan().rule_set.required_sections()) {
    content.add_sections()->set_role(required.roles(0));
  }
  content.mutable_base_data_table();
  content.mutable_work_assessment_sheet();
  *content.add_evaluation_tables() = CleanTable();
  return report;
}

EvaluationTable& Table(Report& report) { return *report.mutable_content()->mutable_evaluation_tables(0); }

TEST(ScoreReportTest, FindsNothingWrongWithCleanReport) {
  const v1::ScoreCard card = Score(CleanReport());

  EXPECT_THAT(RuleIds(card), ::testing::IsEmpty());
  ASSERT_EQ(card.tables_size(), 1);
  EXPECT_EQ(card.tables(0).claimed_milli(), 100'000);
  EXPECT_EQ(card.tables(0).supported_low_milli(), 100'000);
  EXPECT_EQ(card.tables(0).grade(), "优");
}

TEST(ScoreReportTest, GivesTheSameBytesEveryTime) {
  const Report report = CleanReport();
  EXPECT_EQ(ScoreCardBytes(Score(report)), ScoreCardBytes(Score(report)));
}

TEST(ScoreReportTest, NamesPlacesEvenWithoutAddresses) {
  Report report = CleanReport();
  Table(report).mutable_total_score()->set_points_milli(98'000);

  const v1::Finding finding = FindingOf(Score(report), "SCORE_TOTAL");

  EXPECT_GT(finding.places_size(), 0);
  EXPECT_EQ(finding.difference(), "少 2 分");
  EXPECT_EQ(finding.severity(), v1::SEVERITY_BLOCKS);
  for (const std::string& text : {finding.why(), finding.how_to_fix(), finding.clause(), finding.expected()}) {
    EXPECT_FALSE(text.empty());
  }
}

TEST(ScoreReportTest, PutsSwappedColumnsFirstAndFoldsWhatFollows) {
  Report report = CleanReport();
  auto& funds = *Table(report).mutable_fund_rows(0);
  SetMoney(*funds.mutable_adjusted_budget(), 100'000'000, "100");
  SetMoney(*funds.mutable_executed(), 125'000'000, "125");
  funds.mutable_execution_rate()->set_rate_ppm(800'000);
  funds.mutable_execution_rate()->set_as_written("80%");
  funds.mutable_score()->set_points_milli(8'000);
  Table(report).mutable_total_score()->set_points_milli(98'000);

  const v1::ScoreCard card = Score(report);

  ASSERT_GE(card.findings_size(), 5);
  EXPECT_EQ(card.findings(0).rule_id(), "COL_SWAP");
  ASSERT_EQ(card.findings(0).suggestions_size(), 1);
  EXPECT_EQ(card.findings(0).suggestions(0).changes_size(), 2);
  for (const char* rule_id : {"EXEC_RATE", "OVERSPEND", "EXEC_SCORE", "SPLIT_VS_EXEC"}) {
    const v1::Finding follows = FindingOf(card, rule_id);
    ASSERT_EQ(follows.caused_by_size(), 1) << rule_id;
    EXPECT_EQ(follows.caused_by(0), card.findings(0).id()) << rule_id;
  }
}

TEST(ScoreReportTest, DoesNotCallOrdinaryOverspendingASwap) {
  Report report = CleanReport();
  auto& funds = *Table(report).mutable_fund_rows(0);
  SetMoney(*funds.mutable_executed(), 125'000'000, "125");
  funds.mutable_execution_rate()->set_rate_ppm(1'250'000);

  EXPECT_THAT(RuleIds(Score(report)), Not(Contains("COL_SWAP")));
  EXPECT_THAT(RuleIds(Score(report)), Contains("OVERSPEND"));
}

TEST(ScoreReportTest, AsksForReasonsOfDeductions) {
  Report report = CleanReport();
  EvaluationTable& table = Table(report);
  table.mutable_indicators(0)->mutable_score()->set_points_milli(49'000);
  table.mutable_indicators(1)->mutable_score()->set_points_milli(29'000);
  table.mutable_indicators(1)->mutable_reason()->set_as_written("\u3000无偏差");
  table.mutable_total_score()->set_points_milli(98'000);

  const v1::ScoreCard card = Score(report);

  EXPECT_THAT(RuleIds(card), Contains("DEDUCT_NO_REASON"));
  EXPECT_THAT(RuleIds(card), Contains("DEDUCT_NODEV"));
  EXPECT_THAT(RuleIds(card), Contains("MET_BUT_DEDUCTED").Times(2));
}

TEST(ScoreReportTest, ReportsOnlyRulesThatAreSwitchedOn) {
  LoadedRuleSet fewer = Hunan();
  fewer.rule_set.clear_rules();
  Report report = CleanReport();
  Table(report).mutable_total_score()->set_points_milli(1);
  EXPECT_EQ(ScoreReport(report, "sha256:0", fewer, {}).findings_size(), 0);
}

TEST(ScoreReportTest, SurvivesEmptyAndAbsurdReports) {
  EXPECT_EQ(Score(Report()).tables_size(), 0);
  Report report = CleanReport();
  for (auto& row : *Table(report).mutable_fund_rows()) {
    row.mutable_adjusted_budget()->set_amount_fen(INT64_MIN);
    row.mutable_executed()->set_amount_fen(INT64_MAX);
    row.mutable_score()->set_points_milli(INT64_MIN);
  }
  for (auto& row : *Table(report).mutable_indicators()) {
    row.mutable_weight()->set_points_milli(INT64_MAX);
    row.mutable_score()->set_points_milli(INT64_MIN);
  }
  EXPECT_EQ(Score(report).tables_size(), 1);
}

TEST(ScoreReportTest, DoesNotDependOnRowOrder) {
  Report report = CleanReport();
  Table(report).mutable_indicators(0)->mutable_score()->set_points_milli(40'000);
  Report shuffled = report;
  Table(shuffled).mutable_indicators()->SwapElements(0, 2);

  const v1::ScoreCard a = Score(report);
  const v1::ScoreCard b = Score(shuffled);

  EXPECT_EQ(a.tables(0).recomputed_milli(), b.tables(0).recomputed_milli());
  EXPECT_EQ(a.tables(0).supported_low_milli(), b.tables(0).supported_low_milli());
  EXPECT_THAT(RuleIds(a), ::testing::UnorderedElementsAreArray(RuleIds(b)));
}

}  // namespace
}  // namespace jixiao::scoring
