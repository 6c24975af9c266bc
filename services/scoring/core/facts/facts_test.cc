#include "scoring/core/facts/facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jixiao::scoring {
namespace {

using report::v1::ReportContent;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

void SetFen(int64_t fen, const std::string& as_written, report::v1::Value& value) {
  value.set_amount_fen(fen);
  value.set_as_written(as_written);
  value.mutable_address()->set_label(as_written);
}

report::v1::FundRow& AddFundRow(report::v1::FundRole role, int64_t executed, report::v1::EvaluationTable& table) {
  auto& row = *table.add_fund_rows();
  row.set_role(role);
  SetFen(executed, std::to_string(executed), *row.mutable_executed());
  row.mutable_execution_rate()->set_rate_ppm(944'700);
  return row;
}

// A department table with two tasks and three fund rows, of which two of one role.
class FactsTest : public ::testing::Test {
 protected:
  FactsTest() {
    auto& table = *content_.add_evaluation_tables();
    table.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
    AddFundRow(report::v1::FUND_ROLE_TOTAL, 100, table);
    AddFundRow(report::v1::FUND_ROLE_UNKNOWN, 60, table);
    AddFundRow(report::v1::FUND_ROLE_UNKNOWN, 40, table);
    for (const int64_t budget : {30, 70}) SetFen(budget, "x", *table.add_tasks()->mutable_budget());
    for (const char* level1 : {"产出", "效益", "产出"}) {
      auto& row = *table.add_indicators();
      row.set_level1(level1);
      row.mutable_weight()->set_points_milli(10'000);
    }
    facts_ = CollectFacts(content_, {}, 0, 100'000);
  }

  int64_t ValueOf(std::string_view key) const {
    const Fact* fact = facts_.Find(key);
    return fact == nullptr ? -1 : fact->value;
  }

  ReportContent content_;
  Facts facts_;
};

TEST_F(FactsTest, FindsCellsByRoleAndByRow) {
  EXPECT_EQ(ValueOf("table.funds.total.executed"), 100);
  EXPECT_EQ(ValueOf("table.funds.unknown.executed"), 60);
  EXPECT_EQ(ValueOf("table.fund_rows.2.executed"), 40);
  EXPECT_EQ(ValueOf("table.fund_rows.1.rate"), 944'700);
  EXPECT_EQ(ValueOf("table.fund_rows.3.executed"), -1);
}

TEST_F(FactsTest, GivesOneCellOnePositionUnderAllItsKeys) {
  EXPECT_EQ(facts_.IndexOf("table.funds.total.executed"), facts_.IndexOf("table.fund_rows.0.executed"));
  EXPECT_EQ(facts_.IndexOf("table.tasks.budget.1"), facts_.IndexOf("table.tasks.1.budget"));
  EXPECT_EQ(facts_.IndexOf("table.rows.weight.2"), facts_.IndexOf("table.rows.2.weight"));
  EXPECT_EQ(facts_.KeyAt(facts_.IndexOf("table.tasks.budget.1")), "table.tasks.1.budget");
}

TEST_F(FactsTest, MatchesGroupsColumnsAndRows) {
  EXPECT_EQ(facts_.Match("table.rows.weight.*").size(), 3u);
  EXPECT_EQ(facts_.Match("table.levels.output.weight.*").size(), 2u);
  EXPECT_EQ(facts_.Match("table.tasks.*.budget").size(), 2u);
  EXPECT_EQ(facts_.Match("table.tasks.1.*").size(), 1u);
  EXPECT_EQ(facts_.Match("table.tasks.*").size(), 2u) << "each once, though each has two keys";
  EXPECT_THAT(facts_.Match("text.level_score.*"), IsEmpty());
}

TEST_F(FactsTest, NumbersTheRowsOfAGroup) {
  EXPECT_THAT(facts_.NumbersOf("table.fund_rows.*"), ElementsAre(0, 1, 2));
  EXPECT_THAT(facts_.NumbersOf("table.tasks.*"), ElementsAre(0, 1));
  EXPECT_THAT(facts_.NumbersOf("base.rows.*"), IsEmpty());
}

TEST_F(FactsTest, KeepsPlacesOfCells) {
  EXPECT_EQ(facts_.Find("table.fund_rows.2.executed")->address().label(), "40");
  EXPECT_FALSE(facts_.Find("rule.total")->address().has_label());
}

TEST_F(FactsTest, ChangesAFactUnderAllItsKeys) {
  facts_.SetValue(facts_.IndexOf("table.funds.total.executed"), 7);
  EXPECT_EQ(ValueOf("table.fund_rows.0.executed"), 7);
}

TEST_F(FactsTest, LeavesTheDepartmentsFiguresOutOfProjectTables) {
  content_.mutable_base_data_table()->mutable_actual_staff()->set_count_milli(5'000);
  EXPECT_NE(CollectFacts(content_, {}, 0, 0).Find("base.staff.actual"), nullptr);
  content_.mutable_evaluation_tables(0)->set_kind(report::v1::REPORT_KIND_PROJECT);
  EXPECT_EQ(CollectFacts(content_, {}, 0, 0).Find("base.staff.actual"), nullptr);
}

TEST(FactKeysTest, WritesKeysAsTheyWereRead) {
  for (const char* key : {"table.funds.government_fund.rate", "table.fund_rows.12.score", "table.rows.weight.0",
                          "base.project.final.3", "base.rows.3.final", "text.basic.share", "text.lists.2.listed",
                          "table.levels.input.stated", "rule.total", "text.level_score.execution"}) {
    ASSERT_TRUE(FindKey(key)) << key;
    EXPECT_EQ(KeyText(*FindKey(key)), key);
  }
}

TEST(FactKeysTest, KnowsNoOtherKeys) {
  for (const char* key : {"", ".", "*", "table.funds.total", "table.fund_rows.executed", "table.fund_rows.x.executed",
                          "table.fund_rows.-1.executed", "text.basic.executed.0", "table.rows.weight.*"}) {
    EXPECT_FALSE(FindKey(key)) << key;
  }
}

TEST(FactKeysTest, KnowsWhatKeysCount) {
  EXPECT_EQ(ScaleOfKey("table.fund_rows.*.rate"), FactScale::kRatePpm);
  EXPECT_EQ(ScaleOfKey("table.funds.total.score"), FactScale::kPointsMilli);
  EXPECT_EQ(ScaleOfKey("base.project.final.*"), FactScale::kFen);
  EXPECT_EQ(ScaleOfKey("base.staff.control_rate"), FactScale::kRatePpm);
  EXPECT_EQ(ScaleOfKey("text.staff.actual"), FactScale::kCountMilli);
  EXPECT_FALSE(ScaleOfKey("table.fund_rows.*")) << "money and points";
  EXPECT_FALSE(ScaleOfKey("table.*.nothing"));
}

Fact Stated(int64_t value, int decimals, int64_t step) {
  Fact fact;
  fact.value = value;
  fact.decimals = decimals;
  fact.step = step;
  return fact;
}

TEST(FactsMergeTest, TakesRoundingForNoContradiction) {
  Facts facts;
  const FactKey key = *FindKey("text.total.executed");
  facts.Add(key, Stated(90'600'000, 1, 100'000));
  facts.Add(key, Stated(90'620'000, 2, 10'000));
  EXPECT_FALSE(facts.Find(key)->is_ambiguous);
  EXPECT_EQ(facts.Find(key)->value, 90'620'000) << "the one with more decimals";
}

TEST(FactsMergeTest, SeesThatZeroIsNotAFraction) {
  Facts facts;
  const FactKey key = *FindKey("text.reception.executed");
  facts.Add(key, Stated(0, 0, 1'000'000));
  facts.Add(key, Stated(210'000, 2, 10'000));
  EXPECT_TRUE(facts.Find(key)->is_ambiguous);
}

TEST(FactsMergeTest, PrefersExactToApproximate) {
  Facts facts;
  const FactKey key = *FindKey("text.total.executed");
  Fact about = Stated(90'000'000, 0, 1'000'000);
  about.is_approximate = true;
  facts.Add(key, about);
  EXPECT_FALSE(facts.Find(key)->is_proof());
  facts.Add(key, Stated(90'620'000, 2, 10'000));
  facts.Add(key, about);
  EXPECT_TRUE(facts.Find(key)->is_proof());
  EXPECT_EQ(facts.Find(key)->value, 90'620'000);
}

TEST(FactsMergeTest, KeepsManyKeysApart) {
  Facts facts;
  for (int i = 0; i < 2'000; ++i) facts.Add(IndicatorKey(i, PointsColumn::kScore), Stated(i, 0, 1));
  for (int i = 0; i < 2'000; ++i) ASSERT_EQ(facts.Find(IndicatorKey(i, PointsColumn::kScore))->value, i);
  EXPECT_EQ(facts.Find(IndicatorKey(2'000, PointsColumn::kScore)), nullptr);
}

}  // namespace
}  // namespace jixiao::scoring
