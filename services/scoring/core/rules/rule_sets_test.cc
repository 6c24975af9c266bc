#include "scoring/core/rules/rule_sets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "common/base/errors.h"
#include "common/base/text.h"
#include "scoring/testing/rule_files.h"

namespace jixiao::scoring {
namespace {

using testing::ReadRuleFile;

std::string Hunan() { return ReadRuleFile("hunan-2024/ruleset.textproto"); }
std::string Catalogue() { return ReadRuleFile("rules.textproto"); }

// Hunan's rule set with one text replaced, which must be there.
absl::StatusOr<LoadedRuleSet> HunanWith(std::string_view from, std::string_view to) {
  const std::string text = Hunan();
  EXPECT_NE(text.find(from), std::string::npos) << from;
  return ParseRuleSet(ReplaceAll(text, from, to), Catalogue());
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
    const auto loaded = ParseRuleSet(ReadRuleFile(file), Catalogue());
    EXPECT_TRUE(loaded.ok()) << file << "\n" << Problems(loaded.status());
  }
}

TEST(ParseRuleSetTest, NamesTheLineOfATypo) {
  const auto loaded = ParseRuleSet("name: \"rulesets/x\"\ntitel: \"x\"\n", Catalogue());
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

TEST(ParseRuleSetTest, DigestChangesWithEitherText) {
  const auto original = ParseRuleSet(Hunan(), Catalogue());
  const auto edited = ParseRuleSet(Hunan(), Catalogue() + "\n# edited\n");
  EXPECT_NE(original->digest, edited->digest);
}

class RuleSetsTest : public ::testing::Test {
 protected:
  RuleSetsTest() {
    std::vector<LoadedRuleSet> loaded;
    for (const char* file : {"hunan-2024/ruleset.textproto", "zhengzhou-2021/ruleset.textproto"}) {
      loaded.push_back(*ParseRuleSet(ReadRuleFile(file), Catalogue()));
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
