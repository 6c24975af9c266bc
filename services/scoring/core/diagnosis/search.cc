#include "scoring/core/diagnosis/search.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "scoring/core/diagnosis/likeness.h"

namespace jixiao::scoring {
namespace {

// A slip is believed if it explains this much more than chance.
constexpr Bits kSupported = 15;
// Ahead of the next by this much: likely. By less than the second: a tie.
constexpr Bits kClear = 40;
constexpr Bits kTie = 15;
constexpr int kMostSlips = 12;
constexpr size_t kMostFirsts = 5;
constexpr Bits kWorthPairing = 150;
constexpr size_t kMostShown = 3;

bool Shares(const std::vector<int>& a, const std::vector<int>& b) {
  return std::any_of(a.begin(), a.end(), [&](int x) { return std::binary_search(b.begin(), b.end(), x); });
}

class Search {
 public:
  Search(Ledger& ledger, const Grids& grids) : ledger_(ledger), grids_(grids) {}

  Diagnosis Run() {
    while (diagnosis_.slips.size() < kMostSlips && !ledger_.IsCutShort() && FindOne()) {
    }
    AddHints();
    diagnosis_.is_cut_short = ledger_.IsCutShort();
    return std::move(diagnosis_);
  }

 private:
  // Everything worth a try for `failing`, best first; equal ones in an order
  // that does not depend on where rows stand.
  std::vector<Candidate> CandidatesFor(const std::vector<int>& failing) {
    std::map<std::vector<Change>, Repair> repairs;
    for (const int relation : failing) {
      if (ledger_.IsCutShort()) break;
      for (Repair& repair : RepairsOf(relation, ledger_, grids_)) {
        const auto [it, is_new] = repairs.try_emplace(repair.changes, repair);
        if (!is_new && repair.cost < it->second.cost) it->second = std::move(repair);
      }
    }
    std::vector<Candidate> candidates;
    for (auto& [changes, repair] : repairs) {
      repair.cost += ledger_.AgainstEvidence(changes) + AgainstLikeness(changes, ledger_, grids_);
      Candidate candidate{std::move(repair), ledger_.Try(changes)};
      candidates.push_back(std::move(candidate));
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [&](const Candidate& a, const Candidate& b) { return IsBetter(a, b); });
    return candidates;
  }

  bool IsBetter(const Candidate& a, const Candidate& b) const {
    if (a.score() != b.score()) return a.score() > b.score();
    if (a.repair.cost != b.repair.cost) return a.repair.cost < b.repair.cost;
    if (a.repair.cause != b.repair.cause) return a.repair.cause < b.repair.cause;
    return SpellingOf(a) < SpellingOf(b);
  }

  // The changes in a form that stays the same when rows change places.
  std::vector<std::pair<std::string, int64_t>> SpellingOf(const Candidate& candidate) const {
    std::vector<std::pair<std::string, int64_t>> spelling;
    for (const Change& change : candidate.repair.changes) {
      const Fact& fact = ledger_.facts().at(change.fact);
      spelling.emplace_back(fact.address().label() + std::string(fact.as_written), change.to);
    }
    std::sort(spelling.begin(), spelling.end());
    return spelling;
  }

  // Finds the best explanation of what still fails and mends it.
  bool FindOne() {
    const std::vector<int> failing = ledger_.Failing();
    if (failing.empty()) return false;
    const std::vector<Candidate> candidates = CandidatesFor(failing);
    if (candidates.empty()) return false;
    const std::optional<Plan> plan = BestPlan(candidates, failing);
    if (!plan || IsOneOfMany(candidates, plan->first)) return false;
    Accept(candidates, plan->first);
    if (!plan->needs_second) return true;
    // The second of a pair is found again, with the first one mended.
    const std::vector<Candidate> seconds = CandidatesFor(ledger_.Failing());
    for (size_t i = 0; i < seconds.size(); ++i) {
      if (seconds[i].repair.changes != plan->second) continue;
      Accept(seconds, i);
      break;
    }
    return true;
  }

  // Only one relation speaks for it, and as much for other parts of the sum.
  bool IsOneOfMany(const std::vector<Candidate>& candidates, size_t chosen) {
    FoundSlip slip;
    slip.best = candidates[chosen];
    if (slip.best.effect.healed.size() != 1 || IsFitForHint(slip.best, slip.best.effect.healed.front())) return false;
    Rank(candidates, chosen, kClear, slip);
    if (slip.likelihood != v1::LIKELIHOOD_TIED) return false;
    // A slip of the pen in an amount points at its figure: two or three such are
    // worth a look. Points are small numbers, and anything explains them.
    const bool is_money = ledger_.ScaleOfFact(slip.best.repair.changes.front().fact) == FactScale::kFen;
    return !is_money || slip.best.repair.is_plain || slip.others.empty();
  }

  struct Plan {
    size_t first = 0;
    std::vector<Change> second;
    Bits score = 0;
    bool needs_second = false;
  };

  // One slip, or two where the first makes sense only with the second.
  std::optional<Plan> BestPlan(const std::vector<Candidate>& candidates, const std::vector<int>& failing) {
    const Candidate& top = candidates.front();
    if (top.score() >= kSupported && top.effect.healed.size() == failing.size()) return Plan{0, {}, top.score(), false};
    std::optional<Plan> best;
    for (size_t i = 0; i < candidates.size() && i < kMostFirsts && !ledger_.IsCutShort(); ++i) {
      const Candidate& first = candidates[i];
      if (first.score() < top.score() - kWorthPairing) break;
      Plan plan{i, {}, first.score(), false};
      if (const auto second = BestSecond(first, failing)) {
        plan.score += second->score();
        plan.second = second->repair.changes;
        plan.needs_second = first.score() < kSupported;
      }
      if (first.score() < kSupported && (!plan.needs_second || plan.score < 2 * kSupported)) continue;
      if (!best || plan.score > best->score) best = std::move(plan);
    }
    return best;
  }

  // Best repair of what `first` leaves or breaks, if it is one.
  std::optional<Candidate> BestSecond(const Candidate& first, const std::vector<int>& failing) {
    const std::vector<Change> back = ledger_.Undoing(first.repair.changes);
    std::set<int> near;
    for (const Change& change : first.repair.changes) {
      for (const int relation : ledger_.RelationsOf(change.fact)) near.insert(relation);
    }
    ledger_.Apply(first.repair.changes);
    std::vector<int> left;
    for (const int relation : ledger_.Failing()) {
      const bool was_failing = std::binary_search(failing.begin(), failing.end(), relation);
      if (!was_failing || near.contains(relation)) left.push_back(relation);
    }
    std::optional<Candidate> best;
    if (!left.empty()) {
      std::vector<Candidate> seconds = CandidatesFor(left);
      for (Candidate& second : seconds) {
        if (second.score() <= 0) break;
        if (second.repair.changes == back) continue;
        best = std::move(second);
        break;
      }
    }
    ledger_.Apply(back);
    return best;
  }

  void Accept(const std::vector<Candidate>& candidates, size_t chosen) {
    FoundSlip slip;
    slip.best = candidates[chosen];
    Rank(candidates, chosen, kClear, slip);
    ledger_.Apply(slip.best.repair.changes);
    diagnosis_.slips.push_back(std::move(slip));
  }

  // Compares the chosen one with others that explain some of the same.
  void Rank(const std::vector<Candidate>& candidates, size_t chosen, Bits clear, FoundSlip& slip) {
    size_t ties = 0;
    slip.likelihood = v1::LIKELIHOOD_HIGH;
    for (size_t i = 0; i < candidates.size(); ++i) {
      const Candidate& other = candidates[i];
      const Bits behind = slip.best.score() - other.score();
      if (i == chosen || behind >= clear || !Shares(other.effect.healed, slip.best.effect.healed)) continue;
      if (behind < kTie) ++ties;
      if (slip.likelihood == v1::LIKELIHOOD_HIGH) slip.likelihood = v1::LIKELIHOOD_MEDIUM;
      if (behind < kTie) slip.likelihood = v1::LIKELIHOOD_TIED;
      slip.others.push_back(other);
    }
    // A tie is shown whole or, if it is too wide, not at all; else only the
    // runner-up is worth a line.
    if (ties + 1 > kMostShown) {
      slip.others.clear();
      return;
    }
    slip.others.resize(std::min(slip.others.size(), std::max<size_t>(ties, 1)));
    // One relation alone cannot make a figure likely that nothing else suggests.
    if (slip.best.repair.is_plain && slip.best.effect.healed.size() == 1) {
      slip.likelihood = std::max(slip.likelihood, v1::LIKELIHOOD_MEDIUM);
    }
  }

  // One of many parts is as likely as any other: nothing to point at.
  bool IsFitForHint(const Candidate& candidate, int relation) const {
    const BoundRelation& bound = ledger_.relation(relation);
    if (candidate.repair.changes.size() != 1) return false;
    const int fact = candidate.repair.changes.front().fact;
    if (fact == bound.stated) return true;
    for (const auto* side : {&bound.left, &bound.right}) {
      if (std::find(side->begin(), side->end(), fact) != side->end()) return side->size() <= kMostShown;
    }
    return false;
  }

  // True if the repair breaks little else. A score that was computed wrongly was
  // added up wrongly, too.
  bool IsHarmless(const Candidate& candidate, int relation) const {
    return candidate.repair.changes.front().fact == ledger_.relation(relation).stated ||
           candidate.effect.broken.empty() || candidate.score() > -kClear;
  }

  // What no slip explains: the relation alone says where to look.
  void AddHints() {
    std::set<int> explained;
    for (const int relation : ledger_.Failing()) {
      if (explained.contains(relation) || ledger_.IsCutShort()) continue;
      std::vector<Candidate> candidates = CandidatesFor({relation});
      std::erase_if(candidates, [&](const Candidate& candidate) {
        return !IsFitForHint(candidate, relation) || !IsHarmless(candidate, relation);
      });
      if (candidates.empty()) continue;
      FoundSlip hint;
      hint.best = candidates.front();
      Rank(candidates, 0, 2 * kTie, hint);
      const bool is_lost_tie = hint.likelihood == v1::LIKELIHOOD_TIED && hint.others.empty();
      if (is_lost_tie) continue;
      if (hint.likelihood == v1::LIKELIHOOD_HIGH) hint.likelihood = v1::LIKELIHOOD_MEDIUM;
      explained.insert(hint.best.effect.healed.begin(), hint.best.effect.healed.end());
      diagnosis_.hints.push_back(std::move(hint));
    }
  }

  Ledger& ledger_;
  const Grids& grids_;
  Diagnosis diagnosis_;
};

}  // namespace

Diagnosis SearchSlips(Ledger& ledger, const Grids& grids) { return Search(ledger, grids).Run(); }

}  // namespace jixiao::scoring
