// Slips that move whole cells: swapped, shifted by one place, copied over, or
// written in another unit.
#ifndef JIXIAO_SCORING_CORE_DIAGNOSIS_MOVED_CELLS_H_
#define JIXIAO_SCORING_CORE_DIAGNOSIS_MOVED_CELLS_H_

#include <functional>

#include "scoring/core/diagnosis/repairs.h"

namespace jixiao::scoring {

// Calls `visit` with the repair of every such slip that would have touched
// `fact`. Nothing is tried here.
void ForEachMove(int fact, Ledger& ledger, const Grids& grids, const std::function<void(Repair repair)>& visit);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_DIAGNOSIS_MOVED_CELLS_H_
