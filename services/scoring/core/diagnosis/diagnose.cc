// Looks for the slip behind several findings. Today: two columns of the funds
// block swapped. The search over single repairs and pairs comes here.
#include <fmt/format.h>

#include <cstdlib>

#include "common/domain/decimal.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/facts/figures.h"
#include "scoring/core/verdicts/execution.h"

namespace jixiao::scoring {
namespace {

// A funds row whose stated rate is exactly budget / executed: the two columns
// are likely the wrong way round.
bool LooksSwapped(const report::v1::FundRow& row, const v1::RuleSet& rule_set) {
  const int64_t rounding = rule_set.execution().rate_rounding_ppm();
  const auto as_filed = CompareRate(row.adjusted_budget(), row.executed(), row.execution_rate());
  const auto swapped = CompareRate(row.executed(), row.adjusted_budget(), row.execution_rate());
  return as_filed && swapped && as_filed->difference_ppm() > rounding && swapped->difference_ppm() == 0;
}

// Facts as they would be with the two amounts exchanged.
Facts WithSwap(const TableView& table, const report::v1::FundRow& row) {
  Facts repaired = table.facts;
  const int adjusted = repaired.IndexOf(FundKey(row.role(), FundColumn::kAdjusted));
  const int executed = repaired.IndexOf(FundKey(row.role(), FundColumn::kExecuted));
  if (adjusted < 0 || executed < 0) return repaired;
  repaired.SetValue(adjusted, table.facts.at(executed).value);
  repaired.SetValue(executed, table.facts.at(adjusted).value);
  return repaired;
}

bool IsOnRow(const v1::Finding& finding, const report::v1::FundRow& row) {
  const report::v1::Address& place = finding.places(0);
  const report::v1::Address& budget = row.adjusted_budget().address();
  if (budget.has_row_index()) return place.row_index() == budget.row_index();
  return place.label().find(row.label()) != std::string::npos;
}

void Fold(v1::Finding& dependant, v1::Finding& root, v1::Suggestion& suggestion) {
  dependant.add_caused_by(root.id());
  suggestion.add_heals(dependant.id());
}

bool IsOnExecuted(const v1::Relation& relation) {
  return relation.right_size() == 1 && relation.right(0).fact() == "table.funds.total.executed";
}

void AddChange(const report::v1::Value& cell, const report::v1::Value& other, v1::Suggestion& suggestion) {
  v1::SuggestedChange& change = *suggestion.add_changes();
  *change.mutable_address() = cell.address();
  change.set_from(cell.as_written());
  change.set_to(other.as_written());
}

void DiagnoseSwap(const ReportView& view, const TableView& table, const report::v1::FundRow& row,
                  const std::vector<FailedRelation>& failed, Findings& findings) {
  const auto& budget = row.adjusted_budget();
  const auto& executed = row.executed();
  v1::Finding* root =
      findings.Add({.rule_id = "COL_SWAP",
                    .places = {table.Place(budget, row.label() + " · 全年预算数"),
                               table.Place(executed, row.label() + " · 全年执行数")},
                    .value = fmt::format("全年预算数 {}，全年执行数 {}，填报执行率 {}", budget.as_written(),
                                         executed.as_written(), row.execution_rate().as_written()),
                    .expected = fmt::format("两数对调后 {} ÷ {} = {}，与填报执行率一致", budget.as_written(),
                                            executed.as_written(), row.execution_rate().as_written()),
                    .difference = ""});
  if (root == nullptr) return;
  v1::Suggestion suggestion;
  suggestion.set_text("全年预算数与全年执行数两栏可能填反，请对照决算报表核实后对调");
  AddChange(budget, executed, suggestion);
  AddChange(executed, budget, suggestion);
  for (const char* rule_id : {"EXEC_RATE", "OVERSPEND"}) {
    for (v1::Finding* finding : findings.OfRule(rule_id, table.index)) {
      if (IsOnRow(*finding, row)) Fold(*finding, *root, suggestion);
    }
  }
  const auto claimed = PointsOf(row.score());
  const auto swapped_rate = CompareRate(executed, budget, row.execution_rate());
  for (v1::Finding* finding : findings.OfRule("EXEC_SCORE", table.index)) {
    const int64_t weight = PointsOf(row.weight()).value_or(view.rule_set.execution().weight_milli());
    const int64_t repaired = MulDiv(weight, swapped_rate->computed_ppm, 1'000'000);
    if (claimed && std::abs(*claimed - repaired) <= view.rule_set.execution().score_tolerance_milli()) {
      Fold(*finding, *root, suggestion);
    }
  }
  const Facts repaired = WithSwap(table, row);
  for (const FailedRelation& relation : failed) {
    v1::Finding* finding = findings.Find(relation.finding_id);
    const std::string shortfall = Shortfall(*relation.relation, repaired);
    if (shortfall.empty()) {
      Fold(*finding, *root, suggestion);
    } else if (IsOnExecuted(*relation.relation)) {
      // Another slip remains: say how much, so that the clerk looks for it.
      finding->add_suggestions()->set_text(fmt::format("全年预算数与全年执行数对调后，{}，请再核对各分项", shortfall));
    }
  }
  *root->add_suggestions() = std::move(suggestion);
}

}  // namespace

void Diagnose(const ReportView& view, const TableView& table, const std::vector<FailedRelation>& failed,
              Findings& findings) {
  for (const report::v1::FundRow& row : table.table.fund_rows()) {
    if (LooksSwapped(row, view.rule_set)) DiagnoseSwap(view, table, row, failed, findings);
  }
}

}  // namespace jixiao::scoring
