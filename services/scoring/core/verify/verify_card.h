// Derives a stored score card again from what it is pinned to: report digest,
// rule-set digest, engine version, context.
#ifndef JIXIAO_SCORING_CORE_VERIFY_VERIFY_CARD_H_
#define JIXIAO_SCORING_CORE_VERIFY_VERIFY_CARD_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "scoring/core/rules/rule_sets.h"
#include "scoring/core/verify/first_difference.h"

namespace jixiao::scoring {

// What came out of it. The last two say nothing about the card: the same
// versions have to be at hand to derive it.
enum class Verification {
  kIdentical,         // byte for byte
  kOtherBytes,        // the same values, serialized by somebody else
  kDifferent,         // `difference` says where first
  kOtherReport,       // the card is about another report
  kRuleSetNotLoaded,  // not by this name, or with another text
  kOtherEngine,       // made by another version of this engine
};

struct VerifiedCard {
  Verification verification = Verification::kIdentical;
  // For kDifferent the first difference; for the kinds after it what the card is
  // pinned to and what is at hand.
  Difference difference;
};

// Bytes as stored. An empty `context` takes the one that the card names.
// INVALID_ARGUMENT if one of the three does not pass the wire check.
absl::StatusOr<VerifiedCard> VerifyCard(std::string_view report, std::string_view card, std::string_view context,
                                        const RuleSets& rule_sets);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_VERIFY_VERIFY_CARD_H_
