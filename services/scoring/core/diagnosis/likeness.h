// Figures of one row tell of one thing: what was planned for it, what it cost,
// what it cost the year before. They are seldom far apart.
#ifndef JIXIAO_SCORING_CORE_DIAGNOSIS_LIKENESS_H_
#define JIXIAO_SCORING_CORE_DIAGNOSIS_LIKENESS_H_

#include <vector>

#include "scoring/core/diagnosis/grid.h"
#include "scoring/core/diagnosis/ledger.h"

namespace jixiao::scoring {

// What the rows say against `changes`: their figures would be less alike than
// they are. Negative if they would be more alike.
Bits AgainstLikeness(const std::vector<Change>& changes, const Ledger& ledger, const Grids& grids);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_DIAGNOSIS_LIKENESS_H_
