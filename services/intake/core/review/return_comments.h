// Decides whether the comments of a return are about something that is there.
#ifndef JIXIAO_INTAKE_CORE_REVIEW_RETURN_COMMENTS_H_
#define JIXIAO_INTAKE_CORE_REVIEW_RETURN_COMMENTS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "jixiao/intake/v1/submission.pb.h"
#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"

namespace jixiao::intake {

// INVALID_ARGUMENT with a field violation for each comment about a finding that
// `card` does not have, or about a place that neither report nor card names. Places
// are known by the label of their address; sections by their heading and tables by
// their title as well.
absl::Status CheckCommentPlaces(const std::vector<v1::ReviewComment>& comments, const report::v1::Report& report,
                                const scoring::v1::ScoreCard& card);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_REVIEW_RETURN_COMMENTS_H_
