#include "scoring/core/diagnosis/relations.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "common/base/text.h"
#include "common/domain/decimal.h"

namespace jixiao::scoring {
namespace {

constexpr int64_t kWhole = 1'000'000;

// Key of a term for one row: `table.fund_rows.{}.executed` and 2.
std::string KeyOf(const std::string& key, int row) {
  return row < 0 ? key : ReplaceAll(key, "{}", std::to_string(row));
}

// Binds one relation, for one row or for the table.
class Binder {
 public:
  Binder(const v1::Relation& relation, int row, const Facts& facts) : facts_(facts) {
    bound_.relation = &relation;
    bound_.row = row;
  }

  std::optional<BoundRelation> Bind() {
    const v1::Relation& relation = *bound_.relation;
    const bool can_judge = BindSide(relation.left(), bound_.left) && BindSide(relation.right(), bound_.right) &&
                           BindOne(relation.has_stated(), relation.stated(), bound_.stated) &&
                           BindOne(relation.has_scale(), relation.scale(), bound_.scale);
    if (!can_judge) return std::nullopt;
    const std::string& compared = relation.has_stated() ? relation.stated() : relation.left(0).fact();
    bound_.unit = ScaleOfKey(KeyOf(compared, bound_.row)).value_or(FactScale::kFen);
    return std::move(bound_);
  }

 private:
  bool BindSide(const google::protobuf::RepeatedPtrField<v1::Term>& terms, std::vector<int>& side) const {
    for (const v1::Term& term : terms) {
      const std::vector<int> found = facts_.IndexesOf(KeyOf(term.fact(), bound_.row));
      if (found.empty() && term.required()) return false;
      for (const int index : found) {
        if (!facts_.at(index).is_proof()) return false;
        side.push_back(index);
      }
    }
    return true;
  }

  bool BindOne(bool wanted, const std::string& key, int& index) const {
    if (!wanted) return true;
    index = facts_.IndexOf(KeyOf(key, bound_.row));
    return index >= 0 && facts_.at(index).is_proof();
  }

  const Facts& facts_;
  BoundRelation bound_;
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
    const std::vector<int> rows = relation.has_for_each() ? facts.NumbersOf(relation.for_each()) : std::vector<int>{-1};
    for (const int row : rows) {
      if (auto bound = Binder(relation, row, facts).Bind()) all.push_back(*std::move(bound));
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
