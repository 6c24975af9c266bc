#include "scoring/core/verdicts/verdict.h"

#include <gtest/gtest.h>

#include "scoring/core/verdicts/execution.h"
#include "scoring/core/verdicts/score_table.h"
#include "scoring/testing/rule_files.h"

namespace jixiao::scoring {
namespace {

report::v1::IndicatorRow Row(const std::string& name, const std::string& target, const std::string& actual,
                             int64_t weight_milli) {
  report::v1::IndicatorRow row;
  row.mutable_level3()->set_as_written(name);
  row.mutable_target()->set_as_written(target);
  row.mutable_actual()->set_as_written(actual);
  row.mutable_weight()->set_points_milli(weight_milli);
  return row;
}

v1::RowScore ScoreOf(const report::v1::IndicatorRow& row, const v1::RuleSet& rule_set) {
  v1::RowScore score;
  ScoreIndicator(ReadIndicator(row), 0, rule_set, Detail::kFull, score);
  return score;
}

v1::RowScore Score(const report::v1::IndicatorRow& row,
                   v1::QuantitativeFormula formula = v1::QUANTITATIVE_FORMULA_RATIO) {
  static const LoadedRuleSet shipped = testing::ShippedRuleSet("hunan-2024");
  v1::RuleSet rule_set = shipped.rule_set;
  rule_set.set_quantitative_formula(formula);
  return ScoreOf(row, rule_set);
}

struct FormulaCase {
  const char* target;
  const char* actual;
  int64_t weight;
  v1::QuantitativeFormula formula;
  int64_t low;
  int64_t high;
};

constexpr auto kA = v1::QUANTITATIVE_FORMULA_PLAIN;
constexpr auto kB = v1::QUANTITATIVE_FORMULA_RATIO;
constexpr auto kC = v1::QUANTITATIVE_FORMULA_LINEAR;
constexpr auto kD = v1::QUANTITATIVE_FORMULA_HAND_GIVEN;

class FormulaTest : public ::testing::TestWithParam<FormulaCase> {};

TEST_P(FormulaTest, MatchesTheFieldsVectors) {
  const FormulaCase& c = GetParam();

  const v1::RowScore score = Score(Row("指标", c.target, c.actual, c.weight), c.formula);

  EXPECT_EQ(score.supported_low_milli(), c.low) << c.target << " " << c.actual;
  EXPECT_EQ(score.supported_high_milli(), c.high) << c.target << " " << c.actual;
}

INSTANTIATE_TEST_SUITE_P(
    Vectors, FormulaTest,
    ::testing::Values(
        FormulaCase{"≥100", "72.74", 10'000, kA, 7'270, 7'270}, FormulaCase{"≥100", "72.74", 10'000, kB, 7'270, 7'270},
        FormulaCase{"≥95%", "94.5%", 2'000, kA, 1'990, 1'990},
        FormulaCase{"≤5300元", "5830元", 10'000, kB, 9'090, 9'090},
        FormulaCase{"≤5300元", "5830元", 10'000, kC, 9'000, 9'000},
        FormulaCase{"≤5300元", "5830元", 10'000, kA, 0, 10'000},
        FormulaCase{"≤50万元", "40.6万元", 10'000, kB, 10'000, 10'000},
        FormulaCase{"≤50", "100", 10'000, kB, 5'000, 5'000}, FormulaCase{"≤50", "100", 10'000, kC, 0, 0},
        FormulaCase{"=52", "10", 20'000, kA, 3'850, 3'850}, FormulaCase{"≤2.45人", "4.165人", 11'500, kB, 6'760, 6'760},
        FormulaCase{"=0", "0", 10'000, kC, 10'000, 10'000}, FormulaCase{"=0", "1", 10'000, kC, 0, 0},
        FormulaCase{"=0", "1", 10'000, kB, 0, 0}, FormulaCase{"≥100", "-5", 10'000, kB, 0, 0},
        FormulaCase{"0起", "无", 10'000, kB, 10'000, 10'000}, FormulaCase{"≥100", "72.74", 10'000, kC, 7'270, 7'270},
        FormulaCase{"≥95%", "94.5%", 2'000, kB, 1'990, 1'990}, FormulaCase{"≥95%", "94.5%", 2'000, kC, 1'990, 1'990},
        FormulaCase{"≤50万元", "40.6万元", 10'000, kA, 10'000, 10'000},
        FormulaCase{"≤50万元", "40.6万元", 10'000, kC, 10'000, 10'000},
        FormulaCase{"≤50万元", "40.6万元", 10'000, kD, 10'000, 10'000},
        FormulaCase{"≤50", "100", 10'000, kA, 0, 10'000}, FormulaCase{"≤50", "99.99", 10'000, kC, 0, 0},
        FormulaCase{"≤50", "99", 10'000, kC, 200, 200}, FormulaCase{"=52", "10", 20'000, kB, 3'850, 3'850},
        FormulaCase{"=52", "10", 20'000, kC, 3'850, 3'850}, FormulaCase{"=52", "10", 20'000, kD, 0, 20'000},
        FormulaCase{"≥100", "72.74", 10'000, kD, 0, 10'000}, FormulaCase{"=0", "1", 10'000, kA, 0, 0},
        FormulaCase{"=0", "-1", 10'000, kC, 10'000, 10'000}, FormulaCase{"=0", "0", 10'000, kA, 10'000, 10'000},
        FormulaCase{"0起", "未发生", 10'000, kB, 10'000, 10'000}, FormulaCase{">0起", "无", 10'000, kB, 0, 10'000},
        FormulaCase{"≥-5%", "-3%", 10'000, kB, 10'000, 10'000}, FormulaCase{"≥-5%", "-8%", 10'000, kB, 0, 10'000},
        FormulaCase{"≥100次", "-5次", 10'000, kC, 0, 0}));

TEST(TierTest, HasHalfOpenBoundsOfItsProfile) {
  const auto bounds = [](const char* profile, const char* words) {
    const LoadedRuleSet loaded = testing::ShippedRuleSet(profile);
    const v1::RowScore score = ScoreOf(Row("环境", "改善", words, 10'000), loaded.rule_set);
    return std::pair(score.supported_low_milli(), score.supported_high_milli());
  };
  EXPECT_EQ(bounds("national-2020", "达成预期指标"), std::pair(int64_t{8'000}, int64_t{10'000}));
  EXPECT_EQ(bounds("national-2020", "部分达成"), std::pair(int64_t{6'000}, int64_t{8'000}));
  EXPECT_EQ(bounds("national-2020", "未达成年度指标且效果较差"), std::pair(int64_t{0}, int64_t{6'000}));
  EXPECT_EQ(bounds("hubei-2020", "达到预期目标"), std::pair(int64_t{8'000}, int64_t{10'000}));
  EXPECT_EQ(bounds("hubei-2020", "部分达到预期目标，并且具备一定效果"), std::pair(int64_t{5'000}, int64_t{8'000}));
  EXPECT_EQ(bounds("hubei-2020", "未达成"), std::pair(int64_t{0}, int64_t{5'000}));
}

TEST(VerdictTest, SuggestsATierForWholeResults) {
  for (const char* actual : {"完成", "已完成。", "提升", "长期", "及时", "按时公开"}) {
    const v1::RowScore score = Score(Row("时效", "定性", actual, 10'000));
    EXPECT_EQ(score.verdict(), v1::VERDICT_TIER_SUGGESTED) << actual;
    EXPECT_EQ(score.supported_low_milli(), 8'000) << actual;
  }
  EXPECT_EQ(Score(Row("环境", "改善", "得到改善", 10'000)).verdict(), v1::VERDICT_TIER_SUGGESTED);
}

TEST(VerdictTest, NeverTakesADenialForAResult) {
  for (const char* actual : {"未提升", "不及时", "没有改善", "未有效推进", "无法完成"}) {
    EXPECT_EQ(Score(Row("环境", "提升", actual, 10'000)).verdict(), v1::VERDICT_UNCLASSIFIED) << actual;
  }
  EXPECT_EQ(Score(Row("环境", "提升", "未完成", 10'000)).supported_high_milli(), 6'000);
  EXPECT_EQ(Score(Row("环境", "优化", "不断有效提升", 10'000)).supported_low_milli(), 8'000);
}

TEST(VerdictTest, TakesADeniedEventForAnAnswerWhereItIsRuledOut) {
  for (const char* actual : {"未发生", "0起", "无安全事故"}) {
    const v1::RowScore score = Score(Row("安全", "辖区内无重大安全事故", actual, 10'000));
    EXPECT_EQ(score.verdict(), v1::VERDICT_TIER_SUGGESTED) << actual;
    EXPECT_EQ(score.supported_low_milli(), 8'000) << actual;
  }
  // An auditor reads a bare 无 as an empty cell.
  EXPECT_EQ(Score(Row("安全", "辖区内无重大安全事故", "无", 10'000)).verdict(), v1::VERDICT_NO_EVIDENCE);
}

TEST(VerdictTest, ComparesDatesWithDeadlines) {
  EXPECT_EQ(Score(Row("时效", "2021年12月底前", "2021年11月30日完成", 10'000)).verdict(), v1::VERDICT_MET);
  EXPECT_EQ(Score(Row("时效", "年底前", "11月底完成100%", 10'000)).verdict(), v1::VERDICT_MET);
  const v1::RowScore late = Score(Row("时效", "2021年6月底前", "2021年12月完成", 10'000));
  EXPECT_EQ(late.verdict(), v1::VERDICT_MISSED);
  EXPECT_EQ(late.supported_high_milli(), 10'000);
  EXPECT_EQ(Score(Row("时效", "年底前", "2021年12月完成", 10'000)).verdict(), v1::VERDICT_TIER_SUGGESTED);
  EXPECT_EQ(Score(Row("时效", "6月底前", "2021年12月完成", 10'000)).verdict(), v1::VERDICT_UNCLASSIFIED);
}

TEST(VerdictTest, TakesTheUnitFromItsColumn) {
  report::v1::IndicatorRow row = Row("满意度", "≥95%", "96", 10'000);
  EXPECT_EQ(Score(row).verdict(), v1::VERDICT_UNVERIFIABLE);
  row.mutable_measure_unit()->set_as_written("%");
  EXPECT_EQ(Score(row).verdict(), v1::VERDICT_MET);
  row = Row("投入", "≤3万元", "2.9", 10'000);
  row.mutable_measure_unit()->set_as_written("万元");
  EXPECT_EQ(Score(row).verdict(), v1::VERDICT_MET);
  row.mutable_measure_unit()->set_as_written("100");
  EXPECT_EQ(Score(row).verdict(), v1::VERDICT_UNVERIFIABLE);
}

TEST(VerdictTest, MeetsTargetWithMoreThanHundred) {
  EXPECT_EQ(Score(Row("志愿活动", "≥100次", "100余次", 5'000)).verdict(), v1::VERDICT_MET);
}

TEST(VerdictTest, CannotProveEqualityByAnApproximation) {
  EXPECT_EQ(Score(Row("培训", "=100次", "100余次", 5'000)).verdict(), v1::VERDICT_UNVERIFIABLE);
  EXPECT_EQ(Score(Row("培训", "≥290人", "约290人", 5'000)).verdict(), v1::VERDICT_UNVERIFIABLE);
}

TEST(VerdictTest, ReadsDirectionFromTheNameWithoutOperator) {
  EXPECT_EQ(Score(Row("群众满意度", "90%", "95%", 10'000)).verdict(), v1::VERDICT_MET);
  EXPECT_EQ(Score(Row("公用经费控制率", "90%", "95%", 10'000)).verdict(), v1::VERDICT_MISSED);
}

TEST(VerdictTest, ForgivesMissingUnitButNotForRates) {
  EXPECT_EQ(Score(Row("带动就业", "≥50人", "50", 10'000)).verdict(), v1::VERDICT_MET);
  EXPECT_EQ(Score(Row("支出进度", "100%", "1702.51", 7'500)).verdict(), v1::VERDICT_UNVERIFIABLE);
}

TEST(VerdictTest, GivesNothingWithoutEvidence) {
  for (const char* actual : {"", "。", "——", "无", "/"}) {
    const v1::RowScore score = Score(Row("安全生产", "安全有序", actual, 10'000));
    EXPECT_EQ(score.verdict(), v1::VERDICT_NO_EVIDENCE) << actual;
    EXPECT_EQ(score.supported_high_milli(), 0) << actual;
  }
}

TEST(VerdictTest, PutsTierWordsIntoTheirTier) {
  const v1::RowScore full = Score(Row("环境", "改善", "达成预期指标", 10'000));
  EXPECT_EQ(full.verdict(), v1::VERDICT_TIERED);
  EXPECT_EQ(full.supported_low_milli(), 8'000);
  const v1::RowScore part = Score(Row("环境", "改善", "部分达成预期指标并具有一定效果", 10'000));
  EXPECT_EQ(part.supported_low_milli(), 6'000);
  EXPECT_EQ(part.supported_high_milli(), 8'000);
}

TEST(VerdictTest, OnlySuggestsTierForOtherWords) {
  EXPECT_EQ(Score(Row("环境", "改善", "显著改善", 10'000)).verdict(), v1::VERDICT_TIER_SUGGESTED);
  EXPECT_EQ(Score(Row("环境", "改善", "基本提升", 10'000)).supported_high_milli(), 8'000);
  EXPECT_EQ(Score(Row("时效", "定性", "及时", 10'000)).verdict(), v1::VERDICT_TIER_SUGGESTED);
  EXPECT_EQ(Score(Row("时效", "定性", "良好运转", 10'000)).verdict(), v1::VERDICT_UNCLASSIFIED);
}

TEST(VerdictTest, TracesEveryStep) {
  const v1::RowScore score = Score(Row("执行", "≥95%", "=94.5%", 2'000));
  EXPECT_FALSE(score.trace().clause().empty());
  EXPECT_EQ(score.trace().inputs_size(), 4);
  EXPECT_EQ(score.trace().formula(), "目标 ≥95%，实际 =94.5%：未达标，2 × 94.5 ÷ 95 = 1.989474");
  EXPECT_EQ(score.trace().rounding(), "四舍五入到小数点后两位");
  EXPECT_EQ(score.trace().result(), "证据支持 1.99 分");
}

TEST(VerdictTest, SurvivesAbsurdNumbers) {
  report::v1::IndicatorRow row = Row("指标", "≥0.000001", "999999999999999999", INT64_MAX);
  EXPECT_EQ(Score(row).verdict(), v1::VERDICT_NOT_SCORED);
  row = Row("指标", "≤999999999999", "999999999999999999亿元", 1'000'000'000);
  EXPECT_NE(Score(row).verdict(), v1::VERDICT_UNSPECIFIED);
}

report::v1::EvaluationTable TableWithFunds(int64_t budget, int64_t executed, int64_t rate_ppm) {
  report::v1::EvaluationTable table;
  auto* row = table.add_fund_rows();
  row->set_role(report::v1::FUND_ROLE_TOTAL);
  row->mutable_adjusted_budget()->set_amount_fen(budget);
  row->mutable_executed()->set_amount_fen(executed);
  row->mutable_execution_rate()->set_rate_ppm(rate_ppm);
  row->mutable_weight()->set_points_milli(10'000);
  return table;
}

TEST(ExecutionTest, ScoresProRataToTheHundredth) {
  const LoadedRuleSet hunan = testing::ShippedRuleSet("hunan-2024");
  const v1::RowScore score = ScoreExecution(TableWithFunds(117'980'000, 116'950'000, 991'300), hunan.rule_set);
  EXPECT_EQ(score.supported_low_milli(), 9'910);
  EXPECT_EQ(score.supported_high_milli(), 9'910);
}

TEST(ExecutionTest, CapsAndBoundsContradictions) {
  const LoadedRuleSet hunan = testing::ShippedRuleSet("hunan-2024");
  const v1::RowScore score = ScoreExecution(TableWithFunds(1'576'750'000, 1'702'510'000, 926'100), hunan.rule_set);
  EXPECT_EQ(score.supported_low_milli(), 9'260);
  EXPECT_EQ(score.supported_high_milli(), 10'000);
}

TEST(ExecutionTest, CannotJudgeZeroBudget) {
  const LoadedRuleSet hunan = testing::ShippedRuleSet("hunan-2024");
  EXPECT_EQ(ScoreExecution(TableWithFunds(0, 0, 0), hunan.rule_set).verdict(), v1::VERDICT_UNVERIFIABLE);
  EXPECT_EQ(ScoreExecution(TableWithFunds(1, INT64_MAX, INT64_MAX), hunan.rule_set).verdict(),
            v1::VERDICT_UNVERIFIABLE);
}

TEST(GradeTest, HasNoGapsBetweenBands) {
  const LoadedRuleSet zhengzhou = testing::ShippedRuleSet("zhengzhou-2021");
  EXPECT_EQ(GradeOf(99'340, zhengzhou.rule_set), "优");
  EXPECT_EQ(GradeOf(90'000, zhengzhou.rule_set), "优");
  EXPECT_EQ(GradeOf(89'500, zhengzhou.rule_set), "良");
  EXPECT_EQ(GradeOf(0, zhengzhou.rule_set), "差");
}

}  // namespace
}  // namespace jixiao::scoring
