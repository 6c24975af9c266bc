// Code, catalogue, rule sets and published list say the same; every rule has an
// example that it fires on and one that it leaves alone.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "conformance/example.h"
#include "conformance/published_rules.h"
#include "scoring/adapters/load_rule_sets.h"
#include "scoring/core/score_report.h"

namespace jixiao::conformance {
namespace {

namespace fs = std::filesystem;

using ::testing::IsEmpty;

fs::path Root() {
  const char* root = std::getenv("JIXIAO_SOURCE_DIR");
  return root == nullptr ? fs::path(".") : fs::path(root);
}

fs::path RulesFolder() { return Root() / "tests" / "conformance" / "rules"; }

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

const scoring::RuleSets& RuleSets() {
  static const auto* const sets = new scoring::RuleSets(*scoring::LoadRuleSets((Root() / "rulesets").string()));
  return *sets;
}

const scoring::v1::RuleCatalogue& Catalogue() {
  static const auto* const catalogue =
      new scoring::v1::RuleCatalogue(*scoring::LoadRuleCatalogue((Root() / "rulesets").string()));
  return *catalogue;
}

std::set<std::string> CatalogueIds() {
  std::set<std::string> ids;
  for (const auto& rule : Catalogue().rules()) ids.insert(rule.id());
  return ids;
}

std::set<std::string> IdsOfRuleSets() {
  std::set<std::string> ids;
  for (const auto& loaded : RuleSets().all()) {
    for (const auto& rule : loaded.rule_set.rules()) ids.insert(rule.id());
  }
  return ids;
}

// Ids that relations report.
std::set<std::string> IdsOfRelations() {
  std::set<std::string> ids;
  for (const auto& loaded : RuleSets().all()) {
    for (const auto& relation : loaded.rule_set.relations()) {
      ids.insert(relation.rule_id());
      if (relation.has_rounding_rule_id()) ids.insert(relation.rounding_rule_id());
    }
  }
  return ids;
}

// Upper-case literals in the engine's sources: rule ids and a few others.
std::set<std::string> LiteralsInCode() {
  std::set<std::string> literals;
  const std::regex literal("\"([A-Z][A-Z0-9_]+)\"");
  for (const auto& entry : fs::recursive_directory_iterator(Root() / "services" / "scoring" / "core")) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".cc" || name.ends_with("_test.cc")) continue;
    const std::string text = ReadFile(entry.path());
    for (std::sregex_iterator it(text.begin(), text.end(), literal), end; it != end; ++it) literals.insert((*it)[1]);
  }
  return literals;
}

// Ids that sources name as rules: `.rule_id = "X"`, `Checks("X")`, `OfRule("X"`.
std::set<std::string> RulesInCode() {
  std::set<std::string> ids;
  const std::regex use("(rule_id\\s*=|Checks\\(|OfRule\\()\\s*\"([A-Z][A-Z0-9_]+)\"");
  for (const auto& entry : fs::recursive_directory_iterator(Root() / "services" / "scoring" / "core")) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".cc" || name.ends_with("_test.cc")) continue;
    const std::string text = ReadFile(entry.path());
    for (std::sregex_iterator it(text.begin(), text.end(), use), end; it != end; ++it) ids.insert((*it)[2]);
  }
  return ids;
}

TEST(RulesTest, EveryRuleTheCodeNamesIsInTheCatalogue) {
  const auto catalogue = CatalogueIds();
  const auto used = RulesInCode();
  EXPECT_GT(used.size(), 15u);
  for (const std::string& id : used) EXPECT_TRUE(catalogue.contains(id)) << id;
  for (const std::string& id : IdsOfRelations()) EXPECT_TRUE(catalogue.contains(id)) << id;
}

TEST(RulesTest, EveryRuleThatARuleSetChecksIsCheckedByCodeOrData) {
  const auto in_code = LiteralsInCode();
  auto in_data = IdsOfRelations();
  for (const std::string& id : IdsOfRuleSets()) {
    EXPECT_TRUE(in_code.contains(id) || in_data.contains(id)) << id << " is listed, and nothing looks for it";
  }
}

TEST(RulesTest, TheListIsCompleteAndEveryRuleIsUsedOrReserved) {
  const auto list = PublishRules(Catalogue(), RuleSets());
  EXPECT_EQ(list.rules_size(), Catalogue().rules_size());
  const auto used = IdsOfRuleSets();
  for (const auto& published : list.rules()) {
    EXPECT_EQ(published.rule_sets_size() > 0, used.contains(published.rule().id())) << published.rule().id();
  }
}

TEST(RulesTest, ThePublishedListIsUpToDate) {
  const fs::path path = Root() / "rulesets" / "RULES.md";
  const std::string wanted = RulesAsMarkdown(PublishRules(Catalogue(), RuleSets()));
  if (std::getenv("JIXIAO_UPDATE_GOLDENS") != nullptr) std::ofstream(path, std::ios::binary) << wanted;
  EXPECT_EQ(ReadFile(path), wanted) << "run tools/update_goldens";
}

// By code: the rules that rulesets/MATRIX.md names for it.
std::map<std::string, std::set<std::string>> Matrix() {
  std::map<std::string, std::set<std::string>> matrix;
  std::ifstream in(Root() / "rulesets" / "MATRIX.md");
  const std::regex name("`([A-Z][A-Z0-9_]+)`");
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("| `")) continue;
    const size_t end = line.find('|', line.find('|', 1) + 1);
    const std::string cells = line.substr(0, end);
    std::sregex_iterator it(cells.begin(), cells.end(), name), last;
    if (it == last) continue;
    auto& rules = matrix[(*it)[1]];
    while (++it != last) rules.insert((*it)[1]);
  }
  return matrix;
}

TEST(RulesTest, EveryCodeOfTheFieldsMatrixIsChecked) {
  const auto matrix = Matrix();
  EXPECT_EQ(matrix.size(), 28u);
  const auto catalogue = CatalogueIds();
  const auto used = IdsOfRuleSets();
  for (const auto& [code, rules] : matrix) {
    EXPECT_FALSE(rules.empty()) << code;
    for (const std::string& id : rules) EXPECT_TRUE(catalogue.contains(id) && used.contains(id)) << code << ": " << id;
  }
}

struct Example {
  v1::RuleExample example;
  report::v1::Report report;
  scoring::v1::ScoreCard card;
};

// Reads, edits and scores one example; fails the test if that is not possible.
Example LoadExample(const fs::path& path) {
  Example out;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(ReadFile(path), &out.example)) << path;
  const fs::path base = RulesFolder() / "bases" / (out.example.base() + ".textproto");
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(ReadFile(base), &out.report)) << base;
  for (const v1::Edit& edit : out.example.edits()) {
    const absl::Status status = ApplyEdit(edit, out.report);
    EXPECT_TRUE(status.ok()) << path << ": " << status.message();
  }
  const auto rule_set =
      out.example.has_rule_set() ? RuleSets().Find(out.example.rule_set()) : RuleSets().FindFor(out.report.content());
  EXPECT_TRUE(rule_set.ok()) << path << ": " << rule_set.status().message();
  if (!rule_set.ok()) return out;
  scoring::v1::ScoringContext context = out.example.context();
  out.card = scoring::ScoreReport(out.report, "sha256:0", **rule_set, context);
  return out;
}

std::vector<const scoring::v1::Finding*> Of(const std::string& rule_id, const scoring::v1::ScoreCard& card) {
  std::vector<const scoring::v1::Finding*> found;
  for (const auto& finding : card.findings()) {
    if (finding.rule_id() == rule_id) found.push_back(&finding);
  }
  return found;
}

std::string Listed(const scoring::v1::ScoreCard& card) {
  std::string text;
  for (const auto& finding : card.findings()) {
    text += finding.rule_id() + " @ " + finding.places(0).label() + "\n";
  }
  return text;
}

TEST(ExamplesTest, BasesAreWithoutFindings) {
  int bases = 0;
  for (const auto& entry : fs::directory_iterator(RulesFolder() / "bases")) {
    report::v1::Report report;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(ReadFile(entry.path()), &report)) << entry.path();
    const auto rule_set = RuleSets().FindFor(report.content());
    ASSERT_TRUE(rule_set.ok());
    EXPECT_EQ(Listed(scoring::ScoreReport(report, "sha256:0", **rule_set, {})), "") << entry.path();
    ++bases;
  }
  EXPECT_GT(bases, 0);
}

TEST(ExamplesTest, EveryRuleHasAGoodAndABadFile) {
  std::vector<std::string> missing;
  for (const std::string& id : IdsOfRuleSets()) {
    for (const char* name : {"good.textproto", "bad.textproto"}) {
      if (!fs::exists(RulesFolder() / id / name)) missing.push_back(id + "/" + name);
    }
  }
  EXPECT_THAT(missing, IsEmpty());
  const auto used = IdsOfRuleSets();
  for (const auto& entry : fs::directory_iterator(RulesFolder())) {
    const std::string id = entry.path().filename().string();
    EXPECT_TRUE(id == "bases" || used.contains(id)) << id << " is no rule";
  }
}

TEST(ExamplesTest, BadFilesFireAtTheirPlaceAndGoodFilesDoNot) {
  for (const std::string& id : IdsOfRuleSets()) {
    const fs::path bad = RulesFolder() / id / "bad.textproto";
    if (fs::exists(bad)) {
      const Example example = LoadExample(bad);
      const auto found = Of(id, example.card);
      EXPECT_FALSE(found.empty()) << id << " does not fire; found:\n" << Listed(example.card);
      const bool is_at_place = std::any_of(found.begin(), found.end(), [&](const auto* finding) {
        return std::any_of(finding->places().begin(), finding->places().end(), [&](const auto& place) {
          return place.label().find(example.example.place()) != std::string::npos;
        });
      });
      EXPECT_TRUE(example.example.has_place() && is_at_place) << id << " fires elsewhere:\n" << Listed(example.card);
    }
    const fs::path good = RulesFolder() / id / "good.textproto";
    if (fs::exists(good)) {
      const Example example = LoadExample(good);
      EXPECT_THAT(Of(id, example.card), IsEmpty()) << id << " is a false alarm";
    }
  }
}

}  // namespace
}  // namespace jixiao::conformance
