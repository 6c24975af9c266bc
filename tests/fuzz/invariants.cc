#include "fuzz/invariants.h"

#include <set>

#include "common/base/log.h"
#include "common/base/text.h"
#include "scoring/adapters/load_rule_sets.h"
#include "scoring/core/facts/passages.h"
#include "scoring/core/score_report.h"
#include "scoring/testing/rule_files.h"

namespace jixiao::fuzz {
namespace {

using scoring::v1::ScoreCard;

void CheckTables(const ScoreCard& card) {
  for (const auto& table : card.tables()) {
    for (const auto& row : table.rows()) {
      JIXIAO_CHECK(row.verdict() != scoring::v1::VERDICT_UNSPECIFIED);
      JIXIAO_CHECK(row.supported_low_milli() >= 0);
      JIXIAO_CHECK(row.supported_low_milli() <= row.supported_high_milli());
      // The execution row may take its weight from the rule set.
      if (row.has_indicator_index()) {
        JIXIAO_CHECK(row.supported_high_milli() <= std::max<int64_t>(row.weight_milli(), 0));
      }
      JIXIAO_CHECK(!row.trace().result().empty() && !row.trace().formula().empty());
    }
  }
}

void CheckFindings(const ScoreCard& card) {
  std::set<std::string> ids;
  for (const auto& finding : card.findings()) JIXIAO_CHECK(ids.insert(finding.id()).second);
  for (const auto& finding : card.findings()) {
    JIXIAO_CHECK(finding.places_size() > 0);
    JIXIAO_CHECK(finding.severity() != scoring::v1::SEVERITY_UNSPECIFIED);
    for (const std::string* text : {&finding.title(), &finding.why(), &finding.how_to_fix(), &finding.clause()}) {
      JIXIAO_CHECK(!text->empty());
    }
    for (const std::string* text : {&finding.value(), &finding.expected(), &finding.difference()}) {
      JIXIAO_CHECK(IsCleanUtf8(*text));
    }
    for (const std::string& cause : finding.caused_by()) JIXIAO_CHECK(ids.contains(cause));
    for (const auto& suggestion : finding.suggestions()) {
      JIXIAO_CHECK(IsCleanUtf8(suggestion.text()) && !suggestion.text().empty());
      for (const std::string& healed : suggestion.heals()) JIXIAO_CHECK(ids.contains(healed));
    }
  }
}

}  // namespace

const scoring::RuleSets& ShippedRuleSets() {
  static const auto* const sets = [] {
    const char* dir = std::getenv("JIXIAO_SOURCE_DIR");
    auto loaded = scoring::LoadRuleSets(std::string(dir == nullptr ? "." : dir) + "/rulesets");
    JIXIAO_CHECK(loaded.ok());
    return new scoring::RuleSets(*std::move(loaded));
  }();
  return *sets;
}

const scoring::RuleTexts& ShippedRuleTexts() {
  static const auto* const texts = new scoring::RuleTexts(scoring::testing::ShippedRuleTexts());
  return *texts;
}

void CheckPassages(const report::v1::Report& report) {
  for (const scoring::Passage& passage : scoring::ReadPassages(report.content())) {
    const int64_t length = CodePointCount(passage.text);
    for (const scoring::Mention& mention : passage.mentions) {
      JIXIAO_CHECK(mention.start_char >= 0 && mention.char_count > 0);
      JIXIAO_CHECK(mention.start_char + mention.char_count <= length);
      JIXIAO_CHECK(IsCleanUtf8(mention.as_written) && IsCleanUtf8(mention.label));
    }
  }
}

void CheckScore(const report::v1::Report& report, const scoring::LoadedRuleSet& rule_set) {
  const ScoreCard card = ScoreReport(report, "sha256:0", rule_set, {});
  CheckTables(card);
  CheckFindings(card);
  JIXIAO_CHECK(scoring::ScoreCardBytes(card) == scoring::ScoreCardBytes(ScoreReport(report, "sha256:0", rule_set, {})));
}

}  // namespace jixiao::fuzz
