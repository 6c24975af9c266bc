#include "scoring/core/rules/rule_sets.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "common/base/errors.h"
#include "common/base/text.h"
#include "scoring/testing/rule_files.h"

namespace jixiao::scoring {
namespace {

using testing::ReadRuleFile;

std::string Hunan() { return ReadRuleFile("hunan-2024/ruleset.textproto"); }
std::string Form(const std::string& name) { return ReadRuleFile("forms/" + name + ".textproto"); }
const RuleTexts& Shared() {
  static const auto* const kTexts = new RuleTexts(testing::ShippedRuleTexts());
  return *kTexts;
}

// Hunan's rule set with one text of it or of its forms replaced, which must be
// there.
absl::StatusOr<LoadedRuleSet> HunanWith(std::string_view from, std::string_view to) {
  RuleTexts shared = Shared();
  std::string own = ReplaceAll(Hunan(), from, to);
  bool found = own != Hunan();
  for (const char* form : {"common", "national", "hunan-report"}) {
    std::string& text = shared.forms[form];
    found = found || text.find(from) != std::string::npos;
    text = ReplaceAll(text, from, to);
  }
  EXPECT_TRUE(found) << from;
  return ParseRuleSet(own, shared);
}

std::string Problems(const absl::Status& status) {
  std::string all;
  const auto violations = ViolationsOf(status);
  for (const auto& violation : violations.field_violations()) {
    all += violation.field() + ": " + violation.description() + "\n";
  }
  return all;
}

report::v1::ReportContent ContentOf(const std::string& division, int year) {
  report::v1::ReportContent content;
  content.set_fiscal_year(year);
  content.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  content.mutable_unit()->set_division_code(division);
  return content;
}

TEST(ParseRuleSetTest, AcceptsTheRuleSetsWeShip) {
  for (const std::string& id : testing::ShippedRuleSetIds()) {
    const auto loaded = ParseRuleSet(ReadRuleFile(id + "/ruleset.textproto"), Shared());
    EXPECT_TRUE(loaded.ok()) << id << "\n" << Problems(loaded.status());
    EXPECT_FALSE(ReadRuleFile(id + "/RATIONALE.md").empty()) << id;
  }
}

TEST(ParseRuleSetTest, NamesTheLineOfATypo) {
  const auto loaded = ParseRuleSet("name: \"rulesets/x\"\ntitel: \"x\"\n", Shared());
  EXPECT_THAT(Problems(loaded.status()), ::testing::HasSubstr("ruleset.textproto:2:"));
}

TEST(ParseRuleSetTest, RefusesWeightsThatDoNotSumToHundred) {
  EXPECT_THAT(Problems(HunanWith("weight_milli: 30000", "weight_milli: 20000").status()),
              ::testing::HasSubstr("sum to 90 points"));
}

TEST(ParseRuleSetTest, RefusesGapBetweenTiers) {
  EXPECT_THAT(Problems(HunanWith("upper_ppm: 800000", "upper_ppm: 790000").status()),
              ::testing::HasSubstr("gap or overlap at 800000"));
}

TEST(ParseRuleSetTest, RefusesBandsThatDoNotReachZero) {
  EXPECT_THAT(Problems(HunanWith("grade_bands { grade: \"差\" lower_milli: 0 }", "").status()),
              ::testing::HasSubstr("reach down to 0"));
}

TEST(ParseRuleSetTest, RefusesBelievedRuleThatBlocks) {
  EXPECT_THAT(
      Problems(
          HunanWith("rules { id: \"BUDGET_ADJ\" }", "rules { id: \"BUDGET_ADJ\" severity: SEVERITY_BLOCKS }").status()),
      ::testing::HasSubstr("must not block"));
}

TEST(ParseRuleSetTest, RefusesRelationOnUnknownFact) {
  EXPECT_THAT(Problems(HunanWith("table.nature.basic", "table.natur.basic").status()),
              ::testing::HasSubstr("`table.natur.basic` is no fact"));
}

TEST(ParseRuleSetTest, RefusesYearsThatRunBackward) {
  EXPECT_THAT(Problems(HunanWith("last_fiscal_year: 2024", "last_fiscal_year: 2022").status()),
              ::testing::HasSubstr("run forward"));
}

TEST(ParseRuleSetTest, RefusesRuleWithoutTexts) {
  EXPECT_THAT(Problems(HunanWith("rules { id: \"PII\" }", "rules { id: \"PIII\" }").status()),
              ::testing::HasSubstr("rules[PIII]"));
}

TEST(ParseRuleSetTest, DigestChangesWithEveryTextThatWentIn) {
  std::set<std::string> digests = {ParseRuleSet(Hunan(), Shared())->digest,
                                   ParseRuleSet(Hunan() + "\n# edited\n", Shared())->digest};
  RuleTexts shared = Shared();
  shared.catalogue += "\n# edited\n";
  digests.insert(ParseRuleSet(Hunan(), shared)->digest);
  for (const char* form : {"common", "national", "hunan-report"}) {
    shared = Shared();
    shared.forms[form] += "\n# edited\n";
    digests.insert(ParseRuleSet(Hunan(), shared)->digest);
  }
  EXPECT_EQ(digests.size(), 6u);
  shared = Shared();
  shared.forms["zhengzhou"] += "\n# edited\n";
  EXPECT_EQ(ParseRuleSet(Hunan(), shared)->digest, ParseRuleSet(Hunan(), Shared())->digest);
}

TEST(ParseRuleSetTest, NamesTheFormAndLineOfAProblem) {
  const std::string text = Form("hunan-report");
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<long>(text.find("relations {")), '\n');
  EXPECT_THAT(Problems(HunanWith("base.vehicles.prior_final", "basis.vehicles.prior_final").status()),
              ::testing::StartsWith(fmt::format("forms/hunan-report.textproto:{} relations[", line)));
  EXPECT_THAT(Problems(HunanWith("rules { id: \"BASE_SUM\" }", "rule { id: \"BASE_SUM\" }").status()),
              ::testing::StartsWith("forms/hunan-report.textproto:"));
  EXPECT_THAT(Problems(HunanWith("first_fiscal_year: 2023", "first_fiscal_year: 2033").status()),
              ::testing::StartsWith("ruleset.textproto:10 applies_to"));
}

// Problems of the shipped rules with one relation more.
std::string ProblemsWithRelation(const std::string& relation) {
  return Problems(ParseRuleSet(Hunan() + "\nrelations { " + relation + " }\n", Shared()).status());
}

TEST(ParseRuleSetTest, TakesARelationAsData) {
  EXPECT_TRUE(ParseRuleSet(Hunan() + R"(
relations {
  rule_id: "EXEC_RATE"
  for_each: "table.tasks.*"
  stated: "table.tasks.{}.rate" stated_title: "{label} · 执行率"
  left_title: "执行数" left { fact: "table.tasks.{}.executed" }
  right_title: "预算数" right { fact: "table.tasks.{}.budget" }
  comparison: COMPARISON_RATIO tolerance: 0 severity: SEVERITY_NOTE why: "另有缘由"
})",
                           Shared())
                  .ok());
}

TEST(ParseRuleSetTest, RefusesRelationsThatCannotBeJudged) {
  const std::string sides = R"(rule_id: "BASE_SUM" left_title: "a" right_title: "b" tolerance: 0 )"
                            R"(left { fact: "base.office.final" } right { fact: "base.office.budget" } )";
  EXPECT_EQ(ProblemsWithRelation(sides + "comparison: COMPARISON_EQUAL"), "");
  EXPECT_THAT(ProblemsWithRelation(sides + "comparison: COMPARISON_RATIO"), ::testing::HasSubstr("`stated` belongs"));
  EXPECT_THAT(ProblemsWithRelation(sides + R"(comparison: COMPARISON_EQUAL scale: "rule.total")"),
              ::testing::HasSubstr("belong to COMPARISON_RATIO"));
  EXPECT_THAT(
      ProblemsWithRelation(sides + R"(comparison: COMPARISON_RATIO stated: "table.total.score" stated_title: "c")"),
      ::testing::HasSubstr("is a rate, or counts what `scale` counts"));
  EXPECT_THAT(ProblemsWithRelation(sides + "comparison: COMPARISON_EQUAL rounding_tolerance: 5"),
              ::testing::HasSubstr("come together"));
  EXPECT_THAT(ProblemsWithRelation(sides + R"(comparison: COMPARISON_EQUAL for_each: "table.nowhere.*")"),
              ::testing::HasSubstr("once per row"));
  EXPECT_THAT(ProblemsWithRelation(sides + R"(comparison: COMPARISON_EQUAL right { fact: "table.total.score" })"),
              ::testing::HasSubstr("mixes money"));
  EXPECT_THAT(ProblemsWithRelation(sides + "comparison: COMPARISON_EQUAL rounding_step: 0"),
              ::testing::HasSubstr("must be positive"));
}

TEST(ParseRuleSetTest, OwnTextWinsOverForms) {
  const auto loaded = ParseRuleSet(
      Hunan() +
          "levels { level1: \"产出\" weight_milli: 40000 }\nlevels { level1: \"效益\" weight_milli: 40000 }\n"
          "tiers {}\ntiers { lower_ppm: 500000 }\ntiers { upper_ppm: 500000 }\n"
          "rules { id: \"PII\" severity: SEVERITY_NOTE }\n",
      Shared());
  ASSERT_TRUE(loaded.ok()) << Problems(loaded.status());
  const v1::RuleSet& rule_set = loaded->rule_set;
  EXPECT_EQ(rule_set.levels_size(), 3);
  EXPECT_EQ(rule_set.levels(0).weight_milli(), 40000);
  EXPECT_EQ(rule_set.tiers(1).lower_ppm(), 500000);
  EXPECT_GT(rule_set.tiers(1).words_size(), 1);
  for (const v1::Rule& rule : rule_set.rules()) {
    if (rule.id() == "PII") {
      EXPECT_EQ(rule.severity(), v1::SEVERITY_NOTE);
    }
  }
}

TEST(ParseRuleSetTest, SwitchesRulesOffWithTheirRelations) {
  const auto loaded = ParseRuleSet(Hunan() + "rules_off: \"NARR_VS_TABLE\"\n", Shared());
  ASSERT_TRUE(loaded.ok()) << Problems(loaded.status());
  for (const v1::Rule& rule : loaded->rule_set.rules()) EXPECT_NE(rule.id(), "NARR_VS_TABLE");
  for (const auto& relation : loaded->rule_set.relations()) EXPECT_NE(relation.rule_id(), "NARR_VS_TABLE");
  EXPECT_GT(loaded->rule_set.relations_size(), 0);
}

TEST(ParseRuleSetTest, RefusesWhatCannotBeSwitchedOff) {
  EXPECT_THAT(Problems(ParseRuleSet(Hunan() + "rules_off: \"NARR\"\n", Shared()).status()),
              ::testing::HasSubstr("`NARR` is not on"));
}

TEST(ParseRuleSetTest, RefusesEntriesThatStandTwiceInOneText) {
  EXPECT_THAT(Problems(ParseRuleSet(Hunan() + "rules { id: \"PII\" }\nrules { id: \"PII\" }\n", Shared()).status()),
              ::testing::HasSubstr("rules[PII]: stands twice"));
}

TEST(ParseRuleSetTest, RefusesARuleThatStandsTwiceInTheCatalogue) {
  RuleTexts shared = Shared();
  shared.catalogue += "rules { id: \"PII\" }\n";
  EXPECT_THAT(Problems(ParseRuleSet(Hunan(), shared).status()), ::testing::HasSubstr("`PII` stands twice"));
}

TEST(ParseRuleSetTest, RefusesFormsThatAreMissingOrNameThemselves) {
  EXPECT_THAT(Problems(ParseRuleSet(Hunan() + "forms: \"nowhere\"\n", Shared()).status()),
              ::testing::HasSubstr("there is no forms/nowhere.textproto"));
  RuleTexts shared = Shared();
  shared.forms["common"] += "forms: \"national\"\n";
  EXPECT_THAT(Problems(ParseRuleSet(Hunan(), shared).status()), ::testing::StartsWith("forms/common.textproto"));
}

TEST(ParseRuleSetTest, RefusesClausesWithoutASource) {
  EXPECT_THAT(Problems(HunanWith("id: \"form\"", "id: \"forms\"").status()),
              ::testing::HasSubstr("scoring_clauses[SCORING_TOPIC_EXECUTION]: rests on `form`, which is no source"));
  EXPECT_THAT(Problems(ParseRuleSet(Hunan() + "rules { id: \"PII\" clause: \"删去 [law]\" }\n", Shared()).status()),
              ::testing::HasSubstr("rules[PII]: rests on `law`"));
}

TEST(ParseRuleSetTest, RefusesRulesThatCanNeverFire) {
  EXPECT_THAT(Problems(HunanWith("over_completion_note_ppm: 1300000", "").status()),
              ::testing::HasSubstr("rule `OVER_130` is on and needs it"));
  EXPECT_THAT(
      Problems(
          ParseRuleSet(Hunan() + "text_limits { field: TEXT_FIELD_ACTUAL_GOALS max_chars: 200 }\n", Shared()).status()),
      ::testing::HasSubstr("text_limits: stands here, but rule `TEXT_TOO_LONG` is off"));
  EXPECT_THAT(Problems(ParseRuleSet(Hunan() + "execution { reason_below_ppm: 900000 }\n", Shared()).status()),
              ::testing::HasSubstr("`EXEC_NO_REASON` is off"));
}

TEST(ParseRuleSetTest, RefusesTermsOfPublicationThatCannotBeCounted) {
  for (const char* term : {"", "calendar_day_count: 0", "last_day: \"02-29\"", "last_day: \"6-20\""}) {
    EXPECT_THAT(
        Problems(ParseRuleSet(fmt::format("{}publish_terms {{ {} clause: \"按期公开\" }}\n", Hunan(), term), Shared())
                     .status()),
        ::testing::HasSubstr("publish_terms[3]: needs days after the approval"))
        << term;
  }
  EXPECT_THAT(
      Problems(ParseRuleSet(Hunan() + "publish_terms { working_day_count: 15 clause: \"公开 [law]\" }\n", Shared())
                   .status()),
      ::testing::HasSubstr("rests on `law`"));
}

TEST(ParseRuleSetTest, RefusesGradesWhereThereAreNone) {
  const std::string problems = Problems(ParseRuleSet(Hunan() + "ungraded: true\n", Shared()).status());
  EXPECT_THAT(problems, ::testing::HasSubstr("grade_bands: must be empty"));
  EXPECT_THAT(problems, ::testing::HasSubstr("rule `GRADE_BAND` is on"));
}

TEST(ParseRuleSetTest, RefusesALevelThatCountsTwice) {
  EXPECT_THAT(Problems(ParseRuleSet(Hunan() + "levels { level1: \"效益\" includes: \"满意度\" }\n", Shared()).status()),
              ::testing::HasSubstr("levels[满意度]: stands twice"));
}

TEST(ParseRuleSetTest, RefusesTextLimitsWithoutALength) {
  EXPECT_THAT(Problems(ParseRuleSet(Hunan() + "rules { id: \"TEXT_TOO_LONG\" }\n"
                                              "text_limits { field: TEXT_FIELD_ACTUAL_GOALS }\n",
                                    Shared())
                           .status()),
              ::testing::HasSubstr("text_limits[TEXT_FIELD_ACTUAL_GOALS]: field and a length"));
}

class RuleSetsTest : public ::testing::Test {
 protected:
  RuleSetsTest() {
    std::vector<LoadedRuleSet> loaded;
    for (const std::string& id : testing::ShippedRuleSetIds()) loaded.push_back(testing::ShippedRuleSet(id));
    sets_ = *RuleSets::Create(std::move(loaded));
  }

  std::string Picks(const std::string& division, int year, report::v1::ReportKind kind, const std::string& form) {
    report::v1::ReportContent content = ContentOf(division, year);
    content.set_kind(kind);
    content.set_form(form);
    const auto found = sets_.FindFor(content);
    return found.ok() ? (*found)->rule_set.name().substr(9) : ReasonOf(found.status());
  }

  RuleSets sets_;
};

TEST_F(RuleSetsTest, PicksTheMostSpecificByDivisionKindAndLayout) {
  const auto department = report::v1::REPORT_KIND_DEPARTMENT;
  const auto project = report::v1::REPORT_KIND_PROJECT;
  EXPECT_EQ(Picks("430611", 2024, department, "hunan"), "hunan-2024");
  EXPECT_EQ(Picks("410106", 2021, department, "zhengzhou"), "zhengzhou-2021");
  EXPECT_EQ(Picks("420106", 2023, project, "hubei"), "hubei-2020");
  EXPECT_EQ(Picks("421381", 2023, project, "hubei"), "guangshui-2020");
  EXPECT_EQ(Picks("640104", 2023, department, "yinchuan"), "yinchuan-2020");
  EXPECT_EQ(Picks("640402", 2023, project, "xianjie"), "yuanzhou-2020");
  EXPECT_EQ(Picks("511302", 2023, department, "sichuan"), "sichuan-2020");
  EXPECT_EQ(Picks("510923", 2023, project, "leixiangmu"), "daying-2020");
  EXPECT_EQ(Picks("500101", 2023, project, "chongqing"), "chongqing-2020");
  EXPECT_EQ(Picks("530102", 2023, department, "yunnan-school"), "yunnan-school-2020");
  EXPECT_EQ(Picks("340100", 2023, department, "anhui"), "national-2020");
}

TEST_F(RuleSetsTest, LeavesOtherLayoutsAndKindsToTheLessSpecific) {
  EXPECT_EQ(Picks("640402", 2023, report::v1::REPORT_KIND_PROJECT, "ningxia"), "national-2020");
  EXPECT_EQ(Picks("640402", 2023, report::v1::REPORT_KIND_DEPARTMENT, "xianjie"), "national-2020");
  EXPECT_EQ(Picks("510923", 2023, report::v1::REPORT_KIND_PROJECT, "sichuan"), "sichuan-2020");
  EXPECT_EQ(Picks("530102", 2023, report::v1::REPORT_KIND_DEPARTMENT, "yunnan"), "national-2020");
  EXPECT_EQ(Picks("410200", 2021, report::v1::REPORT_KIND_DEPARTMENT, "zhengzhou"), "national-2020");
}

TEST_F(RuleSetsTest, NeverScoresAnotherYearByTheNationsRules) {
  EXPECT_EQ(Picks("430611", 2022, report::v1::REPORT_KIND_DEPARTMENT, "hunan"), "NO_RULE_SET");
  EXPECT_EQ(Picks("410106", 2022, report::v1::REPORT_KIND_DEPARTMENT, "zhengzhou"), "NO_RULE_SET");
  EXPECT_EQ(Picks("340100", 2019, report::v1::REPORT_KIND_DEPARTMENT, "anhui"), "NO_RULE_SET");
}

TEST_F(RuleSetsTest, SaysWhatIsKnownIfNoneApplies) {
  const auto other_year = sets_.FindFor(ContentOf("410106", 2023));
  EXPECT_EQ(ReasonOf(other_year.status()), "NO_RULE_SET");
  EXPECT_THAT(std::string(other_year.status().message()), ::testing::HasSubstr("郑州市"));
  EXPECT_FALSE(sets_.FindFor(ContentOf("", 2024)).ok());
  EXPECT_FALSE(sets_.FindFor(ContentOf("43", 2024)).ok());
}

TEST_F(RuleSetsTest, RefusesTwoThatFitOneReportEquallyWell) {
  const LoadedRuleSet hunan = testing::ShippedRuleSet("hunan-2024");
  LoadedRuleSet copy = hunan;
  copy.rule_set.set_name("rulesets/hunan-copy");
  EXPECT_FALSE(RuleSets::Create({hunan, copy}).ok());
  copy.rule_set.mutable_applies_to()->add_forms("hunan");
  EXPECT_TRUE(RuleSets::Create({hunan, copy}).ok());
  copy.rule_set.mutable_applies_to()->clear_forms();
  copy.rule_set.mutable_applies_to()->set_division_codes(0, "430600");
  EXPECT_TRUE(RuleSets::Create({hunan, copy}).ok());
}

// Found by ./dev fuzz: the reasons could not be serialized and were lost.
TEST_F(RuleSetsTest, TellsWhatIsWrongWithTextThatIsNoUtf8) {
  EXPECT_THAT(Problems(HunanWith("湖南省", "\xe6\xb9").status()), ::testing::HasSubstr("UTF-8"));
  EXPECT_THAT(Problems(HunanWith("湖南省", "\\377").status()), ::testing::HasSubstr("title"));
  EXPECT_THAT(Problems(HunanWith("湖南省", std::string(1, '\0')).status()), ::testing::HasSubstr("UTF-8"));
}

}  // namespace
}  // namespace jixiao::scoring
