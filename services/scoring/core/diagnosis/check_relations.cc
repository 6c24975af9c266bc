// Findings of relations that do not hold.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "scoring/core/diagnosis/describe.h"
#include "scoring/core/diagnosis/diagnose.h"

namespace jixiao::scoring {
namespace {

constexpr int64_t kTenThousand = 10'000;
// An amount so much smaller than the others of its paragraph was meant as it is.
constexpr int64_t kFarSmaller = 1'000;

// 元 written as 万元: the sentence says ten thousand times what the table does,
// up to the rounding of the table.
bool IsUnitSlip(int64_t stated, int64_t in_table) {
  if (stated <= 0 || in_table <= 0) return false;
  const int64_t scaled = MulDiv(in_table, kTenThousand, 1);
  return std::abs(stated - scaled) <= scaled / 1'000;
}

// Amounts of sentences that were all written in the wrong unit: one slip of the
// pen, one finding.
class UnitSlips {
 public:
  UnitSlips(const TableView& table, const std::vector<BoundRelation>& relations, std::vector<int64_t>& values)
      : table_(table), values_(values) {
    for (const BoundRelation& bound : relations) Look(bound);
    for (const Passage* passage : passages_) TakeRest(*passage);
  }

  // One finding for all, `values` put right already.
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
  // Takes the left side of a text against the table if it is in the wrong unit.
  void Look(const BoundRelation& bound) {
    if (bound.relation->rule_id() != "NARR_VS_TABLE" || bound.is_ratio() || bound.left.size() != 1) return;
    const Fact& stated = table_.facts.at(bound.left.front());
    if (stated.mention == nullptr || stated.unit != "万元") return;
    int64_t& value = values_[static_cast<size_t>(bound.left.front())];
    const int64_t right = SumOf(bound.right, values_);
    if (!IsUnitSlip(value, right)) return;
    observation_.places.push_back(stated.address());
    const std::string separator = observation_.value.empty() ? "" : "、";
    observation_.value += separator + std::string(stated.as_written);
    observation_.expected += separator + FormatWanYuan(right);
    value = right;
    AddChange(stated);
    if (std::find(passages_.begin(), passages_.end(), stated.passage) == passages_.end()) {
      passages_.push_back(stated.passage);
    }
    mentions_.push_back(stated.mention);
  }

  // Whoever writes one amount of a paragraph in 元 writes all of them so, unless
  // the number itself speaks against it: nobody reports 1.86 元.
  void TakeRest(const Passage& passage) {
    int64_t smallest = INT64_MAX;
    for (const Mention& mention : passage.mentions) {
      if (IsTaken(&mention)) smallest = std::min(smallest, mention.value_micro);
    }
    const auto is_other = [&](const Mention& mention) {
      return mention.unit == "万元" && !IsTaken(&mention) && mention.value_micro > smallest / kFarSmaller;
    };
    for (int i = 0; i < table_.facts.size(); ++i) {
      const Fact& fact = table_.facts.at(i);
      if (fact.passage == &passage && fact.mention != nullptr && is_other(*fact.mention)) {
        values_[static_cast<size_t>(i)] /= kTenThousand;
      }
    }
    for (const Mention& mention : passage.mentions) {
      if (!is_other(mention)) continue;
      Fact fact;
      fact.passage = &passage;
      fact.mention = &mention;
      fact.as_written = mention.as_written;
      AddChange(fact);
    }
  }

  bool IsTaken(const Mention* mention) const {
    return std::find(mentions_.begin(), mentions_.end(), mention) != mentions_.end();
  }

  // The figure is right, its unit is not.
  void AddChange(const Fact& fact) {
    v1::SuggestedChange& change = *suggestion_.add_changes();
    *change.mutable_address() = fact.address();
    change.set_from(std::string(fact.as_written));
    change.set_to(ReplaceAll(std::string(fact.as_written), "万元", "元"));
  }

  const TableView& table_;
  std::vector<int64_t>& values_;
  std::vector<const Passage*> passages_;
  std::vector<const Mention*> mentions_;
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
  review.bound = BindRelations(view.rule_set, view.relation_keys, table.facts);
  review.finding_ids.resize(review.bound.size());
  review.values = table.facts.values();
  if (findings.Checks("UNIT_ERROR")) UnitSlips(table, review.bound, review.values).Report(findings);
  for (size_t i = 0; i < review.bound.size(); ++i) {
    const BoundRelation& bound = review.bound[i];
    const Outcome outcome = Compare(bound, review.values).outcome;
    if (outcome == Outcome::kHolds) continue;
    v1::Finding* finding = findings.Add(Describe(bound, review.values, table));
    if (finding == nullptr) continue;
    if (outcome == Outcome::kFails) ApplyOverrides(*bound.relation, *finding);
    review.has_failures |= outcome == Outcome::kFails;
    review.finding_ids[i] = finding->id();
  }
  return review;
}

}  // namespace jixiao::scoring
