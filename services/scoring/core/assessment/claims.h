// Finds the words in which a unit says what it did: `成立了绩效自评工作小组`. Words
// are no proof; they make a proposal that a reviewer checks.
#ifndef JIXIAO_SCORING_CORE_ASSESSMENT_CLAIMS_H_
#define JIXIAO_SCORING_CORE_ASSESSMENT_CLAIMS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/report/v1/report.pb.h"

namespace jixiao::scoring {

// `verbs` … `subjects` … `objects`, in this order in one clause.
struct ClaimPattern {
  std::vector<std::string_view> verbs;
  std::vector<std::string_view> subjects;
  std::vector<std::string_view> objects;
};

struct FoundClaim {
  std::string text;           // personal data masked
  report::v1::Address place;  // the span in its paragraph
};

// The first claim in the narrative. What others did (`根据区财政局印发的…`), what is
// planned and what was not done are no claims.
std::optional<FoundClaim> FindClaim(const report::v1::ReportContent& content, const ClaimPattern& pattern);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_ASSESSMENT_CLAIMS_H_
