// The checks: each looks at one report and says what it observes. Adding one
// means one function here, one line in RunChecks, one entry in the catalogue.
#ifndef JIXIAO_SCORING_CORE_CHECKS_CHECKS_H_
#define JIXIAO_SCORING_CORE_CHECKS_CHECKS_H_

#include <string>
#include <string_view>
#include <vector>

#include "common/base/errors.h"
#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/ruleset.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"
#include "scoring/core/checks/findings.h"
#include "scoring/core/diagnosis/relations.h"
#include "scoring/core/facts/facts.h"
#include "scoring/core/facts/passages.h"
#include "scoring/core/rules/rule_sets.h"
#include "scoring/core/verdicts/verdict.h"

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
  std::vector<TableView> tables;
  std::vector<Passage> passages;
  const v1::ScoringContext& context;

  const report::v1::ReportContent& content() const { return report.content(); }
};

// Reads everything that checks look at, and scores the tables into `card`.
// Points into all four.
ReportView ViewOf(const report::v1::Report& report, const LoadedRuleSet& loaded, const v1::ScoringContext& context,
                  v1::ScoreCard& card);

// What became of the relations of one table, for the diagnosis.
struct RelationReview {
  std::vector<BoundRelation> bound;
  std::vector<std::string> finding_ids;  // one for each of `bound`; empty if it holds or nobody asked
  std::vector<int64_t> values;           // figures of the facts, units of sentences put right
  bool has_failures = false;
};

// Changes of budget during the year.
void CheckBudgetChange(const ReportView& view, const TableView& table, Findings& findings);

// Scores of the execution rate that no relation reaches.
void CheckExecutionScores(const ReportView& view, const TableView& table, Findings& findings);

// Weights, levels, caps, grade.
void CheckWeights(const ReportView& view, const TableView& table, Findings& findings);

// Targets and results of indicators, read as they are written.
void CheckIndicatorValues(const ReportView& view, const TableView& table, Findings& findings);

// Points given and taken: by formula, by tier, with reasons.
void CheckIndicatorScores(const ReportView& view, const TableView& table, Findings& findings);

// What only some forms demand: reasons for a low rate, short texts, scores that
// are a coefficient times the weight, indicators that do not apply.
void CheckRegionRules(const ReportView& view, const TableView& table, Findings& findings);

// Sections and annexes that must be there.
void CheckCompleteness(const ReportView& view, Findings& findings);

// Names, telephones and numbers of persons; who the file itself says wrote it.
void CheckPersonalData(const ReportView& view, Findings& findings);

// Terms of publication, by the dates of the context.
void CheckPublication(const ReportView& view, Findings& findings);

// Dates that are none or contradict each other, by field.
std::vector<FieldViolation> ProblemsOf(const v1::Publication& publication);

// Goals against their results, item by item.
void CheckGoals(const ReportView& view, const TableView& table, Findings& findings);

// Indicators answered in words.
void CheckQualitative(const ReportView& view, const TableView& table, Findings& findings);

// Targets that cannot be what was meant, results that answer something else.
void CheckTargets(const TableView& table, Findings& findings);

// The indicators of a table as a set.
void CheckIndicatorSet(const ReportView& view, const TableView& table, Findings& findings);

// Projects listed in the base data table.
void CheckProjectRows(const ReportView& view, Findings& findings);

// Everything that is looked for in texts: text_view.h.
void CheckTexts(const ReportView& view, Findings& findings);

// Rates and counts in sentences against the tables.
void CheckNarrative(const ReportView& view, const TableView& table, Findings& findings);

// Arithmetic that the rule set states as data.
RelationReview CheckRelations(const ReportView& view, const TableView& table, Findings& findings);

// Looks for the slips behind failed relations, and folds what follows from a
// slip under it. Suggests, never decides. False if it stopped before it had
// looked everywhere.
bool Diagnose(const ReportView& view, const TableView& table, const RelationReview& review, Findings& findings);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_CHECKS_CHECKS_H_
