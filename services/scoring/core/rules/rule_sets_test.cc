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
  for (const char* file : {"hunan-2024/ruleset.textproto", "zhengzhou-2021/ruleset.textproto"}) {
    const auto loaded = ParseRuleSet(ReadRuleFile(file), Shared());
    EXPECT_TRUE(loaded.ok()) << file << "\n" << Problems(loaded.status());
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
              ::testing::StartsWith("ruleset.textproto:9 applies_to"));
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

TEST(ParseRuleSetTest, RefusesFormsThatAreMissingOrNameThemselves) {
  EXPECT_THAT(Problems(ParseRuleSet(Hunan() + "forms: \"nowhere\"\n", Shared()).status()),
              ::testing::HasSubstr("there is no forms/nowhere.textproto"));
  RuleTexts shared = Shared();
  shared.forms["common"] += "forms: \"national\"\n";
  EXPECT_THAT(Problems(ParseRuleSet(Hunan(), shared).status()), ::testing::StartsWith("forms/common.textproto"));
}

class RuleSetsTest : public ::testing::Test {
 protected:
  RuleSetsTest() {
    std::vector<LoadedRuleSet> loaded;
    for (const char* file : {"hunan-2024/ruleset.textproto", "zhengzhou-2021/ruleset.textproto"}) {
      loaded.push_back(*ParseRuleSet(ReadRuleFile(file), Shared()));
    }
    sets_ = *RuleSets::Create(std::move(loaded));
  }
  RuleSets sets_;
};

TEST_F(RuleSetsTest, PicksByDivisionYearAndKind) {
  EXPECT_EQ((*sets_.FindFor(ContentOf("430611", 2024)))->rule_set.name(), "rulesets/hunan-2024");
  EXPECT_EQ((*sets_.FindFor(ContentOf("410106", 2021)))->rule_set.name(), "rulesets/zhengzhou-2021");
}

TEST_F(RuleSetsTest, SaysWhatIsKnownIfNoneApplies) {
  const auto other_city = sets_.FindFor(ContentOf("410200", 2021));
  EXPECT_EQ(ReasonOf(other_city.status()), "NO_RULE_SET");
  EXPECT_THAT(std::string(other_city.status().message()), ::testing::HasSubstr("郑州市"));
  EXPECT_FALSE(sets_.FindFor(ContentOf("430611", 2030)).ok());
  EXPECT_FALSE(sets_.FindFor(ContentOf("", 2024)).ok());
}

TEST_F(RuleSetsTest, RefusesTwoThatApplyToOneReport) {
  auto copy = sets_.all()[0];
  copy.rule_set.set_name("rulesets/hunan-copy");
  EXPECT_FALSE(RuleSets::Create({sets_.all()[0], copy}).ok());
}

}  // namespace
}  // namespace jixiao::scoring
