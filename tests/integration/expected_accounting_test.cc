// Accounts for every line of the auditor's list (seeds/expected.md): what each
// line asks for is found, by the ids of the findings that answer it, or it is
// said why not. The account is kept by hand in
// tests/golden/scoring/expected_accounting.txt:
//
//   S2 审计意见 COL_SWAP 1 found: COL_SWAP-1
//   S2 通过 OK 1 holds: BASE_SUM NARR_SUM
//   S9 审计意见 SOMETHING 1 not found: why, in a sentence
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <vector>

#include "integration/real_reports.h"

namespace jixiao {
namespace {

using testing::ReadFile;
using testing::SeedDir;
using testing::SourceDir;

// One line of the account, by `S2 审计意见 COL_SWAP 1`.
struct Answer {
  std::string verb;  // found, holds, not found
  std::vector<std::string> names;
  std::string reason;
};

std::vector<std::string> Words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::map<std::string, Answer> ReadAccount() {
  std::map<std::string, Answer> account;
  std::istringstream in(ReadFile(SourceDir() / "tests" / "golden" / "scoring" / "expected_accounting.txt"));
  const std::regex pattern("(S[0-9][ab]? (?:重算|审计意见|通过) [A-Z0-9_]+ [0-9]+) (found|holds|not found): (.+)");
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.starts_with("#")) continue;
    std::smatch match;
    if (!std::regex_match(line, match, pattern)) {
      ADD_FAILURE() << "cannot read: " << line;
      continue;
    }
    Answer answer{match[2], {}, ""};
    if (answer.verb == "not found") {
      answer.reason = match[3];
    } else {
      answer.names = Words(match[3]);
    }
    EXPECT_TRUE(account.emplace(match[1], answer).second) << "stands twice: " << line;
  }
  return account;
}

// Keys of all lines of the auditor's list, in its order.
std::vector<std::string> ExpectedKeys() {
  std::istringstream in(ReadFile(SeedDir() / "expected.md"));
  std::vector<std::string> keys;
  std::map<std::string, int> counts;
  std::string seed;
  std::string list;
  const std::regex heading("## (S[0-9][ab]?) .*");
  const std::regex title("\\*\\*(重算|审计意见).*");
  const std::regex entry("- 【(严重|一般|提示|通过)】`([A-Z0-9_]+)`.*");
  for (std::string line; std::getline(in, line);) {
    std::smatch match;
    if (std::regex_match(line, match, heading)) {
      seed = match[1];
    } else if (std::regex_match(line, match, title)) {
      list = match[1];
    } else if (std::regex_match(line, match, entry)) {
      const std::string key = seed + " " + (match[1] == "通过" ? "通过" : list) + " " + match[2].str();
      keys.push_back(key + " " + std::to_string(++counts[key]));
    }
  }
  return keys;
}

// Card of the seed whose name `key` begins with; empty optional-like path if absent.
const scoring::v1::ScoreCard& CardOf(const std::string& key) {
  static auto* const cards = new std::map<char, scoring::v1::ScoreCard>;
  const char seed = key[1];
  const auto it = cards->find(seed);
  if (it != cards->end()) return it->second;
  return cards->emplace(seed, testing::ScoreFile(testing::FileWith(SeedDir(), std::string("00") + seed + "_")))
      .first->second;
}

bool HasSeeds() { return std::filesystem::exists(SeedDir() / "expected.md"); }

#define SKIP_WITHOUT_SEEDS() \
  if (!HasSeeds()) GTEST_SKIP() << "the real reports in ../shared/seeds are absent: the account was not checked"

TEST(ExpectedAccountingTest, AccountIsReadable) {
  const auto account = ReadAccount();
  EXPECT_GT(account.size(), 100U);
  for (const auto& [key, answer] : account) {
    EXPECT_TRUE(answer.verb == "not found" ? answer.reason.size() > 20 : !answer.names.empty()) << key;
  }
}

TEST(ExpectedAccountingTest, EveryLineIsAccountedForAndNoneInvented) {
  SKIP_WITHOUT_SEEDS();
  std::vector<std::string> accounted;
  for (const auto& [key, answer] : ReadAccount()) accounted.push_back(key);
  EXPECT_THAT(ExpectedKeys(), ::testing::UnorderedElementsAreArray(accounted));
}

TEST(ExpectedAccountingTest, FindingsThatAreNamedExist) {
  SKIP_WITHOUT_SEEDS();
  for (const auto& [key, answer] : ReadAccount()) {
    if (answer.verb != "found") continue;
    std::set<std::string> ids;
    for (const auto& finding : CardOf(key).findings()) ids.insert(finding.id());
    for (const std::string& id : answer.names) EXPECT_TRUE(ids.contains(id)) << key << ": there is no " << id;
  }
}

TEST(ExpectedAccountingTest, WhatHoldsIsNotReported) {
  SKIP_WITHOUT_SEEDS();
  for (const auto& [key, answer] : ReadAccount()) {
    if (answer.verb != "holds") continue;
    for (const auto& finding : CardOf(key).findings()) {
      EXPECT_THAT(answer.names, ::testing::Not(::testing::Contains(finding.rule_id()))) << key << ": " << finding.id();
    }
  }
}

// What the engine says beyond the list stands in the account too, so that a new
// finding on a real report is looked at by a person.
TEST(ExpectedAccountingTest, FindingsBeyondTheListAreCounted) {
  SKIP_WITHOUT_SEEDS();
  std::map<char, std::set<std::string>> named;
  for (const auto& [key, answer] : ReadAccount()) {
    if (answer.verb == "found") named[key[1]].insert(answer.names.begin(), answer.names.end());
  }
  std::string beyond;
  for (const char seed : {'0', '1', '2', '3', '4'}) {
    for (const auto& finding : CardOf(std::string("S") + seed).findings()) {
      if (!named[seed].contains(finding.id())) beyond += std::string("S") + seed + " " + finding.id() + "\n";
    }
  }
  const auto path = SourceDir() / "tests" / "golden" / "scoring" / "beyond_expected.txt";
  if (std::getenv("JIXIAO_UPDATE_GOLDENS") != nullptr) {
    std::ofstream(path, std::ios::binary) << beyond;
    return;
  }
  EXPECT_EQ(ReadFile(path), beyond) << "run tools/update_goldens and look at each new finding";
}

}  // namespace
}  // namespace jixiao
