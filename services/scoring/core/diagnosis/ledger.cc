#include "scoring/core/diagnosis/ledger.h"

#include <algorithm>
#include <cstdlib>

namespace jixiao::scoring {
namespace {

constexpr Bits kLeastWeight = 50;
constexpr Bits kMostRatio = 100;
// Units round scores as they like: that one fails or holds says less.
constexpr Bits kMostExplainable = 40;
// Overspending happens; a repair that causes it is suspect all the same.
constexpr Bits kBoundHealed = 20;
constexpr Bits kBoundBroken = 60;
// Apart by rounding is nearly as good as equal.
constexpr Bits kRounding = 20;

}  // namespace

Ledger::Ledger(const RelationReview& review, const TableView& table)
    : facts_(table.facts), relations_(review.bound), values_(review.values) {
  const auto size = static_cast<size_t>(facts_.size());
  relations_of_.resize(size);
  scales_.resize(size, FactScale::kFen);
  written_.resize(size);
  is_read_.resize(size, 0);
  for (size_t r = 0; r < relations_.size(); ++r) {
    for (const int fact : FactsOf(relations_[r])) {
      relations_of_[static_cast<size_t>(fact)].push_back(static_cast<int>(r));
      scales_[static_cast<size_t>(fact)] = ScaleOf(facts_.KeyOf(fact));
    }
    fails_.push_back(FailsNow(static_cast<int>(r)) ? 1 : 0);
  }
  steps_ = 0;
  for (size_t r = 0; r < relations_.size(); ++r) weights_.push_back(WeightOf(static_cast<int>(r)));
}

bool Ledger::FailsNow(int relation) {
  ++steps_;
  return Compare(relations_[static_cast<size_t>(relation)], values_).outcome == Outcome::kFails;
}

Bits Ledger::WeightOf(int relation) {
  const BoundRelation& bound = relations_[static_cast<size_t>(relation)];
  if (bound.relation->comparison() == v1::COMPARISON_AT_MOST) return kBoundHealed;
  const Compared compared = Compare(bound, values_);
  const int like = bound.is_ratio() ? bound.stated : bound.left.front();
  const int64_t larger = std::max(std::abs(compared.filed), std::abs(compared.expected));
  const Bits bits = std::max(BitsOfFigure(larger, Written(like)), kLeastWeight);
  if (bound.scale >= 0) return std::min(bits, kMostExplainable);
  return bound.is_ratio() ? std::min(bits, kMostRatio) : bits;
}

std::vector<int> Ledger::Failing() const {
  std::vector<int> failing;
  for (size_t r = 0; r < fails_.size(); ++r) {
    if (fails_[r] != 0) failing.push_back(static_cast<int>(r));
  }
  return failing;
}

bool Ledger::WouldHold(int relation, const std::vector<Change>& changes) {
  ++steps_;
  std::vector<Change> back;
  back.reserve(changes.size());
  for (const Change& change : changes) {
    back.push_back({change.fact, values_[static_cast<size_t>(change.fact)]});
    values_[static_cast<size_t>(change.fact)] = change.to;
  }
  const Compared compared = Compare(relations_[static_cast<size_t>(relation)], values_);
  for (const Change& change : back) values_[static_cast<size_t>(change.fact)] = change.to;
  return compared.is_judged && compared.outcome != Outcome::kFails;
}

Effect Ledger::Try(const std::vector<Change>& changes) {
  std::vector<int> touched;
  std::vector<Change> back;
  for (const Change& change : changes) {
    back.push_back({change.fact, values_[static_cast<size_t>(change.fact)]});
    const auto& relations = RelationsOf(change.fact);
    touched.insert(touched.end(), relations.begin(), relations.end());
  }
  std::sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  for (const Change& change : changes) values_[static_cast<size_t>(change.fact)] = change.to;
  Effect effect;
  for (const int relation : touched) {
    ++steps_;
    const BoundRelation& bound = relations_[static_cast<size_t>(relation)];
    const Compared compared = Compare(bound, values_);
    const bool holds = compared.outcome != Outcome::kFails;
    const bool is_bound = bound.relation->comparison() == v1::COMPARISON_AT_MOST;
    const Bits weight = weights_[static_cast<size_t>(relation)];
    if (Fails(relation) && holds && compared.is_judged) {
      effect.healed.push_back(relation);
      effect.gain += compared.outcome == Outcome::kRounding ? std::max(weight - kRounding, 0) : weight;
    } else if (!Fails(relation) && !holds) {
      effect.broken.push_back(relation);
      effect.gain -= is_bound ? kBoundBroken : weight;
    }
  }
  for (const Change& change : back) values_[static_cast<size_t>(change.fact)] = change.to;
  return effect;
}

void Ledger::Apply(const std::vector<Change>& changes) {
  for (const Change& change : changes) values_[static_cast<size_t>(change.fact)] = change.to;
  for (const Change& change : changes) {
    for (const int relation : RelationsOf(change.fact)) {
      fails_[static_cast<size_t>(relation)] = FailsNow(relation) ? 1 : 0;
    }
  }
}

const WrittenFigure& Ledger::Written(int fact) {
  const auto i = static_cast<size_t>(fact);
  if (is_read_[i] == 0) {
    written_[i] = ReadFigure(facts_.at(fact), scales_[i]);
    is_read_[i] = 1;
  }
  return written_[i];
}

}  // namespace jixiao::scoring
