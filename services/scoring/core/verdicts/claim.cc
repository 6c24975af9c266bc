#include "scoring/core/verdicts/claim.h"

#include <cstdlib>

namespace jixiao::scoring {

Claim JudgeClaim(const ClaimedScore& score, const v1::RuleSet& rule_set) {
  switch (score.verdict) {
    case v1::VERDICT_MET: return score.claimed_milli < score.weight_milli ? Claim::kMetButDeducted : Claim::kAgrees;
    case v1::VERDICT_MISSED:
      if (score.claimed_milli >= score.weight_milli && score.supported_low_milli < score.supported_high_milli) {
        return Claim::kFullThoughMissed;
      }
      return std::abs(score.outside_milli()) > rule_set.indicator_tolerance_milli() ? Claim::kOffFormula
                                                                                    : Claim::kAgrees;
    case v1::VERDICT_TIERED: return score.outside_milli() != 0 ? Claim::kOffTier : Claim::kAgrees;
    default: return Claim::kAgrees;
  }
}

}  // namespace jixiao::scoring
