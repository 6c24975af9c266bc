// One report, read once, as checks, diagnosis and assessment look at it.
#ifndef JIXIAO_SCORING_CORE_VIEW_REPORT_VIEW_H_
#define JIXIAO_SCORING_CORE_VIEW_REPORT_VIEW_H_

#include <string_view>
#include <vector>

#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/ruleset.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"
#include "scoring/core/facts/facts.h"
#include "scoring/core/facts/passages.h"
#include "scoring/core/rules/rule_sets.h"
#include "scoring/core/verdicts/verdict.h"
#include "scoring/core/view/findings.h"

namespace jixiao::scoring {

// Everything a check may look at, read once. Lives as long as the report.
struct TableView {
  const report::v1::EvaluationTable& table;
  int index;
  std::vector<ReadIndicator> indicators;
  const v1::TableScore& score;  // in the card
  Facts facts;

  // Address of `value`, or one made of the table's title and `label` for
  // reports that were filed without addresses.
  report::v1::Address Place(const report::v1::Value& value, std::string_view label) const;
  report::v1::Address PlaceOf(const ReadIndicator& indicator, const report::v1::Value& value,
                              std::string_view column) const;
};

struct ReportView {
  const report::v1::Report& report;
  const v1::RuleSet& rule_set;
  const RelationKeys& relation_keys;
  const Divisions& divisions;
  std::vector<TableView> tables;
  std::vector<Passage> passages;
  const v1::ScoringContext& context;

  const report::v1::ReportContent& content() const { return report.content(); }
};

// Reads everything that checks look at, and scores the tables into `card`.
// Points into all four.
ReportView ViewOf(const report::v1::Report& report, const LoadedRuleSet& loaded, const v1::ScoringContext& context,
                  v1::ScoreCard& card);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_VIEW_REPORT_VIEW_H_
