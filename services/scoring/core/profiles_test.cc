// One small report per profile, scored end to end; every total is computed by
// hand in the comment above it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scoring/core/score_report.h"
#include "scoring/testing/scored.h"

namespace jixiao::scoring {
namespace {

using report::v1::EvaluationTable;
using report::v1::IndicatorRow;
using report::v1::Report;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::RuleIds;

// A project table with 80 of 100 万元 executed. Rows are filled by `Row`.
class ProfileReport {
 public:
  // `execution_weight` 0: the form has no points beside the amounts.
  ProfileReport(int64_t execution_weight, int64_t execution_score) {
    table_->set_kind(report::v1::REPORT_KIND_PROJECT);
    report_.mutable_content()->set_kind(report::v1::REPORT_KIND_PROJECT);
    auto& funds = *table_->add_fund_rows();
    funds.set_role(report::v1::FUND_ROLE_TOTAL);
    for (auto* budget : {funds.mutable_initial_budget(), funds.mutable_adjusted_budget()}) {
      budget->set_amount_fen(100'000'000);
      budget->set_as_written("100");
    }
    funds.mutable_executed()->set_amount_fen(80'000'000);
    funds.mutable_executed()->set_as_written("80");
    funds.mutable_execution_rate()->set_rate_ppm(800'000);
    funds.mutable_execution_rate()->set_as_written("80%");
    if (execution_weight > 0) SetPoints(execution_weight, *funds.mutable_weight());
    if (execution_weight > 0) SetPoints(execution_score, *funds.mutable_score());
    total_ = execution_score;
  }

  // Points in 1/1000.
  IndicatorRow& Row(const std::string& level1, const std::string& name, const std::string& target,
                    const std::string& actual, int64_t weight, int64_t score) {
    IndicatorRow& row = *table_->add_indicators();
    row.set_level1(level1);
    row.mutable_level3()->set_as_written(name);
    row.mutable_target()->set_as_written(target);
    row.mutable_actual()->set_as_written(actual);
    SetPoints(weight, *row.mutable_weight());
    SetPoints(score, *row.mutable_score());
    if (score < weight) row.mutable_reason()->set_as_written("资金下达较晚，下年提前谋划");
    total_ += score;
    SetPoints(total_, *table_->mutable_total_score());
    return row;
  }

  EvaluationTable& table() { return *table_; }
  report::v1::FundRow& funds() { return *table_->mutable_fund_rows(0); }

  v1::ScoreCard Score(const std::string& rule_set) const {
    return ScoreReport(report_, "sha256:0", testing::ShippedRuleSet(rule_set), {});
  }

 private:
  static void SetPoints(int64_t milli, report::v1::Value& value) {
    value.set_points_milli(milli);
    value.set_as_written(std::to_string(milli / 1000));
  }

  Report report_;
  EvaluationTable* table_ = report_.mutable_content()->add_evaluation_tables();
  int64_t total_ = 0;
};

void ExpectSupported(const v1::ScoreCard& card, int64_t low, int64_t high) {
  ASSERT_EQ(card.tables_size(), 1);
  EXPECT_EQ(card.tables(0).supported_low_milli(), low);
  EXPECT_EQ(card.tables(0).supported_high_milli(), high);
}

// 10 x 0.8 + 50 x 5/10 + 30 x [0.8, 1] + 10 = 8 + 25 + [24, 30] + 10.
TEST(NationalProfileTest, ScoresByHandComputedTotal) {
  ProfileReport report(10'000, 8'000);
  report.Row("产出", "培训", "≥10次", "5次", 50'000, 25'000);
  report.Row("效益", "环境改善", "改善", "达成预期指标", 30'000, 27'000);
  report.Row("满意度", "群众满意度", "≥90%", "95%", 10'000, 10'000);

  const v1::ScoreCard card = report.Score("national-2020");

  ExpectSupported(card, 67'000, 73'000);
  EXPECT_EQ(card.tables(0).supported_high_grade(), "中");
  EXPECT_THAT(RuleIds(card), IsEmpty());
}

TEST(NationalProfileTest, OnlyNotesOtherWeights) {
  ProfileReport report(20'000, 16'000);
  report.Row("产出", "培训", "≥10次", "10次", 80'000, 80'000);
  const v1::ScoreCard card = report.Score("national-2020");
  EXPECT_THAT(RuleIds(card), Contains("LEVEL_PROFILE"));
  for (const auto& finding : card.findings()) EXPECT_EQ(finding.severity(), v1::SEVERITY_NOTE) << finding.rule_id();
}

// 20 x 0.8 + 40 x (1 - 10/50) + 30 x [0.5, 0.8] + 10 = 16 + 32 + [15, 24] + 10.
TEST(HubeiProfileTest, ScoresByHandComputedTotal) {
  ProfileReport report(20'000, 16'000);
  report.Row("产出", "单位成本", "≤50元", "60元", 40'000, 32'000);
  report.Row("效益", "环境改善", "改善", "部分达成", 30'000, 20'000);
  report.Row("满意度", "群众满意度", "≥90%", "95%", 10'000, 10'000);

  const v1::ScoreCard card = report.Score("hubei-2020");

  ExpectSupported(card, 73'000, 82'000);
  EXPECT_FALSE(card.tables(0).has_grade());
  EXPECT_FALSE(card.tables(0).has_supported_low_grade());
  ASSERT_EQ(card.tables(0).levels_size(), 2);
  EXPECT_EQ(card.tables(0).levels(1).weight_milli(), 40'000);
  EXPECT_THAT(RuleIds(card), IsEmpty());
}

TEST(HubeiProfileTest, ReturnsTheNationsWeightsAndTiers) {
  ProfileReport report(10'000, 8'000);
  report.Row("产出", "培训", "≥10次", "10次", 50'000, 50'000);
  report.Row("效益", "环境改善", "改善", "部分达成", 30'000, 14'000);
  report.Row("满意度", "群众满意度", "≥90%", "95%", 10'000, 10'000);
  const std::vector<std::string> ids = RuleIds(report.Score("hubei-2020"));
  EXPECT_EQ(std::count(ids.begin(), ids.end(), "LEVEL_PROFILE"), 2);  // execution 10, output 50
  EXPECT_THAT(ids, Contains("QUAL_TIER"));                            // 14 < 0.5 x 30
}

// 2 + 5 x 0.8 + 8 + 85 x (1 - 25/50) = 2 + 4 + 8 + 42.5.
TEST(GuangshuiProfileTest, ScoresByHandComputedTotal) {
  ProfileReport report(0, 0);
  report.Row("决策", "立项依据", "≥1项", "1项", 2'000, 2'000);
  report.Row("管理", "预算执行率", "=100%", "80%", 5'000, 4'000).mutable_review_score()->set_points_milli(4'000);
  report.Row("管理", "制度健全", "≥3项", "3项", 8'000, 8'000);
  report.Row("绩效", "单位成本", "≤50元", "75元", 85'000, 42'500);

  const v1::ScoreCard card = report.Score("guangshui-2020");

  ExpectSupported(card, 56'500, 56'500);
  EXPECT_EQ(card.tables(0).rows(0).verdict(), v1::VERDICT_NOT_SCORED);
  EXPECT_THAT(RuleIds(card), IsEmpty());
}

TEST(GuangshuiProfileTest, RefusesAReviewScoreAboveTheWeight) {
  ProfileReport report(0, 0);
  report.Row("绩效", "培训", "≥10次", "10次", 85'000, 85'000).mutable_review_score()->set_points_milli(86'000);
  EXPECT_THAT(RuleIds(report.Score("guangshui-2020")), Contains("OVER_WEIGHT"));
}

// 10 + 10 x 0.8 + 15 + 30 + 35 x 50/100 = 80.5.
TEST(YinchuanProfileTest, ScoresByHandComputedTotal) {
  ProfileReport report(0, 0);
  report.Row("决策", "立项依据", "≥1项", "1项", 10'000, 10'000);
  report.Row("管理", "资金执行率", "=100%", "80%", 10'000, 8'000);
  report.Row("管理", "制度健全", "≥3项", "3项", 15'000, 15'000);
  report.Row("产出", "培训", "≥10次", "10次", 30'000, 30'000);
  report.Row("效益", "能耗", "≤50吨", "100吨", 35'000, 17'500);

  const v1::ScoreCard card = report.Score("yinchuan-2020");

  ExpectSupported(card, 80'500, 80'500);
  EXPECT_EQ(card.tables(0).supported_low_grade(), "良");
  EXPECT_THAT(RuleIds(card), IsEmpty());
}

TEST(YinchuanProfileTest, ChecksTheRateInsideItsLevelAndTheTotals) {
  ProfileReport report(0, 0);
  report.Row("管理", "资金执行率", "=100%", "80%", 10'000, 9'000);
  report.table().mutable_total_score()->set_points_milli(99'000);
  const std::vector<std::string> ids = RuleIds(report.Score("yinchuan-2020"));
  EXPECT_THAT(ids, Contains("EXEC_SCORE"));
  EXPECT_THAT(ids, Not(Contains("QUANT_SCORE")));
  EXPECT_THAT(ids, Contains("WEIGHT_TOTAL"));
  EXPECT_THAT(ids, Contains("SCORE_TOTAL"));
}

// 40 x 50/100 + 40 + 20 = 80; the rate has no points.
TEST(YuanzhouProfileTest, ScoresByHandComputedTotal) {
  ProfileReport report(0, 0);
  report.Row("产出", "修路", "≥100米", "50米", 40'000, 20'000);
  report.Row("效益", "受益人口", "≥100人", "100人", 40'000, 40'000);
  report.Row("满意度", "群众满意度", "≥90%", "95%", 20'000, 20'000);

  const v1::ScoreCard card = report.Score("yuanzhou-2020");

  ExpectSupported(card, 80'000, 80'000);
  EXPECT_THAT(RuleIds(card), IsEmpty());
}

// 10 x 0.8 + 50 + 30 + 10 = 98; the county may split the 90 otherwise.
TEST(SichuanProfileTest, ScoresByHandComputedTotal) {
  ProfileReport report(10'000, 8'000);
  report.Row("产出", "培训", "≥10次", "10次", 60'000, 60'000);
  report.Row("效益", "受益人口", "≥100人", "100人", 30'000, 30'000);
  report.funds().mutable_reason()->set_as_written("部分工程款按合同次年支付");

  const v1::ScoreCard card = report.Score("sichuan-2020");

  ExpectSupported(card, 98'000, 98'000);
  EXPECT_THAT(RuleIds(card), IsEmpty());
}

TEST(SichuanProfileTest, WantsAShortReasonForALowRate) {
  ProfileReport report(10'000, 8'000);
  report.Row("产出", "培训", "≥10次", "10次", 90'000, 90'000);
  EXPECT_THAT(RuleIds(report.Score("sichuan-2020")), ::testing::ElementsAre("EXEC_NO_REASON"));
  std::string reason;
  for (int i = 0; i < 100; ++i) reason += "因";
  report.funds().mutable_reason()->set_as_written(reason);
  EXPECT_THAT(RuleIds(report.Score("sichuan-2020")), IsEmpty());
  report.funds().mutable_reason()->set_as_written(reason + "由");
  EXPECT_THAT(RuleIds(report.Score("sichuan-2020")), ::testing::ElementsAre("TEXT_TOO_LONG"));
}

TEST(SichuanProfileTest, WantsNoReasonFromNinetyPercent) {
  ProfileReport report(10'000, 9'000);
  report.Row("产出", "培训", "≥10次", "10次", 90'000, 90'000);
  report.funds().mutable_executed()->set_amount_fen(90'000'000);
  report.funds().mutable_execution_rate()->set_rate_ppm(900'000);
  EXPECT_THAT(RuleIds(report.Score("sichuan-2020")), IsEmpty());
}

TEST(SichuanProfileTest, NotesAnyChangeOfTheBudget) {
  ProfileReport report(10'000, 8'000);
  report.Row("产出", "培训", "≥10次", "10次", 90'000, 90'000);
  report.funds().mutable_reason()->set_as_written("部分工程款按合同次年支付");
  report.funds().mutable_initial_budget()->set_amount_fen(99'000'000);
  EXPECT_THAT(RuleIds(report.Score("sichuan-2020")), ::testing::ElementsAre("BUDGET_ADJ"));
}

// 10 x 0.8 + 22.5 + 22.5 x 5/10 + 22.5 + 22.5 = 86.75.
TEST(DayingProfileTest, ScoresByHandComputedTotal) {
  ProfileReport report(10'000, 8'000);
  report.Row("成本", "单位成本", "≤50元", "40元", 22'500, 22'500);
  report.Row("产出", "培训", "≥10次", "5次", 22'500, 11'250);
  report.Row("效益", "受益人口", "≥100人", "100人", 22'500, 22'500);
  report.Row("满意度", "群众满意度", "≥90%", "95%", 22'500, 22'500);
  report.funds().mutable_reason()->set_as_written("部分工程款按合同次年支付");

  const v1::ScoreCard card = report.Score("daying-2020");

  ExpectSupported(card, 86'750, 86'750);
  EXPECT_THAT(RuleIds(card), IsEmpty());
}

void SetCoefficient(IndicatorRow& row, int64_t ppm, const std::string& text) {
  row.mutable_score_coefficient()->set_rate_ppm(ppm);
  row.mutable_score_coefficient()->set_as_written(text);
}

// 10 x 0.8 + 50 + [0, 40]: the coefficient of a missed target is given by hand.
TEST(ChongqingProfileTest, ScoresByHandComputedTotal) {
  ProfileReport report(0, 0);
  report.Row("预算执行", "执行率", "=100%", "80%", 10'000, 8'000);
  IndicatorRow& met = report.Row("产出", "培训", "≥10次", "10次", 50'000, 50'000);
  met.set_is_core(true);
  SetCoefficient(met, 1'000'000, "100%");
  SetCoefficient(report.Row("效益", "受益人口", "≥100人", "90人", 40'000, 34'000), 850'000, "85%");

  const v1::ScoreCard card = report.Score("chongqing-2020");

  ExpectSupported(card, 58'000, 98'000);
  EXPECT_EQ(card.tables(0).rows(2).label(), "产出 · 培训（核心）");
  EXPECT_EQ(card.tables(0).trace().formula(), "预算执行率 8 + 产出 50 + 效益 34 = 92");
  EXPECT_THAT(RuleIds(card), IsEmpty());
}

TEST(ChongqingProfileTest, MultipliesCoefficientAndWeight) {
  ProfileReport report(0, 0);
  SetCoefficient(report.Row("产出", "培训", "≥10次", "9次", 100'000, 90'000), 850'000, "85%");
  const v1::ScoreCard card = report.Score("chongqing-2020");
  EXPECT_THAT(RuleIds(card), Contains("COEFF_SCORE"));
}

// 10 x 0.8 + 40 + 30 + 20 x 90/100 = 96.
TEST(YunnanSchoolProfileTest, ScoresByHandComputedTotal) {
  ProfileReport report(10'000, 8'000);
  report.Row("产出", "培训", "≥10次", "10次", 40'000, 40'000);
  report.Row("效益", "受益学生", "≥100人", "100人", 30'000, 30'000);
  report.Row("满意度", "学生满意度", "≥100%", "90%", 20'000, 18'000);

  const v1::ScoreCard card = report.Score("yunnan-school-2020");

  ExpectSupported(card, 96'000, 96'000);
  EXPECT_THAT(RuleIds(card), IsEmpty());
}

// 10 x 0.8 + 30 + 10 + 30 x 9/10 + [0, 20]: the form is silent on ceilings.
TEST(ZhengzhouProfileTest, ScoresByHandComputedTotal) {
  ProfileReport report(10'000, 8'000);
  report.table().set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  report.Row("投入管理", "制度健全", "≥3项", "3项", 30'000, 30'000);
  report.Row("可持续性", "长效机制", "建立", "建立", 10'000, 10'000);
  report.Row("产出", "培训", "≥10次", "9次", 30'000, 27'000);
  report.Row("效益", "能耗", "≤50吨", "60吨", 20'000, 15'000);

  const v1::ScoreCard card = report.Score("zhengzhou-2021");

  ExpectSupported(card, 8'000 + 30'000 + 8'000 + 27'000, 95'000);
  EXPECT_THAT(RuleIds(card), Not(Contains("LEVEL_PROFILE")));
}

TEST(ZhengzhouProfileTest, KeepsTheRatesWeightAndLetsOthersMove) {
  ProfileReport report(10'000, 8'000);
  report.Row("产出", "培训", "≥10次", "10次", 90'000, 90'000);
  EXPECT_THAT(RuleIds(report.Score("zhengzhou-2021")), Not(Contains("LEVEL_PROFILE")));
  report.funds().mutable_weight()->set_points_milli(15'000);
  EXPECT_THAT(RuleIds(report.Score("zhengzhou-2021")), Contains("LEVEL_PROFILE"));
}

// (10 x 0.8 + 50 + 30) x 100/90 = 97.78: the row of 10 does not apply.
TEST(InapplicableTest, RescalesTheOtherRows) {
  ProfileReport report(10'000, 8'000);
  report.Row("产出", "培训", "≥10次", "10次", 50'000, 50'000);
  report.Row("效益", "受益人口", "≥100人", "100人", 30'000, 30'000);
  report.Row("满意度", "群众满意度", "≥90%", "不涉及", 10'000, 0).clear_reason();

  const v1::ScoreCard card = report.Score("hunan-2024");

  ExpectSupported(card, 97'780, 97'780);
  EXPECT_EQ(card.tables(0).rows(3).verdict(), v1::VERDICT_NOT_APPLICABLE);
  EXPECT_THAT(RuleIds(card), Not(Contains("DEDUCT_NO_REASON")));
  EXPECT_THAT(RuleIds(card), Not(Contains("INAPPLICABLE_SCORED")));
}

TEST(InapplicableTest, ReturnsPointsForWhatNeverCameUp) {
  ProfileReport report(10'000, 8'000);
  report.Row("产出", "培训", "≥10次", "10次", 50'000, 50'000);
  report.Row("效益", "受益人口", "≥100人", "100人", 30'000, 30'000);
  report.Row("满意度", "群众满意度", "≥90%", "不适用", 10'000, 10'000);
  EXPECT_THAT(RuleIds(report.Score("hunan-2024")), Contains("INAPPLICABLE_SCORED"));
}

}  // namespace
}  // namespace jixiao::scoring
