// Accounts for every line of the auditor's list (seeds/expected.md): what each
// line asks for is found, with its severity, at its place and with its figures,
// or it is said why not. The account is kept by hand in
// tests/golden/scoring/expected_accounting.txt; expected_account.h says how.
//
// The samples have the findings of the seeds, so the account is held against
// them everywhere, and against the seeds and the list where these are present.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <vector>

#include "integration/expected_account.h"
#include "integration/real_reports.h"

namespace jixiao {
namespace {

using testing::AccountedFinding;
using ::testing::AllOf;
using ::testing::Contains;
using testing::FileWith;
using testing::FirstPlace;
using ::testing::IsSubsetOf;
using ::testing::Not;
using testing::ReadAccount;
using testing::SeedDir;
using testing::SourceDir;
using ::testing::UnorderedElementsAreArray;

// Cards of the five reports, by the figure in `S2`.
using Cards = std::map<char, scoring::v1::ScoreCard>;

Cards CardsOf(const std::filesystem::path& dir, const char* prefix) {
  Cards cards;
  for (const char report : {'0', '1', '2', '3', '4'}) {
    const auto path = FileWith(dir, fmt::format("{}{}_", prefix, report));
    EXPECT_FALSE(path.empty()) << dir << ": there is no report " << report;
    if (!path.empty()) cards[report] = testing::ScoreFile(path);
  }
  return cards;
}

const Cards& SampleCards() {
  static const auto* const cards = new Cards(CardsOf(SourceDir() / "tests" / "testdata" / "samples", "sample"));
  return *cards;
}

const Cards& SeedCards() {
  static const auto* const cards = new Cards(CardsOf(SeedDir(), "00"));
  return *cards;
}

const scoring::v1::Finding* FindingNamed(const scoring::v1::ScoreCard& card, const std::string& id) {
  for (const auto& finding : card.findings()) {
    if (finding.id() == id) return &finding;
  }
  return nullptr;
}

bool HasSeeds() { return std::filesystem::exists(SeedDir() / "expected.md"); }

#define SKIP_WITHOUT_SEEDS() \
  if (!HasSeeds()) GTEST_SKIP() << "the real reports in ../shared/seeds are absent: only the samples were checked"

void ExpectFindingsOfAccount(const Cards& cards) {
  for (const auto& [key, answer] : ReadAccount()) {
    for (const AccountedFinding& wanted : answer.found) {
      const auto* const finding = FindingNamed(cards.at(key[1]), wanted.id);
      if (finding == nullptr) {
        ADD_FAILURE() << key << ": there is no " << wanted.id;
        continue;
      }
      EXPECT_TRUE(wanted.id.starts_with(finding->rule_id() + "-")) << key << ": " << finding->rule_id();
      EXPECT_EQ(testing::SeverityWord(*finding), wanted.severity) << key << ": " << wanted.id;
      EXPECT_EQ(FirstPlace(*finding), wanted.place) << key << ": " << wanted.id;
      EXPECT_THAT(wanted.figures, IsSubsetOf(testing::FiguresSaid(*finding))) << key << ": " << wanted.id;
    }
  }
}

void ExpectNoFindingOfWhatHolds(const Cards& cards) {
  for (const auto& [key, answer] : ReadAccount()) {
    if (answer.verb != "holds") continue;
    for (const auto& finding : cards.at(key[1]).findings()) {
      EXPECT_THAT(answer.rules, Not(Contains(finding.rule_id()))) << key << ": " << finding.id();
    }
  }
}

// What the engine says beyond the list, so that a person looks at a new finding.
std::string BeyondTheAccount(const Cards& cards) {
  std::map<char, std::set<std::string>> named;
  for (const auto& [key, answer] : ReadAccount()) {
    for (const AccountedFinding& finding : answer.found) named[key[1]].insert(finding.id);
  }
  std::string beyond;
  for (const auto& [report, card] : cards) {
    for (const auto& finding : card.findings()) {
      if (!named[report].contains(finding.id())) beyond += fmt::format("S{} {}\n", report, finding.id());
    }
  }
  return beyond;
}

void ExpectBeyondAsReviewed(const Cards& cards) {
  const auto path = SourceDir() / "tests" / "golden" / "scoring" / "beyond_expected.txt";
  const std::string beyond = BeyondTheAccount(cards);
  if (std::getenv("JIXIAO_UPDATE_GOLDENS") != nullptr) {
    std::ofstream(path, std::ios::binary) << beyond;
    return;
  }
  EXPECT_EQ(testing::ReadFile(path), beyond) << "run tools/update_goldens and look at each new finding";
}

TEST(ExpectedAccountingTest, AccountIsReadable) {
  const auto account = ReadAccount();
  EXPECT_GT(account.size(), 100U);
  for (const auto& [key, answer] : account) {
    const bool is_full = answer.verb == "found"   ? !answer.found.empty()
                         : answer.verb == "holds" ? !answer.rules.empty()
                                                  : answer.reason.size() > 20;
    EXPECT_TRUE(is_full) << key;
  }
}

TEST(ExpectedAccountingTest, FiguresAreReadWhole) {
  EXPECT_THAT(testing::FiguresOf("90.0 分，占 49.50%；1/3，-0.8，90，电话 2000****"),
              ::testing::ElementsAre("90", "49.5%", "1", "3", "0.8"));
}

TEST(ExpectedAccountingTest, SamplesShowEveryFindingOfTheAccount) { ExpectFindingsOfAccount(SampleCards()); }
TEST(ExpectedAccountingTest, SamplesRaiseNoAlarmWhereRulesHold) { ExpectNoFindingOfWhatHolds(SampleCards()); }
TEST(ExpectedAccountingTest, FindingsBeyondTheListAreCounted) { ExpectBeyondAsReviewed(SampleCards()); }

TEST(ExpectedAccountingTest, SeedsShowEveryFindingOfTheAccount) {
  SKIP_WITHOUT_SEEDS();
  ExpectFindingsOfAccount(SeedCards());
  ExpectNoFindingOfWhatHolds(SeedCards());
  ExpectBeyondAsReviewed(SeedCards());
}

TEST(ExpectedAccountingTest, EveryLineIsAccountedForAndNoneInvented) {
  SKIP_WITHOUT_SEEDS();
  std::vector<std::string> accounted;
  std::vector<std::string> listed;
  for (const auto& [key, answer] : ReadAccount()) accounted.push_back(key);
  for (const testing::ListLine& line : testing::ReadAuditorsList()) listed.push_back(line.key);
  EXPECT_THAT(listed, UnorderedElementsAreArray(accounted));
}

// Each figure of the list is said by a finding that answers its line, or stands
// in the account as not said.
TEST(ExpectedAccountingTest, EveryFigureOfTheListIsAccountedFor) {
  SKIP_WITHOUT_SEEDS();
  const auto account = ReadAccount();
  for (const testing::ListLine& line : testing::ReadAuditorsList()) {
    const auto at = account.find(line.key);
    if (at == account.end() || at->second.verb != "found") continue;
    std::vector<std::string> answered = at->second.unsaid;
    for (const AccountedFinding& finding : at->second.found) {
      answered.insert(answered.end(), finding.figures.begin(), finding.figures.end());
    }
    const auto figures = testing::FiguresOf(line.text);
    EXPECT_THAT(std::set<std::string>(figures.begin(), figures.end()), IsSubsetOf(answered)) << line.key;
    EXPECT_THAT(at->second.unsaid, IsSubsetOf(figures)) << line.key;
  }
}

TEST(ExpectedAccountingTest, SeverityIsTheListsUnlessTheAccountSaysSo) {
  SKIP_WITHOUT_SEEDS();
  const auto account = ReadAccount();
  for (const testing::ListLine& line : testing::ReadAuditorsList()) {
    const auto at = account.find(line.key);
    if (at == account.end() || at->second.verb != "found") continue;
    std::set<std::string> severities;
    for (const AccountedFinding& finding : at->second.found) severities.insert(finding.severity);
    const bool is_the_lists = severities.contains(line.severity);
    EXPECT_EQ(at->second.list_severity, is_the_lists ? "" : line.severity) << line.key;
  }
}

// Where the list names an indicator, `数量·更新数据库: …`, a finding of the line
// is at a place of that name.
TEST(ExpectedAccountingTest, IndicatorsThatTheListNamesAreWhereItIsFound) {
  SKIP_WITHOUT_SEEDS();
  const auto account = ReadAccount();
  const std::regex pattern("(.+?)·(.+?): .*");
  int named = 0;
  for (const testing::ListLine& line : testing::ReadAuditorsList()) {
    std::smatch match;
    if (line.key.find(" 重算 ") == std::string::npos || !std::regex_match(line.text, match, pattern)) continue;
    std::vector<std::string> labels;
    for (const AccountedFinding& wanted : account.at(line.key).found) {
      const auto* const finding = FindingNamed(SeedCards().at(line.key[1]), wanted.id);
      ASSERT_NE(finding, nullptr) << line.key;
      for (const auto& place : finding->places()) labels.push_back(place.label());
    }
    EXPECT_THAT(labels, Contains(AllOf(::testing::HasSubstr(match[1].str()), ::testing::HasSubstr(match[2].str()))))
        << line.key;
    ++named;
  }
  EXPECT_GT(named, 25);
}

}  // namespace
}  // namespace jixiao
