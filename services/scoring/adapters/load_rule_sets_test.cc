#include "scoring/adapters/load_rule_sets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "common/base/errors.h"
#include "common/base/text.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace jixiao::scoring {
namespace {

using jixiao::testing::FailsWith;
using jixiao::testing::IsOk;
using jixiao::testing::ReadFile;
using jixiao::testing::SourcePath;
using jixiao::testing::TempDir;
using jixiao::testing::WriteFile;
using ::testing::AllOf;
using ::testing::HasSubstr;

class LoadRuleSetsTest : public ::testing::Test {
 protected:
  LoadRuleSetsTest() {
    WriteFile(dir_.File("rules.textproto"), ReadFile(SourcePath("rulesets/rules.textproto")));
    WriteFile(dir_.File("divisions.textproto"), ReadFile(SourcePath("rulesets/divisions.textproto")));
    std::filesystem::copy(SourcePath("rulesets/forms"), dir_.File("forms"));
  }

  void AddRuleSet(const std::string& id, const std::string& text) {
    std::filesystem::create_directory(dir_.File(id));
    WriteFile(dir_.File(id + "/ruleset.textproto"), text);
  }

  TempDir dir_;
};

TEST_F(LoadRuleSetsTest, LoadsAllThatShip) {
  const auto rule_sets = LoadRuleSets(SourcePath("rulesets"));

  ASSERT_THAT(rule_sets, IsOk());
  EXPECT_GE(rule_sets->all().size(), 2u);
  EXPECT_THAT(rule_sets->Find("rulesets/hunan-2024"), IsOk());
}

TEST_F(LoadRuleSetsTest, RefusesAFolderWithoutRuleSets) {
  EXPECT_THAT(LoadRuleSets(dir_.path()), FailsWith(absl::StatusCode::kNotFound, "RULE_SETS_UNREADABLE"));
  EXPECT_THAT(LoadRuleSets(dir_.File("nowhere")), FailsWith(absl::StatusCode::kNotFound, "RULE_SETS_UNREADABLE"));
}

TEST_F(LoadRuleSetsTest, NamesTheFileAndAllItsProblems) {
  AddRuleSet("broken", "name: \"rulesets/broken\"");

  const auto rule_sets = LoadRuleSets(dir_.path());

  ASSERT_THAT(rule_sets, FailsWith(absl::StatusCode::kInvalidArgument, "BAD_RULE_SET"));
  EXPECT_THAT(std::string(rule_sets.status().message()),
              AllOf(HasSubstr("broken/ruleset.textproto"), HasSubstr("\n  ruleset.textproto title: is missing")));
}

TEST_F(LoadRuleSetsTest, RefusesANameThatIsNotItsFolder) {
  AddRuleSet("elsewhere", ReadFile(SourcePath("rulesets/hunan-2024/ruleset.textproto")));

  EXPECT_THAT(LoadRuleSets(dir_.path()), FailsWith(absl::StatusCode::kInvalidArgument, "BAD_RULE_SET"));
}

// Names of places decide findings, so a card's digest says which names were used.
TEST_F(LoadRuleSetsTest, PinsTheDivisionsInTheDigest) {
  AddRuleSet("hunan-2024", ReadFile(SourcePath("rulesets/hunan-2024/ruleset.textproto")));
  const auto digest = [&] { return (*LoadRuleSets(dir_.path())->Find("rulesets/hunan-2024"))->digest; };
  const std::string before = digest();
  const std::string divisions = ReadFile(dir_.File("divisions.textproto"));

  WriteFile(dir_.File("divisions.textproto"), divisions + "# a remark\n");
  EXPECT_EQ(digest(), before);
  WriteFile(dir_.File("divisions.textproto"), ReplaceAll(divisions, "君山区", "君水区"));
  EXPECT_NE(digest(), before);
}

TEST_F(LoadRuleSetsTest, RefusesAFolderWithoutDivisions) {
  AddRuleSet("hunan-2024", ReadFile(SourcePath("rulesets/hunan-2024/ruleset.textproto")));
  std::filesystem::remove(dir_.File("divisions.textproto"));
  EXPECT_THAT(LoadRuleSets(dir_.path()), FailsWith(absl::StatusCode::kNotFound, "DIVISIONS_UNREADABLE"));
  WriteFile(dir_.File("divisions.textproto"), "divisions { code: '43' }");
  EXPECT_THAT(LoadRuleSets(dir_.path()), FailsWith(absl::StatusCode::kInvalidArgument, "BAD_DIVISIONS"));
}

}  // namespace
}  // namespace jixiao::scoring
