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
// A repair that turns a figure below zero, or takes a score out of what its row's
// evidence supports, is suspect; units do give such scores now and then.
constexpr Bits kAgainstEvidence = 50;

}  // namespace

Ledger::Ledger(const Facts& facts, std::vector<BoundRelation> relations, std::vector<int64_t> values)
    : facts_(facts), relations_(std::move(relations)), values_(std::move(values)) {
  const auto size = static_cast<size_t>(facts_.size());
  values_.resize(size, 0);
  relations_of_.resize(size);
  scales_.resize(size, FactScale::kFen);
  written_.resize(size);
  is_read_.resize(size, 0);
  is_blank_.resize(size, 0);
  is_unknown_.resize(size, 0);
  for (size_t fact = 0; fact < size; ++fact) {
    scales_[fact] = ScaleOf(facts_.KeyOf(static_cast<int>(fact)));
    is_blank_[fact] = facts_.at(static_cast<int>(fact)).is_blank ? 1 : 0;
  }
  for (size_t r = 0; r < relations_.size(); ++r) {
    for (const int fact : FactsOf(relations_[r]))
      relations_of_[static_cast<size_t>(fact)].push_back(static_cast<int>(r));
    fails_.push_back(FailsNow(static_cast<int>(r)) ? 1 : 0);
  }
  steps_ = 0;
  for (size_t r = 0; r < relations_.size(); ++r) weights_.push_back(WeightOf(static_cast<int>(r)));
}

void Ledger::Support(int fact, int64_t low, int64_t high) { supported_[fact] = {low, high}; }

Bits Ledger::AgainstEvidence(const std::vector<Change>& changes) const {
  Bits against = 0;
  for (const Change& change : changes) {
    if (change.to == kUnknown) continue;
    // Nothing filed here is ever below zero.
    const bool is_negative = value(change.fact) < 0;
    if (is_negative != (change.to < 0)) against += is_negative ? -kAgainstEvidence : kAgainstEvidence;
    const auto it = supported_.find(change.fact);
    if (it == supported_.end()) continue;
    const bool holds_now = it->second.Holds(value(change.fact));
    const bool holds_then = it->second.Holds(change.to);
    if (holds_now != holds_then) against += holds_now ? kAgainstEvidence : -kAgainstEvidence;
  }
  return against;
}

bool Ledger::IsSilent(int relation) const {
  const BoundRelation& bound = relations_[static_cast<size_t>(relation)];
  for (const int fact : bound.missing) {
    if (is_blank_[static_cast<size_t>(fact)] != 0) return true;
  }
  for (const int fact : FactsOf(bound)) {
    if (is_unknown_[static_cast<size_t>(fact)] != 0) return true;
  }
  return false;
}

// Writes `changes`, and returns what takes them back.
std::vector<Change> Ledger::Put(const std::vector<Change>& changes) {
  // A blank cell is filled with a figure and taken back with an unknown one.
  std::vector<Change> back = Undoing(changes);
  for (const Change& change : changes) {
    const auto fact = static_cast<size_t>(change.fact);
    if (change.to == kUnknown) {
      if (facts_.at(change.fact).is_blank) {
        is_blank_[fact] = 1;
        values_[fact] = 0;
      } else {
        is_unknown_[fact] = 1;
      }
      continue;
    }
    is_blank_[fact] = 0;
    is_unknown_[fact] = 0;
    values_[fact] = change.to;
  }
  return back;
}

bool Ledger::FailsNow(int relation) {
  ++steps_;
  return !IsSilent(relation) && Compare(relations_[static_cast<size_t>(relation)], values_).outcome == Outcome::kFails;
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

std::optional<int64_t> Ledger::Solve(int relation, int fact, const std::vector<Change>& changes) {
  const BoundRelation& bound = relations_[static_cast<size_t>(relation)];
  if (bound.relation->comparison() != v1::COMPARISON_EQUAL) return std::nullopt;
  const bool is_left = std::find(bound.left.begin(), bound.left.end(), fact) != bound.left.end();
  ++steps_;
  std::vector<Change> with = changes;
  with.push_back({fact, 0});
  const std::vector<Change> back = Put(with);
  const bool is_silent = IsSilent(relation);
  const int64_t apart = SumOf(bound.right, values_) - SumOf(bound.left, values_);
  for (auto change = back.rbegin(); change != back.rend(); ++change) Put({*change});
  if (is_silent) return std::nullopt;
  return is_left ? apart : -apart;
}

Outcome Ledger::OutcomeAfter(int relation, const std::vector<Change>& changes) {
  ++steps_;
  const std::vector<Change> back = Put(changes);
  const Compared compared = Compare(relations_[static_cast<size_t>(relation)], values_);
  const bool is_silent = IsSilent(relation);
  Put(back);
  return is_silent || !compared.is_judged ? Outcome::kFails : compared.outcome;
}

bool Ledger::WouldHold(int relation, const std::vector<Change>& changes) {
  return OutcomeAfter(relation, changes) != Outcome::kFails;
}

Effect Ledger::Try(const std::vector<Change>& changes) {
  std::vector<int> touched;
  std::vector<int> silent;
  for (const Change& change : changes) {
    const auto& relations = RelationsOf(change.fact);
    touched.insert(touched.end(), relations.begin(), relations.end());
  }
  std::sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  for (const int relation : touched) {
    if (IsSilent(relation)) silent.push_back(relation);
  }
  const std::vector<Change> back = Put(changes);
  Effect effect;
  for (const int relation : touched)
    Weigh(relation, std::binary_search(silent.begin(), silent.end(), relation), effect);
  Put(back);
  return effect;
}

void Ledger::Weigh(int relation, bool was_silent, Effect& effect) {
  ++steps_;
  if (IsSilent(relation)) return;
  const BoundRelation& bound = relations_[static_cast<size_t>(relation)];
  const Compared compared = Compare(bound, values_);
  const bool holds = compared.outcome != Outcome::kFails;
  const Bits weight = weights_[static_cast<size_t>(relation)];
  if (was_silent) {
    // It speaks only since a blank was filled: half a witness.
    effect.gain += holds ? weight / 2 : -weight;
    if (!holds) effect.broken.push_back(relation);
  } else if (Fails(relation) && holds && compared.is_judged) {
    effect.healed.push_back(relation);
    effect.gain += compared.outcome == Outcome::kRounding ? std::max(weight - kRounding, 0) : weight;
  } else if (!Fails(relation) && !holds) {
    effect.broken.push_back(relation);
    effect.gain -= bound.relation->comparison() == v1::COMPARISON_AT_MOST ? kBoundBroken : weight;
  }
}

std::vector<Change> Ledger::Undoing(const std::vector<Change>& changes) const {
  std::vector<Change> back;
  for (const Change& change : changes) {
    const auto fact = static_cast<size_t>(change.fact);
    back.push_back({change.fact, is_blank_[fact] != 0 || is_unknown_[fact] != 0 ? kUnknown : values_[fact]});
  }
  return back;
}

void Ledger::Apply(const std::vector<Change>& changes) {
  Put(changes);
  for (const Change& change : changes) {
    for (const int relation : RelationsOf(change.fact)) {
      fails_[static_cast<size_t>(relation)] = FailsNow(relation) ? 1 : 0;
    }
  }
}

const WrittenFigure& Ledger::Written(int fact) {
  const auto i = static_cast<size_t>(fact);
  if (is_read_[i] == 0) {
    if (!habits_) habits_.emplace(facts_);
    written_[i] = ReadFigure(facts_.at(fact), scales_[i]);
    if (scales_[i] == FactScale::kFen) habits_->Tell(facts_.at(fact), written_[i]);
    is_read_[i] = 1;
  }
  return written_[i];
}

}  // namespace jixiao::scoring
