#include "publish/core/claim.h"

namespace jixiao::publish {

Claim CompareClaim(std::optional<int64_t> claimed_milli, std::optional<int64_t> low_milli,
                   std::optional<int64_t> high_milli) {
  if (!low_milli || !high_milli) return {ClaimStanding::kNothingSupported};
  if (!claimed_milli) return {ClaimStanding::kNotClaimed};
  if (*claimed_milli > *high_milli) return {ClaimStanding::kAbove, *claimed_milli - *high_milli};
  if (*claimed_milli < *low_milli) return {ClaimStanding::kBelow, *low_milli - *claimed_milli};
  return {ClaimStanding::kWithin};
}

WorkBasis BasisOf(const scoring::v1::WorkCriterionScore& criterion) {
  const bool is_open = criterion.supported_low_milli() == 0 && criterion.weight_milli() > 0 &&
                       criterion.supported_high_milli() == criterion.weight_milli();
  switch (criterion.basis()) {
    case scoring::v1::WORK_SCORE_BASIS_COMPUTED: return WorkBasis::kComputed;
    case scoring::v1::WORK_SCORE_BASIS_PROPOSED: return is_open ? WorkBasis::kOpen : WorkBasis::kProposed;
    case scoring::v1::WORK_SCORE_BASIS_CONFIRMED: return WorkBasis::kConfirmed;
    default: return WorkBasis::kNotStated;
  }
}

}  // namespace jixiao::publish
