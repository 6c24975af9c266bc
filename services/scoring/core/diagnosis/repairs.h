// Thinks of slips that could have made a relation fail, each with what to write
// instead.
#ifndef JIXIAO_SCORING_CORE_DIAGNOSIS_REPAIRS_H_
#define JIXIAO_SCORING_CORE_DIAGNOSIS_REPAIRS_H_

#include <vector>

#include "scoring/core/diagnosis/grid.h"
#include "scoring/core/diagnosis/ledger.h"

namespace jixiao::scoring {

// One slip undone.
struct Repair {
  v1::Cause cause = v1::CAUSE_UNSPECIFIED;
  Bits cost = 0;
  std::vector<Change> changes;  // by fact, each once
  // Nothing about the figures themselves suggests it: the cell takes the value
  // that the relation asks for.
  bool is_plain = false;
  // The fact that was copied, or that a share was taken of; -1 if none.
  int other = -1;
};

// Repairs after each of which `relation`, which fails, holds. Deterministic
// order, none twice.
std::vector<Repair> RepairsOf(int relation, Ledger& ledger, const Grids& grids);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_DIAGNOSIS_REPAIRS_H_
