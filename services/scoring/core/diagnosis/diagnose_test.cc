// Slips planted into figures that agree: each must be found first, with the
// right cells; what only looks like a slip must be left alone.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "common/domain/decimal.h"
#include "scoring/core/score_report.h"
#include "scoring/testing/rule_files.h"
#include "scoring/testing/sample_ledger.h"

namespace jixiao::scoring {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::SampleLedger;
using ::testing::UnorderedElementsAreArray;

v1::ScoreCard Score(const SampleLedger& ledger) {
  static const LoadedRuleSet* const rules = new LoadedRuleSet(testing::ShippedRuleSet("hunan-2024"));
  return ScoreReport(ledger.report(), "sha256:0", *rules, {});
}

// Findings about figures; the sample leaves out sections and annexes.
bool IsAboutFigures(const v1::Finding& finding) {
  static const std::set<std::string> kRules = {"EXEC_RATE",     "EXEC_RATE_ROUND", "OVERSPEND",        "EXEC_SCORE",
                                               "SPLIT_VS_EXEC", "FUNDS_SUM",       "BASE_SUM",         "WEIGHT_TOTAL",
                                               "SCORE_TOTAL",   "STAFF_RATE",      "NARR_VS_TABLE",    "NARR_SUM",
                                               "COL_SWAP",      "FIGURE_TYPO",     "BASE_TABLE_SHIFT", "UNIT_ERROR"};
  return kRules.contains(finding.rule_id());
}

std::vector<v1::Finding> Roots(const v1::ScoreCard& card) {
  std::vector<v1::Finding> roots;
  for (const v1::Finding& finding : card.findings()) {
    if (finding.caused_by_size() == 0 && IsAboutFigures(finding)) roots.push_back(finding);
  }
  return roots;
}

// `funds.executed 487.53`.
std::vector<std::string> ChangesOf(const v1::Suggestion& suggestion, const SampleLedger& ledger) {
  std::vector<std::string> changes;
  for (const auto& change : suggestion.changes()) {
    changes.push_back(ledger.NameOf(change.address()) + " " + change.to());
  }
  return changes;
}

struct SlipCase {
  const char* name;
  std::function<void(SampleLedger&)> plant;
  v1::Cause cause;
  std::vector<std::string> changes;
};

std::ostream& operator<<(std::ostream& out, const SlipCase& c) { return out << c.name; }

std::function<void(SampleLedger&)> Write(std::vector<std::pair<std::string, std::string>> cells) {
  return [cells = std::move(cells)](SampleLedger& ledger) {
    for (const auto& [cell, text] : cells) ledger.Write(cell, text);
  };
}

std::function<void(SampleLedger&)> Say(std::string from, std::string to) {
  return [=](SampleLedger& ledger) { ledger.Say(from, to); };
}

// A row of the base data table that the unit has nothing for.
void AddBlankRow(SampleLedger& ledger) {
  auto& row = *ledger.report().mutable_content()->mutable_base_data_table()->add_cost_rows();
  row.set_item(report::v1::COST_ITEM_PROCUREMENT);
  int column = 1;
  for (report::v1::Value* value : {row.mutable_prior_final(), row.mutable_budget(), row.mutable_final()}) {
    value->mutable_address()->set_label("基础数据表 · base.procurement");
    value->mutable_address()->set_part(report::v1::PART_BASE_DATA_TABLE);
    value->mutable_address()->set_row_index(1'000);
    value->mutable_address()->set_column_index(column++);
  }
}

const std::vector<SlipCase>& Slips() {
  static const auto* const slips = new std::vector<SlipCase>{
      {"ColumnsSwapped",
       Write({{"funds.adjusted", "487.53"}, {"funds.executed", "512.36"}}),
       v1::CAUSE_CELLS_SWAPPED,
       {"funds.adjusted 512.36", "funds.executed 487.53"}},
      {"RowsSwapped",
       Write({{"nature.basic", "175.06"}, {"nature.project", "312.47"}}),
       v1::CAUSE_CELLS_SWAPPED,
       {"nature.basic 312.47", "nature.project 175.06"}},
      {"RowRotated",
       Write({{"base.office.prior", "30.86"}, {"base.office.budget", "31.52"}, {"base.office.final", "33"}}),
       v1::CAUSE_CELLS_SHIFTED,
       {"base.office.prior 31.52", "base.office.budget 33", "base.office.final 30.86"}},
      {"ColumnShiftedDownAndItsLastFigureLost",
       // The row below is blank as well, but in all columns: nothing slipped out.
       [](SampleLedger& ledger) {
         AddBlankRow(ledger);
         ledger.Write("base.public_funds.budget", "52.2");
         ledger.Write("base.meetings.budget", "10.5");
         ledger.Write("base.public_funds.prior", "51.81");
         ledger.Write("base.office.prior", "");
         ledger.Write("base.utilities.prior", "31.52");
         ledger.Write("base.meetings.prior", "9.14");
       },
       v1::CAUSE_CELLS_SHIFTED,
       {"base.office.prior 31.52", "base.utilities.prior 9.14", "base.meetings.prior 11.15"}},
      {"StaleTotalThoughARowBelowIsBlank",
       // The total did not slip out of the blank row: it would be like nothing there.
       [](SampleLedger& ledger) {
         ledger.Write("base.project2.prior", "");
         ledger.Write("base.projects.prior", "93.74");
       },
       v1::CAUSE_STALE_TOTAL,
       {"base.projects.prior 100.3"}},
      {"DigitAddedRatherThanTwoBudgetsSwapped",
       // Swapped, the rate would agree as well; but no budget shrinks to a tenth.
       Write({{"funds.initial", "512.36"}, {"funds.adjusted", "5112.36"}}),
       v1::CAUSE_DIGIT_ADDED,
       {"funds.adjusted 512.36"}},
      {"DigitAddedRatherThanAThirdDecimal",
       // 4.87522 would fit the rate as well, but amounts here have two decimals.
       [](SampleLedger& ledger) {
         for (const auto& [name, cell] : ledger.cells()) {
           if (name.starts_with("source.") || name.starts_with("nature.")) ledger.Write(name, "");
         }
         ledger.report().mutable_content()->clear_sections();
         ledger.Write("funds.executed", "4877.53");
       },
       v1::CAUSE_DIGIT_ADDED,
       {"funds.executed 487.53"}},
      {"DigitsExchangedInABudgetThatWasSpentToTheLastFen",
       // 66.15 with its digits exchanged would explain the sum as well.
       Write({{"base.projects.budget", "156.7"},
              {"base.project1.budget", "66.15"},
              {"base.project2.budget", "95.05"},
              {"base.project1.final", "84.51"},
              {"base.project2.final", "90.55"}}),
       v1::CAUSE_DIGITS_EXCHANGED,
       {"base.project2.budget 90.55"}},
      {"ColumnCopiedFromPriorYear",
       Write({{"base.public_funds.final", "44.81"},
              {"base.office.final", "31.52"},
              {"base.utilities.final", "9.14"},
              {"base.meetings.final", "4.15"},
              {"base.public_funds.budget", "43.97"},
              {"base.office.budget", "30.86"},
              {"base.utilities.budget", "9.05"},
              {"base.meetings.budget", "4.06"}}),
       v1::CAUSE_CELLS_COPIED,
       {"base.public_funds.final 43.97", "base.office.final 30.86", "base.utilities.final 9.05",
        "base.meetings.final 4.06"}},
      {"DigitsExchanged", Write({{"funds.executed", "478.53"}}), v1::CAUSE_DIGITS_EXCHANGED, {"funds.executed 487.53"}},
      {"DigitLost", Write({{"nature.basic", "31.47"}}), v1::CAUSE_DIGIT_LOST, {"nature.basic 312.47"}},
      {"ZeroLost", Write({{"nature.project", "175.6"}}), v1::CAUSE_DIGIT_LOST, {"nature.project 175.06"}},
      {"DigitDoubled", Write({{"source.general", "4711.28"}}), v1::CAUSE_DIGIT_ADDED, {"source.general 471.28"}},
      {"DigitMistyped",
       Write({{"base.public_funds.final", "43.37"}}),
       v1::CAUSE_DIGIT_MISTYPED,
       {"base.public_funds.final 43.97"}},
      {"PointMoved", Write({{"funds.executed", "4875.3"}}), v1::CAUSE_DECIMAL_POINT, {"funds.executed 487.53"}},
      {"PointLost", Write({{"nature.project", "17506"}}), v1::CAUSE_DECIMAL_POINT, {"nature.project 175.06"}},
      {"YuanInCell", Write({{"funds.executed", "4875300"}}), v1::CAUSE_MONEY_UNIT, {"funds.executed 487.53"}},
      {"YuanInSentenceButNotItsChange",
       Say("三公经费实际支出2.41万元，其中：公务用车1.56万元，公务接待费0.85万元",
           "三公经费实际支出24100万元，比上年减少0.85万元，其中：公务用车15600万元，公务接待费8500万元"),
       v1::CAUSE_MONEY_UNIT,
       {"text 24100元", "text 15600元", "text 8500元"}},
      {"SignWritten", Write({{"nature.project", "-175.06"}}), v1::CAUSE_SIGN, {"nature.project 175.06"}},
      {"PriorYearInCell",
       Write({{"base.reception.final", "1.14"}}),
       v1::CAUSE_PRIOR_YEAR,
       {"base.reception.final 0.85"}},
      {"PriorYearInText", Say("公用经费43.97万元", "公用经费44.81万元"), v1::CAUSE_PRIOR_YEAR, {"text 43.97万元"}},
      {"TotalNotAddedUpAgain",
       Write({{"base.projects.prior", "153.25"}}),
       v1::CAUSE_STALE_TOTAL,
       {"base.projects.prior 160.4"}},
      {"ScoreTotalNotAddedUpAgain",
       [](SampleLedger& ledger) {
         ledger.Write("rows.2.score", "12.5");
         ledger.Say("对照打分得出结果为98.27分", "已完成对照打分");
       },
       v1::CAUSE_STALE_TOTAL,
       {"total.score 96.27"}},
      {"TotalRatherThanAScoreThatItsRowSupports",
       [](SampleLedger& ledger) {
         // A score of 3 that was meant to be 0.3 would explain the total as well.
         for (const char* column : {"weight", "score"}) {
           ledger.Write(fmt::format("rows.0.{}", column), "32");
           ledger.Write(fmt::format("rows.1.{}", column), "3");
         }
         ledger.Write("total.score", "95.57");
         ledger.Say("对照打分得出结果为98.27分", "已完成对照打分");
       },
       v1::CAUSE_STALE_TOTAL,
       {"total.score 98.27"}},
      {"SignWrittenWhereTheTotalWouldBeARoundFigure",
       // A total of 1 is said in one digit, so the sum alone would rather have
       // that; but nothing filed here is below zero.
       [](SampleLedger& ledger) {
         for (const char* row : {"three_public", "vehicles", "reception"}) {
           ledger.Write(fmt::format("base.{}.budget", row), "");
         }
         ledger.Write("base.three_public.prior", "3.24");
         ledger.Write("base.reception.prior", "-1.12");
       },
       v1::CAUSE_SIGN,
       {"base.reception.prior 1.12"}},
      {"SignWrittenWhereOnlyRateAndScoreTell",
       [](SampleLedger& ledger) {
         for (const auto& [name, cell] : ledger.cells()) {
           if (name.starts_with("source.") || name.starts_with("nature.")) ledger.Write(name, "");
         }
         ledger.report().mutable_content()->clear_sections();
         ledger.Write("funds.executed", "-487.53");
       },
       v1::CAUSE_SIGN,
       {"funds.executed 487.53"}},
      {"RateMiscalculated", Write({{"funds.rate", "92.37%"}}), v1::CAUSE_MISCALCULATED, {"funds.rate 95.15%"}},
      {"RateOverInitialBudget", Write({{"funds.rate", "101.49%"}}), v1::CAUSE_MISCALCULATED, {"funds.rate 95.15%"}},
      {"ScoreMiscalculated",
       [](SampleLedger& ledger) {
         ledger.Write("funds.score", "9");
         ledger.Write("total.score", "97.75");
         ledger.Say("98.27分", "97.75分");
       },
       v1::CAUSE_MISCALCULATED,
       {"funds.score 9.52"}},
      {"TextDiffers",
       Say("对照打分得出结果为98.27分", "对照打分得出结果为99.27分"),
       v1::CAUSE_PLACES_DIFFER,
       {"text 98.27分"}},
      {"TextPartDiffers", Say("公务接待费0.85万元", "公务接待费0万元"), v1::CAUSE_PLACES_DIFFER, {"text 0.85万元"}},
  };
  return *slips;
}

class PlantedSlipTest : public ::testing::TestWithParam<SlipCase> {};

TEST_P(PlantedSlipTest, IsFoundFirstWithItsCells) {
  SampleLedger ledger;
  GetParam().plant(ledger);

  const std::vector<v1::Finding> roots = Roots(Score(ledger));

  ASSERT_FALSE(roots.empty());
  ASSERT_GT(roots[0].suggestions_size(), 0) << roots[0].ShortDebugString();
  const v1::Suggestion& first = roots[0].suggestions(0);
  EXPECT_EQ(v1::Cause_Name(first.cause()), v1::Cause_Name(GetParam().cause)) << first.text();
  EXPECT_THAT(ChangesOf(first, ledger), UnorderedElementsAreArray(GetParam().changes)) << first.text();
  EXPECT_NE(first.likelihood(), v1::LIKELIHOOD_UNSPECIFIED);
}

TEST_P(PlantedSlipTest, LeavesNoOtherComplaintAboutFiguresUnfolded) {
  SampleLedger ledger;
  GetParam().plant(ledger);
  EXPECT_EQ(Roots(Score(ledger)).size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(Slips, PlantedSlipTest, ::testing::ValuesIn(Slips()),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(DiagnoseTest, SaysNothingWhereFiguresAgree) {
  const SampleLedger ledger;
  EXPECT_THAT(Roots(Score(ledger)), IsEmpty());
}

// What looks like a slip and is none.
struct LookAlike {
  const char* name;
  std::function<void(SampleLedger&)> plant;
};

class LookAlikeTest : public ::testing::TestWithParam<LookAlike> {};

TEST_P(LookAlikeTest, IsNotDiagnosed) {
  SampleLedger ledger;
  GetParam().plant(ledger);
  for (const v1::Finding& finding : Roots(Score(ledger))) {
    EXPECT_EQ(finding.suggestions_size(), 0) << finding.rule_id() << finding.suggestions(0).text();
  }
}

INSTANTIATE_TEST_SUITE_P(Figures, LookAlikeTest,
                         ::testing::Values(
                             // More was spent than planned, and said so everywhere.
                             LookAlike{"GenuineOverspending", Write({{"funds.adjusted", "480.36"},
                                                                     {"funds.rate", "101.49%"},
                                                                     {"funds.score", "10"},
                                                                     {"rows.4.score", "8.77"}})},
                             // The budget grew by half in the course of the year.
                             LookAlike{"GenuineMidYearChange", Write({{"funds.initial", "301.2"}})},
                             LookAlike{"AllOfTheBudgetSpent", Write({{"funds.adjusted", "487.53"},
                                                                     {"funds.rate", "100%"},
                                                                     {"funds.score", "10"},
                                                                     {"rows.4.score", "8.77"}})},
                             LookAlike{"SameAsTheYearBefore",
                                       Write({{"base.reception.prior", "0.85"}, {"base.three_public.prior", "2.97"}})},
                             LookAlike{"DigitsThatOnlyLookExchanged", Write({{"funds.initial", "408.36"}})},
                             LookAlike{"RoundFigures",
                                       Write({{"base.project1.prior", "100"}, {"base.projects.prior", "160.1"}})}),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(DiagnoseTest, TellsTwoSlipsAsTwoStories) {
  SampleLedger ledger;
  ledger.Write("funds.adjusted", "487.53");
  ledger.Write("funds.executed", "512.36");
  ledger.Write("source.general", "471.82");

  const std::vector<v1::Finding> roots = Roots(Score(ledger));

  ASSERT_EQ(roots.size(), 2u);
  EXPECT_EQ(roots[0].rule_id(), "COL_SWAP");
  EXPECT_THAT(ChangesOf(roots[1].suggestions(0), ledger), ElementsAre("source.general 471.28"));
}

TEST(DiagnoseTest, FoldsWhatNeedsBothSlipsUnderTheFirst) {
  SampleLedger ledger;
  ledger.Say("三公经费预算3万元", "一般公共预算支出471.28万元。三公经费预算3万元");
  ledger.Write("funds.adjusted", "487.53");
  ledger.Write("funds.executed", "512.36");
  ledger.Write("source.general", "471.82");

  const v1::ScoreCard card = Score(ledger);

  bool is_found = false;
  for (const v1::Finding& finding : card.findings()) {
    if (finding.rule_id() != "SPLIT_VS_EXEC" || finding.value().find("471.82") == std::string::npos) continue;
    is_found = true;
    ASSERT_EQ(finding.caused_by_size(), 2);
    EXPECT_EQ(finding.caused_by(0), "COL_SWAP-1");
  }
  EXPECT_TRUE(is_found);
}

TEST(DiagnoseTest, SaysWhichSlipMadeOneOfTwoSentencesDisagree) {
  SampleLedger ledger;
  ledger.Say("基本支出312.47万元，项目支出175.06万元", "基本支出32.47万元，项目支出175.06万元");

  const std::vector<v1::Finding> roots = Roots(Score(ledger));

  ASSERT_FALSE(roots.empty());
  EXPECT_EQ(roots[0].rule_id(), "NARR_VS_TABLE");
  ASSERT_EQ(roots[0].suggestions_size(), 1);
  EXPECT_EQ(roots[0].suggestions(0).cause(), v1::CAUSE_DIGIT_LOST);
  EXPECT_THAT(roots[0].suggestions(0).text(), ::testing::HasSubstr("漏了一位数字"));
  EXPECT_THAT(ChangesOf(roots[0].suggestions(0), ledger), ElementsAre("text 312.47万元"));
}

TEST(DiagnoseTest, KeepsTheZerosThatAllFiguresOfTheTableKeep) {
  SampleLedger ledger;
  for (const auto& [name, cell] : ledger.cells()) {
    if (cell->has_amount_fen()) {
      const std::string filed = FormatScaled(cell->amount_fen(), 6, 2);
      ledger.Write(name, filed);
    }
  }
  ASSERT_THAT(Roots(Score(ledger)), IsEmpty());
  ledger.Write("base.projects.prior", "160.04");  // 160.40

  const std::vector<v1::Finding> roots = Roots(Score(ledger));

  ASSERT_EQ(roots.size(), 1u);
  ASSERT_GT(roots[0].suggestions_size(), 0);
  EXPECT_EQ(roots[0].suggestions(0).cause(), v1::CAUSE_DIGITS_EXCHANGED);
  EXPECT_THAT(ChangesOf(roots[0].suggestions(0), ledger), ElementsAre("base.projects.prior 160.40"));
}

TEST(DiagnoseTest, CallsATieATie) {
  SampleLedger ledger;
  // Nothing else states the prior year's figures: part or sum may be exchanged.
  ledger.report().mutable_content()->mutable_base_data_table()->mutable_cost_rows()->DeleteSubrange(4, 2);
  ledger.Say("基本支出312.47万元，项目支出175.06万元", "基本支出312.47万元");
  ledger.table().clear_by_nature();
  ledger.Say("2024年部门整体支出487.53万元，其中：基本支出312.47万元。", "");
  ledger.Say("人员经费268.5万元，公用经费43.97万元", "公用经费43.79万元");

  const std::vector<v1::Finding> roots = Roots(Score(ledger));

  ASSERT_FALSE(roots.empty());
  const v1::Finding& root = roots[0];
  ASSERT_GE(root.suggestions_size(), 1);
  if (root.suggestions_size() == 1) {
    // The table's figure is held by its parts: then it is no tie.
    EXPECT_THAT(ChangesOf(root.suggestions(0), ledger), ElementsAre("text 43.97万元"));
  }
}

TEST(DiagnoseTest, NamesBothPartsThatOneSlipExplainsHoweverLongTheSum) {
  SampleLedger ledger;
  auto& fourth = *ledger.table().add_by_source();
  fourth.set_role(report::v1::FUND_ROLE_NON_TAX);
  fourth.mutable_amount()->set_as_written("252.03");
  fourth.mutable_amount()->set_amount_fen(252'030'000);
  ledger.Write("source.general", "28.93");  // 208.93
  ledger.Write("source.government_fund", "20.57");

  const std::vector<v1::Finding> roots = Roots(Score(ledger));

  ASSERT_EQ(roots.size(), 1u);
  ASSERT_EQ(roots[0].suggestions_size(), 2);
  std::vector<std::string> changes;
  for (const v1::Suggestion& suggestion : roots[0].suggestions()) {
    EXPECT_EQ(suggestion.likelihood(), v1::LIKELIHOOD_TIED);
    EXPECT_EQ(suggestion.cause(), v1::CAUSE_DIGIT_LOST);
    for (const std::string& change : ChangesOf(suggestion, ledger)) changes.push_back(change);
  }
  EXPECT_THAT(changes, UnorderedElementsAreArray({"source.general 208.93", "source.government_fund 200.57"}));
}

TEST(DiagnoseTest, NamesBothPlacesWhereNothingDecides) {
  SampleLedger ledger;
  ledger.report().mutable_content()->mutable_base_data_table()->clear_cost_rows();
  ledger.report().mutable_content()->mutable_sections(0)->clear_paragraphs();
  ledger.report().mutable_content()->mutable_sections(0)->add_paragraphs()->set_text("编制数为41人。");
  ledger.Write("staff.rate", "");

  const std::vector<v1::Finding> roots = Roots(Score(ledger));

  ASSERT_EQ(roots.size(), 1u);
  ASSERT_EQ(roots[0].suggestions_size(), 2);
  for (const v1::Suggestion& suggestion : roots[0].suggestions()) {
    EXPECT_EQ(suggestion.cause(), v1::CAUSE_PLACES_DIFFER);
    EXPECT_EQ(suggestion.likelihood(), v1::LIKELIHOOD_TIED);
  }
}

TEST(DiagnoseTest, WritesFiguresAsTheClerkWritesThem) {
  SampleLedger ledger;
  ledger.Say("基本支出312.47万元，项目支出175.06万元", "基本支出312.47万元，项目支出1,750,600元");
  EXPECT_THAT(Roots(Score(ledger)), IsEmpty());
  ledger.Say("1,750,600元", "1,706,500元");

  const std::vector<v1::Finding> roots = Roots(Score(ledger));

  ASSERT_FALSE(roots.empty());
  ASSERT_GT(roots[0].suggestions_size(), 0);
  EXPECT_EQ(roots[0].suggestions(0).changes(0).from(), "1,706,500元");
  EXPECT_THAT(roots[0].suggestions(0).changes(0).to(), ::testing::EndsWith("元"));
  EXPECT_THAT(roots[0].suggestions(0).changes(0).to(), Not(::testing::EndsWith("万元")));
}

TEST(DiagnoseTest, NeverUsesAFigureThatIsOnlyApproximate) {
  SampleLedger ledger;
  ledger.Say("公用经费43.97万元", "公用经费约40.97万元");
  EXPECT_THAT(Roots(Score(ledger)), IsEmpty());
}

// splitmix64.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t Below(uint64_t count) {
    uint64_t z = (state_ += 0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return (z ^ (z >> 31)) % count;
  }

 private:
  uint64_t state_;
};

// Writes over one to four random cells: another digit here, a figure from
// somewhere else there.
void PlantAnything(SampleLedger& ledger, Random& random) {
  std::vector<std::string> names;
  for (const auto& [name, value] : ledger.cells()) names.push_back(name);
  for (uint64_t n = 1 + random.Below(4); n > 0; --n) {
    const std::string& name = names[random.Below(names.size())];
    const report::v1::Value& cell = ledger.Cell(name);
    std::string text = cell.as_written();
    if (random.Below(2) == 0) text = ledger.Cell(names[random.Below(names.size())]).as_written();
    const size_t at = random.Below(text.size());
    if (text[at] >= '0' && text[at] <= '9') text[at] = static_cast<char>('0' + random.Below(10));
    if (text.find('%') != std::string::npos && !cell.has_rate_ppm()) text.pop_back();
    if (text.size() > 1 && text[0] == '0' && text[1] != '.') continue;
    if (!text.empty()) ledger.Write(name, text);
  }
}

TEST(DiagnoseTest, EndsWithinItsStepsAndChangesNothingFiled) {
  Random random(20'241'121);
  for (int i = 0; i < 300; ++i) {
    SampleLedger ledger;
    PlantAnything(ledger, random);
    const std::string filed = ledger.report().SerializeAsString();
    const v1::ScoreCard card = Score(ledger);
    EXPECT_EQ(ledger.report().SerializeAsString(), filed);
    EXPECT_EQ(ScoreCardBytes(card), ScoreCardBytes(Score(ledger)));
    // Whatever follows from a slip follows from a finding that is there, and a
    // root never follows from anything.
    std::map<std::string, const v1::Finding*> by_id;
    for (const auto& finding : card.findings()) by_id[finding.id()] = &finding;
    for (const auto& finding : card.findings()) {
      for (const std::string& cause : finding.caused_by()) {
        ASSERT_TRUE(by_id.contains(cause));
        EXPECT_EQ(by_id[cause]->caused_by_size(), 0);
      }
    }
  }
}

TEST(DiagnoseTest, SaysSoWhereItStoppedLooking) {
  SampleLedger ledger;
  Random random(3);
  for (int i = 0; i < 45; ++i) {
    auto& row = *ledger.table().add_fund_rows();
    row = ledger.table().fund_rows(0);
    row.set_role(report::v1::FUND_ROLE_UNKNOWN);
    row.mutable_execution_rate()->set_rate_ppm(static_cast<int64_t>(100 * random.Below(9'000)));
    row.mutable_execution_rate()->set_as_written(FormatRatePercent(row.execution_rate().rate_ppm()));
  }
  const v1::ScoreCard card = Score(ledger);
  EXPECT_TRUE(card.search_cut_short());
  EXPECT_EQ(ScoreCardBytes(card), ScoreCardBytes(Score(ledger)));
  EXPECT_FALSE(Score(SampleLedger()).search_cut_short());
}

TEST(DiagnoseTest, DoesNotDependOnTheOrderOfFundRows) {
  Random random(7);
  for (int i = 0; i < 60; ++i) {
    SampleLedger ledger;
    auto* other = ledger.table().add_fund_rows();
    *other = ledger.table().fund_rows(0);
    other->set_label("其中：当年财政拨款");
    other->set_role(report::v1::FUND_ROLE_FISCAL);
    other->clear_weight();
    other->clear_score();
    PlantAnything(ledger, random);
    SampleLedger shuffled;
    shuffled.report() = ledger.report();
    shuffled.table().mutable_fund_rows()->SwapElements(0, 1);
    const auto texts = [&](const SampleLedger& from) {
      std::multiset<std::string> all;
      const v1::ScoreCard card = Score(from);
      for (const auto& finding : card.findings()) {
        for (const auto& suggestion : finding.suggestions()) all.insert(suggestion.text());
      }
      return all;
    };
    EXPECT_EQ(texts(ledger), texts(shuffled)) << i;
  }
}

}  // namespace
}  // namespace jixiao::scoring
