// Arithmetic between facts: the rule set's relations bound to the facts of one
// evaluation table, so that they can be tried with other figures.
#ifndef JIXIAO_SCORING_CORE_DIAGNOSIS_RELATIONS_H_
#define JIXIAO_SCORING_CORE_DIAGNOSIS_RELATIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "jixiao/scoring/v1/ruleset.pb.h"
#include "scoring/core/facts/facts.h"
#include "scoring/core/rules/relation_keys.h"

namespace jixiao::scoring {

// A relation with its facts as positions in Facts. Points into the rule set.
struct BoundRelation {
  const v1::Relation* relation = nullptr;
  int row = -1;  // for relations that come once per row
  FactIndexes left;
  FactIndexes right;
  int stated = -1;  // of a ratio
  int scale = -1;   // of a ratio that gives points
  // Blank cells that the relation requires: it says nothing until all are filled.
  FactIndexes missing;
  FactScale unit = FactScale::kFen;

  bool is_ratio() const { return stated >= 0; }
};

enum class Outcome {
  kHolds,
  kRounding,  // apart by no more than rounding
  kFails,
};

// What a relation compares.
struct Compared {
  Outcome outcome = Outcome::kHolds;
  bool is_judged = true;  // false: a quotient without meaning, nothing is compared
  int64_t filed = 0;      // left sum, or the stated figure
  int64_t expected = 0;   // right sum, or the recomputed figure
};

// All relations of `rule_set` that can be judged by `facts`: required facts are
// there, none is ambiguous or approximate. One per row for `for_each`. `keys` are
// those of `rule_set`.
std::vector<BoundRelation> BindRelations(const v1::RuleSet& rule_set, const RelationKeys& keys, const Facts& facts);

// Compares with `values` instead of what was filed.
Compared Compare(const BoundRelation& bound, const std::vector<int64_t>& values);

int64_t SumOf(const FactIndexes& positions, const std::vector<int64_t>& values);

// Every fact of `bound` once: the stated one, left, right, scale.
std::vector<int> FactsOf(const BoundRelation& bound);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_DIAGNOSIS_RELATIONS_H_
