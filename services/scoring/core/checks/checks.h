// The checks: each looks at one report and says what it observes. Adding one
// means one function here, one line in RunChecks, one entry in the catalogue.
#ifndef JIXIAO_SCORING_CORE_CHECKS_CHECKS_H_
#define JIXIAO_SCORING_CORE_CHECKS_CHECKS_H_

#include <string>
#include <string_view>
#include <vector>

#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/ruleset.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"
#include "scoring/core/checks/findings.h"
#include "scoring/core/facts/facts.h"
#include "scoring/core/facts/passages.h"
#include "scoring/core/verdicts/verdict.h"

namespace jixiao::scoring {

// Everything a check may look at, read once. Lives as long as the report.
struct TableView {
  const report::v1::EvaluationTable& table;
  int index;
  std::vector<ReadIndicator> indicators;
  v1::TableScore score;
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
  std::vector<TableView> tables;
  std::vector<Passage> passages;

  const report::v1::ReportContent& content() const { return report.content(); }
};

// Reads everything that checks look at. Points into `report` and `rule_set`.
ReportView ViewOf(const report::v1::Report& report, const v1::RuleSet& rule_set);

// A relation that does not hold, for the diagnosis.
struct FailedRelation {
  const v1::Relation* relation;
  std::string finding_id;
};

// Funds block: stated rates, overspending, execution score, budget changes.
void CheckFunds(const ReportView& view, const TableView& table, Findings& findings);

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

// Names, telephones and numbers of persons.
void CheckPersonalData(const ReportView& view, Findings& findings);

// Rates and counts in sentences against the tables.
void CheckNarrative(const ReportView& view, const TableView& table, Findings& findings);

// Arithmetic that the rule set states as data.
std::vector<FailedRelation> CheckRelations(const ReportView& view, const TableView& table, Findings& findings);

// True if `relation` holds between `facts`, or cannot be judged.
bool Holds(const v1::Relation& relation, const Facts& facts);

// What `relation` misses by between `facts`, for people: `按收入性质合计仍差
// 0.09万元`. Empty if it holds or cannot be judged.
std::string Shortfall(const v1::Relation& relation, const Facts& facts);

// Looks for a repair that explains several findings at once, and folds them
// under it. Suggests, never decides.
void Diagnose(const ReportView& view, const TableView& table, const std::vector<FailedRelation>& failed,
              Findings& findings);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_CHECKS_CHECKS_H_
