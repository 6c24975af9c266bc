// The figures of one table with the relations between them, for trying repairs:
// changing a figure compares again only the relations it is in.
#ifndef JIXIAO_SCORING_CORE_DIAGNOSIS_LEDGER_H_
#define JIXIAO_SCORING_CORE_DIAGNOSIS_LEDGER_H_

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "jixiao/scoring/v1/scorecard.pb.h"
#include "scoring/core/diagnosis/habits.h"
#include "scoring/core/diagnosis/relations.h"
#include "scoring/core/diagnosis/slips.h"
#include "scoring/core/view/report_view.h"

namespace jixiao::scoring {

// Nothing in the report tells what was meant.
inline constexpr int64_t kUnknown = INT64_MIN;

// One figure to write instead.
struct Change {
  int fact = 0;
  int64_t to = 0;

  friend auto operator<=>(const Change&, const Change&) = default;
};

// What changing figures does to the relations.
struct Effect {
  std::vector<int> healed;  // relations, ascending
  std::vector<int> broken;
  Bits gain = 0;  // what the healed ones say for it, less what the broken ones say against it
};

// Relation comparisons that one search may make. Steps and not time: the same
// report is searched equally far on every machine.
inline constexpr int kMostSteps = 20'000;

// Starts with the figures as filed.
class Ledger {
 public:
  // `relations` are those of `facts`, which outlives this; `values` may put
  // some of its figures right.
  Ledger(const Facts& facts, std::vector<BoundRelation> relations, std::vector<int64_t> values);

  const Facts& facts() const { return facts_; }
  const std::vector<BoundRelation>& relations() const { return relations_; }
  const BoundRelation& relation(int index) const { return relations_[static_cast<size_t>(index)]; }
  const std::vector<int64_t>& values() const { return values_; }
  int64_t value(int fact) const { return values_[static_cast<size_t>(fact)]; }
  // Wrong, and nothing tells what was meant.
  bool IsUnknown(int fact) const { return is_unknown_[static_cast<size_t>(fact)] != 0; }

  // Relations that fail with the present figures, ascending.
  std::vector<int> Failing() const;
  bool Fails(int relation) const { return fails_[static_cast<size_t>(relation)]; }
  Compared CompareNow(int relation) const { return Compare(relations_[static_cast<size_t>(relation)], values_); }

  // Relations that `fact` is in, ascending.
  const std::vector<int>& RelationsOf(int fact) const { return relations_of_[static_cast<size_t>(fact)]; }

  // What `fact` would have to be for `relation`, an equation, to hold after
  // `changes`; one step. Empty for other relations and for ambiguous places.
  std::optional<int64_t> Solve(int relation, int fact, const std::vector<Change>& changes);

  // What comparing `relation` would give after `changes`; one step. A relation
  // that then says nothing fails.
  Outcome OutcomeAfter(int relation, const std::vector<Change>& changes);

  // True if `relation` would hold after `changes`, up to rounding; one step.
  bool WouldHold(int relation, const std::vector<Change>& changes);

  // What `changes` would do; a step for every relation touched.
  Effect Try(const std::vector<Change>& changes);

  // What takes `changes` back, were they made now.
  std::vector<Change> Undoing(const std::vector<Change>& changes) const;

  // Makes `changes` for good, or takes them back.
  void Apply(const std::vector<Change>& changes);

  // What the evidence supports for a score, from `low` to `high`.
  void Support(int fact, int64_t low, int64_t high);

  // What the evidence says against `changes`: it supports a score no longer.
  // Negative if it supports one only then.
  Bits AgainstEvidence(const std::vector<Change>& changes) const;

  // How a figure is written.
  const WrittenFigure& Written(int fact);
  FactScale ScaleOfFact(int fact) const { return scales_[static_cast<size_t>(fact)]; }

  bool IsCutShort() const { return steps_ >= kMostSteps; }
  int steps() const { return steps_; }

 private:
  // True if `relation` says nothing because of a blank or unknown figure.
  bool IsSilent(int relation) const;
  std::vector<Change> Put(const std::vector<Change>& changes);
  void Weigh(int relation, bool was_silent, Effect& effect);

  // Bits that a relation says when it holds by more than chance.
  Bits WeightOf(int relation);
  bool FailsNow(int relation);

  struct Interval {
    int64_t low = 0;
    int64_t high = 0;
    bool Holds(int64_t value) const { return value >= low && value <= high; }
  };

  const Facts& facts_;
  std::vector<BoundRelation> relations_;
  std::map<int, Interval> supported_;  // by fact
  std::vector<int64_t> values_;
  std::vector<char> is_blank_;    // by fact: blank, and not filled yet
  std::vector<char> is_unknown_;  // by fact: wrong, and nothing tells what was meant
  std::vector<char> fails_;
  std::vector<Bits> weights_;
  std::vector<std::vector<int>> relations_of_;
  std::vector<FactScale> scales_;
  std::optional<Habits> habits_;  // once a figure is read
  std::vector<WrittenFigure> written_;
  std::vector<char> is_read_;
  int steps_ = 0;
};

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_DIAGNOSIS_LEDGER_H_
