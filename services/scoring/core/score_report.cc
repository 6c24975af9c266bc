#include "scoring/core/score_report.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "common/base/log.h"
#include "scoring/core/assessment/work_assessment.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/diagnosis/diagnose.h"
#include "scoring/core/verdicts/score_table.h"

namespace jixiao::scoring {
namespace {

// False if the search for causes was cut short.
bool RunChecks(const ReportView& view, Findings& findings) {
  bool is_complete = true;
  for (const TableView& table : view.tables) {
    CheckBudgetChange(view, table, findings);
    CheckExecutionScores(view, table, findings);
    CheckWeights(view, table, findings);
    CheckIndicatorValues(view, table, findings);
    CheckIndicatorScores(view, table, findings);
    CheckRegionRules(view, table, findings);
    CheckGoals(view, table, findings);
    CheckQualitative(view, table, findings);
    CheckTargets(table, findings);
    CheckIndicatorSet(view, table, findings);
    const RelationReview review = CheckRelations(view, table, findings);
    if (table.table.kind() == report::v1::REPORT_KIND_DEPARTMENT) CheckNarrative(view, table, findings);
    is_complete &= Diagnose(view, table, review, findings);
  }
  CheckCompleteness(view, findings);
  CheckProjectRows(view, findings);
  CheckTexts(view, findings);
  CheckPersonalData(view, findings);
  CheckPublication(view, findings);
  return is_complete;
}

// What the card can be derived from again.
void SetPins(const std::string& report_digest, const LoadedRuleSet& rule_set, v1::ScoreCard& card) {
  card.set_report_digest(report_digest);
  card.set_rule_set(rule_set.rule_set.name());
  card.set_rule_set_digest(rule_set.digest);
  card.set_engine_version(std::string(kEngineVersion));
}

}  // namespace

void ScoreReport(const report::v1::Report& report, const std::string& report_digest, const LoadedRuleSet& rule_set,
                 const v1::ScoringContext& context, v1::ScoreCard& card) {
  SetPins(report_digest, rule_set, card);
  const ReportView view = ViewOf(report, rule_set, context, card);
  Findings findings(rule_set.rule_set);
  if (!RunChecks(view, findings)) card.set_search_cut_short(true);
  v1::WorkAssessment& work = *card.mutable_work_assessment();
  AssessWork(view, context, work);
  CheckWork(view, context, work, findings);
  if (!work.has_claimed_milli() && work.criteria().empty()) card.clear_work_assessment();
  for (v1::Finding& finding : findings.Finish()) *card.add_findings() = std::move(finding);
  if (context.ByteSizeLong() > 0) *card.mutable_context() = context;
}

v1::ScoreCard ScoreReport(const report::v1::Report& report, const std::string& report_digest,
                          const LoadedRuleSet& rule_set, const v1::ScoringContext& context) {
  v1::ScoreCard card;
  ScoreReport(report, report_digest, rule_set, context, card);
  return card;
}

void ScorePoints(const report::v1::Report& report, const std::string& report_digest, const LoadedRuleSet& rule_set,
                 v1::ScoreCard& card) {
  SetPins(report_digest, rule_set, card);
  const auto& tables = report.content().evaluation_tables();
  for (int i = 0; i < tables.size(); ++i) {
    ScoreTable(tables[i], i, ReadIndicators(tables[i]), rule_set.rule_set, Detail::kPoints, *card.add_tables());
  }
}

std::string ScoreCardBytes(const v1::ScoreCard& card) {
  std::string bytes;
  bytes.reserve(card.ByteSizeLong());
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream out(&stream);
    out.SetSerializationDeterministic(true);
    JIXIAO_CHECK(card.SerializeToCodedStream(&out));
  }
  return bytes;
}

}  // namespace jixiao::scoring
