// Reads the rule sets that ship with the project, for tests.
#ifndef JIXIAO_SCORING_TESTING_RULE_FILES_H_
#define JIXIAO_SCORING_TESTING_RULE_FILES_H_

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "common/base/log.h"
#include "common/testing/shipped_divisions.h"
#include "scoring/core/rules/rule_sets.h"

namespace jixiao::scoring::testing {

// Text of a file below rulesets/. Ends the test if it cannot be read.
inline std::string ReadRuleFile(const std::string& path) {
  const char* root = std::getenv("JIXIAO_SOURCE_DIR");
  std::ifstream in(std::string(root == nullptr ? "." : root) + "/rulesets/" + path);
  JIXIAO_CHECK(in.good() && "run from the source folder, or set JIXIAO_SOURCE_DIR");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// What the shipped rule sets share: the catalogue, all forms and the divisions.
inline RuleTexts ShippedRuleTexts() {
  RuleTexts texts{ReadRuleFile("rules.textproto"), {}, ::jixiao::testing::ShippedDivisions()};
  const char* root = std::getenv("JIXIAO_SOURCE_DIR");
  const std::string folder = std::string(root == nullptr ? "." : root) + "/rulesets/forms";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().filename() == "labels.textproto") continue;  // the reader's, no part of a rule set
    texts.forms[entry.path().stem().string()] = ReadRuleFile("forms/" + entry.path().filename().string());
  }
  return texts;
}

// A shipped rule set, by folder name.
inline LoadedRuleSet ShippedRuleSet(const std::string& id) {
  auto loaded = ParseRuleSet(ReadRuleFile(id + "/ruleset.textproto"), ShippedRuleTexts());
  JIXIAO_CHECK(loaded.ok());
  return *std::move(loaded);
}

// Folder names of all shipped rule sets.
inline std::vector<std::string> ShippedRuleSetIds() {
  const char* root = std::getenv("JIXIAO_SOURCE_DIR");
  std::vector<std::string> ids;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(root == nullptr ? "." : root) + "/rulesets")) {
    if (std::filesystem::exists(entry.path() / "ruleset.textproto")) ids.push_back(entry.path().filename().string());
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace jixiao::scoring::testing

#endif  // JIXIAO_SCORING_TESTING_RULE_FILES_H_
