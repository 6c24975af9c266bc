#include "scoring/core/diagnosis/relations.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "common/domain/decimal.h"

namespace jixiao::scoring {
namespace {

constexpr int64_t kWhole = 1'000'000;

// A relation whose keys are looked up, to be bound for one row after the other.
class Binder {
 public:
  Binder(const v1::Relation& relation, const Facts& facts) : relation_(relation), facts_(facts) {
    for (const v1::Term& term : relation.left()) left_.push_back(FindKeys(term.fact()));
    for (const v1::Term& term : relation.right()) right_.push_back(FindKeys(term.fact()));
    if (relation.has_stated()) stated_ = FindKeys(relation.stated());
    if (relation.has_scale()) scale_ = FindKeys(relation.scale());
    const KeyPattern& compared = stated_ ? *stated_ : left_.front();
    if (!compared.families->empty()) unit_ = ScaleOf({compared.families->front(), 0});
  }

  std::optional<BoundRelation> Bind(int row) const {
    BoundRelation bound;
    bound.relation = &relation_;
    bound.row = row;
    bound.unit = unit_;
    const bool can_judge = BindOne(stated_, row, bound.stated) && BindOne(scale_, row, bound.scale) &&
                           BindSide(relation_.left(), left_, bound, bound.left) &&
                           BindSide(relation_.right(), right_, bound, bound.right);
    if (!can_judge) return std::nullopt;
    return bound;
  }

 private:
  using Terms = google::protobuf::RepeatedPtrField<v1::Term>;

  bool BindSide(const Terms& terms, const std::vector<KeyPattern>& keys, BoundRelation& bound,
                std::vector<int>& side) const {
    bool is_any_filled = false;
    for (size_t i = 0; i < keys.size(); ++i) {
      const size_t before = side.size();
      facts_.AppendIndexesOf(keys[i].AtRow(bound.row), side);
      const bool is_required = terms[static_cast<int>(i)].required();
      if (side.size() == before && is_required) return false;
      bool has_figure = false;
      for (size_t k = before; k < side.size(); ++k) {
        const Fact& fact = facts_.at(side[k]);
        if (!fact.is_proof()) return false;
        has_figure |= !fact.is_blank;
      }
      is_any_filled |= has_figure;
      if (!has_figure && is_required) {
        bound.missing.insert(bound.missing.end(), side.begin() + static_cast<std::ptrdiff_t>(before), side.end());
      }
    }
    // Nothing filled in is nothing to compare.
    if (!is_any_filled) bound.missing.insert(bound.missing.end(), side.begin(), side.end());
    return !side.empty();
  }

  bool BindOne(const std::optional<KeyPattern>& key, int row, int& index) const {
    if (!key) return true;
    index = facts_.IndexOf(key->AtRow(row));
    return index >= 0 && facts_.at(index).is_proof() && !facts_.at(index).is_blank;
  }

  const v1::Relation& relation_;
  const Facts& facts_;
  std::vector<KeyPattern> left_;
  std::vector<KeyPattern> right_;
  std::optional<KeyPattern> stated_;
  std::optional<KeyPattern> scale_;
  FactScale unit_ = FactScale::kFen;
};

// The quotient in the scale of the stated figure; empty if it has no meaning.
std::optional<int64_t> Quotient(const BoundRelation& bound, const std::vector<int64_t>& values) {
  const v1::Relation& relation = *bound.relation;
  const int64_t part = SumOf(bound.left, values);
  const int64_t whole = SumOf(bound.right, values);
  if (whole <= 0) return std::nullopt;
  // Far outside any real rate; a saturated quotient must not be compared.
  if (std::abs(part) / whole > kWhole) return std::nullopt;
  const int64_t factor = bound.scale >= 0 ? values[static_cast<size_t>(bound.scale)] : kWhole;
  const int64_t step = relation.rounding_step();
  const int64_t quotient = MulDivToStep(factor, part, whole, step);
  if (!relation.has_cap_ppm()) return quotient;
  return std::clamp<int64_t>(quotient, 0, std::max<int64_t>(MulDiv(factor, relation.cap_ppm(), kWhole), 0));
}

}  // namespace

std::vector<BoundRelation> BindRelations(const v1::RuleSet& rule_set, const Facts& facts) {
  std::vector<BoundRelation> all;
  all.reserve(static_cast<size_t>(rule_set.relations_size()));
  for (const v1::Relation& relation : rule_set.relations()) {
    const Binder binder(relation, facts);
    const std::vector<int> rows = relation.has_for_each() ? facts.NumbersOf(relation.for_each()) : std::vector<int>{-1};
    for (const int row : rows) {
      if (auto bound = binder.Bind(row)) all.push_back(*std::move(bound));
    }
  }
  return all;
}

std::vector<int64_t> ValuesOf(const Facts& facts) {
  std::vector<int64_t> values;
  values.reserve(static_cast<size_t>(facts.size()));
  for (int i = 0; i < facts.size(); ++i) values.push_back(facts.at(i).value);
  return values;
}

int64_t SumOf(const std::vector<int>& positions, const std::vector<int64_t>& values) {
  int64_t sum = 0;
  for (const int position : positions) sum += values[static_cast<size_t>(position)];
  return sum;
}

Compared Compare(const BoundRelation& bound, const std::vector<int64_t>& values) {
  const v1::Relation& relation = *bound.relation;
  Compared compared;
  if (bound.is_ratio()) {
    const auto quotient = Quotient(bound, values);
    compared.is_judged = quotient.has_value();
    if (!quotient) return compared;
    compared.filed = values[static_cast<size_t>(bound.stated)];
    compared.expected = *quotient;
  } else {
    compared.filed = SumOf(bound.left, values);
    compared.expected = SumOf(bound.right, values);
  }
  const int64_t apart = relation.comparison() == v1::COMPARISON_AT_MOST ? compared.filed - compared.expected
                                                                        : std::abs(compared.filed - compared.expected);
  compared.outcome = apart <= relation.tolerance()            ? Outcome::kHolds
                     : apart <= relation.rounding_tolerance() ? Outcome::kRounding
                                                              : Outcome::kFails;
  return compared;
}

std::vector<int> FactsOf(const BoundRelation& bound) {
  std::vector<int> all;
  const auto add = [&](int index) {
    if (index >= 0 && std::find(all.begin(), all.end(), index) == all.end()) all.push_back(index);
  };
  add(bound.stated);
  for (const int index : bound.left) add(index);
  for (const int index : bound.right) add(index);
  add(bound.scale);
  return all;
}

}  // namespace jixiao::scoring
