// Arithmetic between facts, as the rule set states it.
#include <fmt/format.h>

#include <cstdlib>

#include "common/domain/decimal.h"
#include "scoring/core/checks/checks.h"

namespace jixiao::scoring {
namespace {

constexpr int64_t kTenThousand = 10'000;
constexpr size_t kMostPlaces = 6;

// One side of a relation, added up.
struct Side {
  int64_t sum = 0;
  std::vector<const Fact*> facts;
};

// Empty if a required fact is absent, or any fact is no proof.
std::optional<Side> AddUp(const google::protobuf::RepeatedPtrField<v1::Term>& terms, const Facts& facts) {
  Side side;
  for (const v1::Term& term : terms) {
    const std::vector<const Fact*> found = facts.Match(term.fact());
    if (found.empty() && term.required()) return std::nullopt;
    for (const Fact* fact : found) {
      if (!fact->is_proof()) return std::nullopt;
      side.sum += fact->value;
      side.facts.push_back(fact);
    }
  }
  return side;
}

bool Compares(const v1::Relation& relation, int64_t left, int64_t right) {
  const int64_t difference = left - right;
  if (relation.comparison() == v1::COMPARISON_AT_MOST) return difference <= relation.tolerance();
  return std::abs(difference) <= relation.tolerance();
}

std::string Format(int64_t value, FactScale scale) {
  switch (scale) {
    case FactScale::kFen: return FormatWanYuan(value);
    case FactScale::kPointsMilli: return FormatPoints(value) + " 分";
    case FactScale::kCountMilli: return FormatScaled(value, 3);
    case FactScale::kRatePpm: return FormatRatePercent(value);
  }
  return "";
}

std::string Describe(const Side& side, FactScale scale) {
  if (side.facts.size() <= 1) return Format(side.sum, scale);
  if (side.facts.size() > kMostPlaces) return Format(side.sum, scale) + "（合计）";
  std::string text;
  for (const Fact* fact : side.facts)
    text += (text.empty() ? "" : " + ") + FormatScaled(fact->value, scale == FactScale::kFen ? 6 : 3);
  return fmt::format("{} = {}", text, Format(side.sum, scale));
}

// 元 written as 万元: one side is ten thousand times the other, up to the
// rounding of the shorter figure.
bool IsUnitSlip(int64_t left, int64_t right) {
  if (left <= 0 || right <= 0) return false;
  const int64_t large = std::max(left, right);
  const int64_t small = std::min(left, right);
  const int64_t scaled = MulDiv(small, kTenThousand, 1);
  return std::abs(large - scaled) <= scaled / 1'000;
}

// A sum over a whole column points at the column's total, not at every cell.
void AddPlaces(const Side& side, std::vector<report::v1::Address>& places) {
  if (side.facts.size() > kMostPlaces) return;
  for (const Fact* fact : side.facts) {
    report::v1::Address place = fact->address();
    if (place.has_label()) places.push_back(std::move(place));
  }
}

// Collects the amounts of one sentence that were all written in the wrong unit.
class UnitSlips {
 public:
  void Add(const Side& left, const Side& right, const TableView& table) {
    AddPlaces(left, observation_.places);
    if (observation_.places.empty()) observation_.places.push_back(table.Place({}, "正文"));
    const std::string separator = observation_.value.empty() ? "" : "、";
    observation_.value += separator;
    observation_.value += left.facts.front()->as_written;
    observation_.expected += separator + FormatWanYuan(right.sum);
  }

  void Report(Findings& findings) {
    if (observation_.places.empty()) return;
    observation_.rule_id = "UNIT_ERROR";
    observation_.expected = "表内为 " + observation_.expected + "：正文的数值应以“元”为单位";
    observation_.difference = "1 万倍";
    findings.Add(std::move(observation_));
  }

 private:
  Observation observation_;
};

}  // namespace

bool Holds(const v1::Relation& relation, const Facts& facts) { return Shortfall(relation, facts).empty(); }

std::string Shortfall(const v1::Relation& relation, const Facts& facts) {
  const auto left = AddUp(relation.left(), facts);
  const auto right = AddUp(relation.right(), facts);
  if (!left || !right || Compares(relation, left->sum, right->sum)) return "";
  return fmt::format("{}仍差 {}", relation.left_title(),
                     Format(std::abs(left->sum - right->sum), *ScaleOfKey(relation.left(0).fact())));
}

std::vector<FailedRelation> CheckRelations(const ReportView& view, const TableView& table, Findings& findings) {
  std::vector<FailedRelation> failed;
  UnitSlips unit_slips;
  for (const v1::Relation& relation : view.rule_set.relations()) {
    const auto left = AddUp(relation.left(), table.facts);
    const auto right = AddUp(relation.right(), table.facts);
    if (!left || !right || Compares(relation, left->sum, right->sum)) continue;
    const FactScale scale = *ScaleOfKey(relation.left(0).fact());
    if (relation.rule_id() == "NARR_VS_TABLE" && scale == FactScale::kFen && left->facts.size() == 1 &&
        findings.Checks("UNIT_ERROR") && IsUnitSlip(left->sum, right->sum)) {
      unit_slips.Add(*left, *right, table);
      continue;
    }
    Observation observation{.rule_id = relation.rule_id(), .places = {}, .value = "", .expected = "", .difference = ""};
    AddPlaces(*left, observation.places);
    AddPlaces(*right, observation.places);
    // Reports filed without addresses still learn which relation failed.
    if (observation.places.empty()) observation.places.push_back(table.Place({}, relation.left_title()));
    observation.value = fmt::format("{} {}", relation.left_title(), Describe(*left, scale));
    observation.expected = fmt::format("{} {}", relation.right_title(), Describe(*right, scale));
    observation.difference = Format(left->sum - right->sum, scale);
    if (const v1::Finding* finding = findings.Add(std::move(observation))) {
      failed.push_back({&relation, finding->id()});
    }
  }
  unit_slips.Report(findings);
  return failed;
}

}  // namespace jixiao::scoring
