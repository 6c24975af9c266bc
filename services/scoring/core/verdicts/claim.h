// Decides how the score that a unit gave itself stands to what the evidence
// supports.
#ifndef JIXIAO_SCORING_CORE_VERDICTS_CLAIM_H_
#define JIXIAO_SCORING_CORE_VERDICTS_CLAIM_H_

#include <cstdint>

#include "jixiao/scoring/v1/ruleset.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"

namespace jixiao::scoring {

// Points in 1/1000.
struct ClaimedScore {
  v1::Verdict verdict = v1::VERDICT_UNSPECIFIED;
  int64_t supported_low_milli = 0;
  int64_t supported_high_milli = 0;
  int64_t weight_milli = 0;
  int64_t claimed_milli = 0;

  // How far the claim is outside the interval; negative if below.
  int64_t outside_milli() const {
    if (claimed_milli < supported_low_milli) return claimed_milli - supported_low_milli;
    return claimed_milli > supported_high_milli ? claimed_milli - supported_high_milli : 0;
  }
};

enum class Claim {
  kAgrees,            // or a person has to decide
  kMetButDeducted,    // target met, points taken off
  kFullThoughMissed,  // target missed, no formula, no points taken off
  kOffFormula,        // apart from the formula's score by more than the tolerance
  kOffTier,           // outside the tier that the words name
};

Claim JudgeClaim(const ClaimedScore& score, const v1::RuleSet& rule_set);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_VERDICTS_CLAIM_H_
