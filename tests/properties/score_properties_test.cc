// What must be true of every score card, whatever the report says: order of rows
// does not matter, threads do not matter, intervals are possible.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "common/base/digest.h"
#include "intake/reader/form/read_text_report.h"
#include "intake/testing/documents/shipped_reader_data.h"
#include "properties/random_report.h"
#include "scoring/adapters/load_rule_sets.h"
#include "scoring/core/score_report.h"

namespace jixiao::testing {
namespace {

namespace fs = std::filesystem;
using report::v1::Report;
using scoring::LoadedRuleSet;
using scoring::v1::ScoreCard;

constexpr int kReports = 200;
constexpr int kMostPlaces = 5;

fs::path SourceDir() {
  const char* dir = std::getenv("JIXIAO_SOURCE_DIR");
  return dir == nullptr ? fs::path(".") : fs::path(dir);
}

const std::vector<LoadedRuleSet>& RuleSets() {
  static const auto* const sets = new scoring::RuleSets(*scoring::LoadRuleSets((SourceDir() / "rulesets").string()));
  return sets->all();
}

struct Case {
  Report report;
  const LoadedRuleSet* rule_set;
};

// Random reports in turn for every rule set, and the samples.
std::vector<Case> Cases() {
  std::vector<Case> cases;
  for (int i = 0; i < kReports; ++i) {
    const LoadedRuleSet& rule_set = RuleSets()[static_cast<size_t>(i) % RuleSets().size()];
    cases.push_back({RandomReport(static_cast<uint64_t>(i), rule_set.rule_set), &rule_set});
  }
  std::set<fs::path> samples;
  for (const auto& entry : fs::directory_iterator(SourceDir() / "tests" / "testdata" / "samples")) {
    if (entry.path().extension() == ".txt") samples.insert(entry.path());
  }
  for (const fs::path& path : samples) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    const auto report = intake::ReadTextReport(text.str(), intake::testing::ShippedReaderData());
    EXPECT_TRUE(report.ok());
    cases.push_back({*report, &RuleSets()[cases.size() % RuleSets().size()]});
  }
  return cases;
}

ScoreCard Score(const Case& c) { return ScoreReport(c.report, "sha256:0", *c.rule_set, {}); }

// Words of `text` in alphabetical order: sums and lists may name their parts in
// any order.
std::string Sorted(std::string text) {
  for (const std::string_view separator : {"、", "；", "：", "，", "“", "”"}) {
    for (size_t at = text.find(separator); at != std::string::npos; at = text.find(separator)) {
      text.replace(at, separator.size(), " ");
    }
  }
  std::multiset<std::string> words;
  std::istringstream in(text);
  for (std::string word; in >> word;) words.insert(word);
  std::string out;
  for (const std::string& word : words) out += word + " ";
  return out;
}

// Lines that only one of them has; empty if they are equal.
std::string Difference(const std::multiset<std::string>& a, const std::multiset<std::string>& b) {
  std::vector<std::string> only;
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(only));
  std::string out;
  for (const std::string& line : only) out += line + "\n";
  return out;
}

// Findings that name a searched cause and nothing else: it may lie in rows or
// cells that stand side by side, so their order is evidence.
bool IsSearchedCause(const scoring::v1::Finding& finding) {
  return finding.rule_id() == "FIGURE_TYPO" || finding.rule_id() == "COL_SWAP" ||
         finding.rule_id() == "BASE_TABLE_SHIFT";
}

// What findings say, apart from numbers that count them and from causes.
std::multiset<std::string> FindingsOf(const ScoreCard& card) {
  std::multiset<std::string> out;
  for (const auto& finding : card.findings()) {
    if (IsSearchedCause(finding)) continue;
    std::multiset<std::string> places;
    // Findings about many rows name the first few of them.
    const bool is_summary = finding.places_size() >= kMostPlaces;
    if (!is_summary) {
      for (const auto& place : finding.places()) places.insert(place.label());
    }
    std::string text =
        fmt::format("{} {} {} {} {}", finding.rule_id(), static_cast<int>(finding.severity()),
                    is_summary ? "" : Sorted(finding.value()), Sorted(finding.expected()), finding.difference());
    for (const std::string& place : places) text += " @" + place;
    out.insert(text);
  }
  return out;
}

std::multiset<std::string> TotalsOf(const ScoreCard& card) {
  std::multiset<std::string> totals;
  for (const auto& table : card.tables()) {
    std::multiset<std::string> levels;
    for (const auto& level : table.levels()) levels.insert(level.ShortDebugString());
    std::string text =
        fmt::format("{} {} {} {} {} {} {}", table.title(), table.claimed_milli(), table.recomputed_milli(),
                    table.supported_low_milli(), table.supported_high_milli(), table.weight_milli(), table.grade());
    for (const std::string& level : levels) text += " | " + level;
    totals.insert(text);
  }
  return totals;
}

template <typename Rows>
void ShuffleRows(Rows& rows, Dice& dice) {
  std::vector<typename Rows::value_type> copy(rows.begin(), rows.end());
  dice.Shuffle(copy);
  for (int i = 0; i < rows.size(); ++i) *rows.Mutable(i) = std::move(copy[static_cast<size_t>(i)]);
}

// Another order of what has no order: indicator rows, fund rows, parts, tasks,
// and project tables among themselves.
Report InAnotherOrder(Report report, uint64_t seed) {
  Dice dice(seed);
  auto& tables = *report.mutable_content()->mutable_evaluation_tables();
  for (auto& table : tables) {
    ShuffleRows(*table.mutable_indicators(), dice);
    ShuffleRows(*table.mutable_by_source(), dice);
    ShuffleRows(*table.mutable_by_nature(), dice);
    std::set<int> roles;
    for (const auto& row : table.fund_rows()) roles.insert(row.role());
    // Of several rows with one role the first counts.
    if (static_cast<int>(roles.size()) == table.fund_rows_size()) ShuffleRows(*table.mutable_fund_rows(), dice);
  }
  std::vector<report::v1::EvaluationTable> projects;
  for (int i = 1; i < tables.size(); ++i) projects.push_back(tables.Get(i));
  dice.Shuffle(projects);
  for (int i = 1; i < tables.size(); ++i) *tables.Mutable(i) = projects[static_cast<size_t>(i - 1)];
  return report;
}

TEST(ScorePropertiesTest, OrderOfRowsChangesNeitherTotalsNorFindings) {
  for (const Case& c : Cases()) {
    const ScoreCard card = Score(c);
    for (uint64_t seed = 1; seed <= 2; ++seed) {
      const ScoreCard other = Score({InAnotherOrder(c.report, seed), c.rule_set});
      ASSERT_EQ(Difference(TotalsOf(card), TotalsOf(other)), "");
      ASSERT_EQ(Difference(FindingsOf(card), FindingsOf(other)), "") << c.rule_set->rule_set.name();
    }
  }
}

TEST(ScorePropertiesTest, ThreadsThatShareRuleSetsGiveTheSameBytes) {
  const std::vector<Case> cases = Cases();
  std::vector<std::string> alone;
  for (const Case& c : cases) alone.push_back(ContentDigest(scoring::ScoreCardBytes(Score(c))));
  std::atomic<size_t> differing{0};

  std::vector<std::thread> threads;
  for (size_t t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (size_t i = 0; i < cases.size(); ++i) {
        const size_t at = (i + t * cases.size() / 8) % cases.size();
        differing += ContentDigest(scoring::ScoreCardBytes(Score(cases[at]))) != alone[at];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  EXPECT_EQ(differing, 0u);
}

TEST(ScorePropertiesTest, EvidenceSupportsNothingImpossible) {
  for (const Case& c : Cases()) {
    const ScoreCard card = Score(c);
    for (const auto& table : card.tables()) {
      for (const auto& row : table.rows()) {
        ASSERT_LE(0, row.supported_low_milli()) << row.ShortDebugString();
        ASSERT_LE(row.supported_low_milli(), row.supported_high_milli()) << row.ShortDebugString();
        if (row.has_indicator_index()) {
          ASSERT_LE(row.supported_high_milli(), std::max<int64_t>(row.weight_milli(), 0)) << row.ShortDebugString();
        }
        ASSERT_FALSE(row.trace().clause().empty());
      }
    }
    for (const auto& finding : card.findings()) {
      ASSERT_GT(finding.places_size(), 0) << finding.rule_id();
      ASSERT_FALSE(finding.why().empty() || finding.how_to_fix().empty()) << finding.rule_id();
    }
  }
}

}  // namespace
}  // namespace jixiao::testing
