// For tests that score whole files: the samples in the tree and the real reports
// ("seeds") beside it, which may be absent.
#ifndef JIXIAO_INTEGRATION_REAL_REPORTS_H_
#define JIXIAO_INTEGRATION_REAL_REPORTS_H_

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "intake/reader/form/read_text_report.h"
#include "intake/testing/documents/shipped_reader_data.h"
#include "scoring/adapters/load_rule_sets.h"
#include "scoring/core/score_report.h"

namespace jixiao::testing {

inline std::filesystem::path SourceDir() {
  const char* dir = std::getenv("JIXIAO_SOURCE_DIR");
  return dir == nullptr ? std::filesystem::path(".") : std::filesystem::path(dir);
}

inline std::filesystem::path SeedDir() { return SourceDir() / ".." / "shared" / "seeds"; }

inline std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// The file in `dir` whose name starts with `prefix`; empty if there is none.
inline std::filesystem::path FileWith(const std::filesystem::path& dir, const std::string& prefix) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(dir, error)) {
    if (entry.path().filename().string().starts_with(prefix) && entry.path().extension() == ".txt") return entry.path();
  }
  return {};
}

// Reads and scores one file by the shipped rule sets.
inline scoring::v1::ScoreCard ScoreFile(const std::filesystem::path& path) {
  static const scoring::RuleSets* const rule_sets =
      new scoring::RuleSets(*scoring::LoadRuleSets((SourceDir() / "rulesets").string()));
  const auto report = intake::ReadTextReport(ReadFile(path), intake::testing::ShippedReaderData());
  EXPECT_TRUE(report.ok()) << report.status().message();
  if (!report.ok()) return {};
  const auto rule_set = rule_sets->FindFor(report->content());
  EXPECT_TRUE(rule_set.ok()) << rule_set.status().message();
  if (!rule_set.ok()) return {};
  return scoring::ScoreReport(*report, "sha256:0", **rule_set, {});
}

}  // namespace jixiao::testing

#endif  // JIXIAO_INTEGRATION_REAL_REPORTS_H_
