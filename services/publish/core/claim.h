// Decides how the score that a unit gives itself stands to what the evidence
// supports.
#ifndef JIXIAO_PUBLISH_CORE_CLAIM_H_
#define JIXIAO_PUBLISH_CORE_CLAIM_H_

#include <cstdint>
#include <optional>

#include "jixiao/scoring/v1/scorecard.pb.h"

namespace jixiao::publish {

enum class ClaimStanding {
  kNothingSupported,  // the report does not allow an interval
  kNotClaimed,        // the unit gave no score
  kAbove,
  kWithin,
  kBelow,
};

struct Claim {
  ClaimStanding standing = ClaimStanding::kNothingSupported;
  int64_t distance_milli = 0;  // kAbove: to the upper end; kBelow: to the lower end
};

Claim CompareClaim(std::optional<int64_t> claimed_milli, std::optional<int64_t> low_milli,
                   std::optional<int64_t> high_milli);

// For a score of a table, of a row or of the unit's own work.
template <class Score>
Claim ClaimOf(const Score& score) {
  const auto value = [](bool is_there, int64_t milli) { return is_there ? std::optional(milli) : std::nullopt; };
  return CompareClaim(value(score.has_claimed_milli(), score.claimed_milli()),
                      value(score.has_supported_low_milli(), score.supported_low_milli()),
                      value(score.has_supported_high_milli(), score.supported_high_milli()));
}

// How the supported points of one criterion of the unit's own work came about.
enum class WorkBasis {
  kNotStated,
  kComputed,   // from records
  kProposed,   // from the report; a reviewer decides
  kOpen,       // the report shows nothing of it
  kConfirmed,  // by a reviewer
};

WorkBasis BasisOf(const scoring::v1::WorkCriterionScore& criterion);

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_CORE_CLAIM_H_
