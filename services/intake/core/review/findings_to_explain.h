// Decides which findings of a score card a unit has to explain before its report
// may be approved.
#ifndef JIXIAO_INTAKE_CORE_REVIEW_FINDINGS_TO_EXPLAIN_H_
#define JIXIAO_INTAKE_CORE_REVIEW_FINDINGS_TO_EXPLAIN_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "jixiao/scoring/v1/scorecard.pb.h"

namespace jixiao::intake {

// DATA_LOSS if the bytes are no score card.
absl::StatusOr<scoring::v1::ScoreCard> ParseScoreCard(const std::string& bytes);

// Null if the card has none with that id.
const scoring::v1::Finding* FindFinding(const scoring::v1::ScoreCard& card, const std::string& finding_id);

// Findings "to fix or explain", in the card's order, without those folded under a
// finding that blocks or has to be explained itself: one slip is explained once.
std::vector<const scoring::v1::Finding*> FindingsToExplain(const scoring::v1::ScoreCard& card);

// OK if `finding_id` is one of them; else NOT_FOUND (NO_SUCH_FINDING) with a
// sentence that says why not and, for a folded one, which finding to explain.
absl::Status CheckNeedsExplanation(const scoring::v1::ScoreCard& card, const std::string& finding_id);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_REVIEW_FINDINGS_TO_EXPLAIN_H_
