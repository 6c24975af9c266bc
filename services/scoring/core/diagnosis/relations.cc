#include "scoring/core/diagnosis/relations.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "common/base/log.h"
#include "common/domain/decimal.h"

namespace jixiao::scoring {
namespace {

constexpr int64_t kWhole = 1'000'000;

// A relation with its keys, to be bound for one row after the other.
class Binder {
 public:
  Binder(const v1::Relation& relation, const KeysOfRelation& keys, const Facts& facts)
      : relation_(relation), keys_(keys), facts_(facts) {}

  // Puts the bound relation into `bound`, which is new; false if it cannot be judged.
  bool Bind(int row, BoundRelation& bound) const {
    bound.relation = &relation_;
    bound.row = row;
    bound.unit = keys_.unit;
    return BindOne(keys_.stated, row, bound.stated) && BindOne(keys_.scale, row, bound.scale) &&
           BindSide(relation_.left(), keys_.left, bound, bound.left) &&
           BindSide(relation_.right(), keys_.right, bound, bound.right);
  }

 private:
  using Terms = google::protobuf::RepeatedPtrField<v1::Term>;

  bool BindSide(const Terms& terms, const std::vector<KeyPattern>& keys, BoundRelation& bound,
                FactIndexes& side) const {
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
        bound.missing.insert(bound.missing.end(), side.begin() + before, side.end());
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
  const KeysOfRelation& keys_;
  const Facts& facts_;
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

std::vector<BoundRelation> BindRelations(const v1::RuleSet& rule_set, const RelationKeys& keys, const Facts& facts) {
  JIXIAO_CHECK(keys.size() == static_cast<size_t>(rule_set.relations_size()));
  std::vector<BoundRelation> all;
  all.reserve(keys.size());
  const auto bind = [&](const Binder& binder, int row) {
    if (!binder.Bind(row, all.emplace_back())) all.pop_back();
  };
  for (size_t i = 0; i < keys.size(); ++i) {
    const Binder binder(rule_set.relations(static_cast<int>(i)), keys[i], facts);
    if (!keys[i].for_each) {
      bind(binder, -1);
      continue;
    }
    for (const int row : facts.NumbersOf(*keys[i].for_each)) bind(binder, row);
  }
  return all;
}

int64_t SumOf(const FactIndexes& positions, const std::vector<int64_t>& values) {
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
