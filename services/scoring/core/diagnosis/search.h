// Searches the smallest set of slips that explains why relations fail.
#ifndef JIXIAO_SCORING_CORE_DIAGNOSIS_SEARCH_H_
#define JIXIAO_SCORING_CORE_DIAGNOSIS_SEARCH_H_

#include <vector>

#include "scoring/core/diagnosis/repairs.h"

namespace jixiao::scoring {

// A repair with what it does.
struct Candidate {
  Repair repair;
  Effect effect;

  Bits score() const { return effect.gain - repair.cost; }
};

// A slip that was found, or one that is only possible.
struct FoundSlip {
  Candidate best;
  std::vector<Candidate> others;  // that come close or are as good, best first
  v1::Likelihood likelihood = v1::LIKELIHOOD_UNSPECIFIED;
};

struct Diagnosis {
  // In the order found; each was judged with the earlier ones mended.
  std::vector<FoundSlip> slips;
  // For relations that no slip explains: what one could look at. Nothing but
  // the relation itself speaks for it.
  std::vector<FoundSlip> hints;
  bool is_cut_short = false;
};

// `ledger` holds the mended figures afterwards.
Diagnosis SearchSlips(Ledger& ledger, const Grids& grids);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_DIAGNOSIS_SEARCH_H_
