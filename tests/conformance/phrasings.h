// Sentences with places for figures: `{text.basic.executed}` is replaced by the
// figure with that key and its unit, `{we}` and the like by words.
#ifndef JIXIAO_CONFORMANCE_PHRASINGS_H_
#define JIXIAO_CONFORMANCE_PHRASINGS_H_

#include <span>
#include <string_view>

namespace jixiao::conformance {

enum class Topic {
  kStaff,
  kOrganisation,
  kBasicSpending,
  kProjectSpending,
  kGovernmentFund,
  kNothing,
  kTotalSpending,
  kThreePublic,
  kAssets,
  kSelfScore,
  kConclusion,
  kFundsOfParts,
  kManagement,
  kSelfEvaluationWork,
  kResultUse,
  kPublication,
  kExperience,
};

// At least one. A phrasing may hold line feeds: each line is a paragraph.
std::span<const std::string_view> Phrasings(Topic topic);

}  // namespace jixiao::conformance

#endif  // JIXIAO_CONFORMANCE_PHRASINGS_H_
