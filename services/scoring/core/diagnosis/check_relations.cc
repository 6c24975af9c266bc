// Findings of relations that do not hold.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/diagnosis/describe.h"

namespace jixiao::scoring {
namespace {

constexpr int64_t kTenThousand = 10'000;

// 元 written as 万元: the sentence says ten thousand times what the table does,
// up to the rounding of the table.
bool IsUnitSlip(int64_t stated, int64_t in_table) {
  if (stated <= 0 || in_table <= 0) return false;
  const int64_t scaled = MulDiv(in_table, kTenThousand, 1);
  return std::abs(stated - scaled) <= scaled / 1'000;
}

// Collects the amounts of sentences that were all written in the wrong unit:
// one slip of the pen, one finding.
class UnitSlips {
 public:
  explicit UnitSlips(const TableView& table) : table_(table) {}

  // True if `bound` fails for this reason; `values` are then as they were meant.
  bool Take(const BoundRelation& bound, std::vector<int64_t>& values) {
    if (bound.is_ratio() || bound.unit != FactScale::kFen || bound.left.size() != 1) return false;
    const int64_t right = SumOf(bound.right, values);
    if (!IsUnitSlip(SumOf(bound.left, values), right)) return false;
    const Fact& stated = table_.facts.at(bound.left.front());
    if (stated.mention == nullptr || stated.unit != "万元") return false;
    observation_.places.push_back(PlaceOf(bound.left.front(), bound.relation->left_title(), table_));
    const std::string separator = observation_.value.empty() ? "" : "、";
    observation_.value += separator + std::string(stated.as_written);
    observation_.expected += separator + FormatWanYuan(right);
    v1::SuggestedChange& change = *suggestion_.add_changes();
    *change.mutable_address() = observation_.places.back();
    change.set_from(std::string(stated.as_written));
    // The figure is right, its unit is not.
    change.set_to(ReplaceAll(std::string(stated.as_written), "万元", "元"));
    values[static_cast<size_t>(bound.left.front())] = right;
    return true;
  }

  void Report(Findings& findings) {
    if (observation_.places.empty()) return;
    observation_.rule_id = "UNIT_ERROR";
    observation_.expected = fmt::format("表内为 {}：正文的数值应以“元”为单位", observation_.expected);
    observation_.difference = "1 万倍";
    const bool is_many = observation_.places.size() > 1;
    v1::Finding* finding = findings.Add(std::move(observation_));
    if (finding == nullptr) return;
    suggestion_.set_text(is_many ? "这几个数与表内相差正好一万倍，单位写错" : "与表内相差正好一万倍，单位写错");
    suggestion_.set_cause(v1::CAUSE_MONEY_UNIT);
    suggestion_.set_likelihood(v1::LIKELIHOOD_HIGH);
    *finding->add_suggestions() = std::move(suggestion_);
  }

 private:
  const TableView& table_;
  Observation observation_{.rule_id = "", .places = {}, .value = "", .expected = "", .difference = ""};
  v1::Suggestion suggestion_;
};

// What the relation says instead of its rule.
void ApplyOverrides(const v1::Relation& relation, v1::Finding& finding) {
  if (relation.has_severity()) finding.set_severity(relation.severity());
  if (relation.has_clause()) finding.set_clause(relation.clause());
  if (relation.has_why()) finding.set_why(relation.why());
  if (relation.has_how_to_fix()) finding.set_how_to_fix(relation.how_to_fix());
}

}  // namespace

RelationReview CheckRelations(const ReportView& view, const TableView& table, Findings& findings) {
  RelationReview review;
  review.bound = BindRelations(view.rule_set, table.facts);
  review.finding_ids.resize(review.bound.size());
  review.values = ValuesOf(table.facts);
  UnitSlips unit_slips(table);
  for (size_t i = 0; i < review.bound.size(); ++i) {
    const BoundRelation& bound = review.bound[i];
    const Outcome outcome = Compare(bound, review.values).outcome;
    if (outcome == Outcome::kHolds) continue;
    if (bound.relation->rule_id() == "NARR_VS_TABLE" && findings.Checks("UNIT_ERROR") &&
        unit_slips.Take(bound, review.values)) {
      continue;
    }
    v1::Finding* finding = findings.Add(Describe(bound, review.values, table));
    if (finding == nullptr) continue;
    if (outcome == Outcome::kFails) ApplyOverrides(*bound.relation, *finding);
    review.finding_ids[i] = finding->id();
  }
  unit_slips.Report(findings);
  return review;
}

}  // namespace jixiao::scoring
