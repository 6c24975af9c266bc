// Decides how each refusal of intake is called: code, reason token and a
// sentence, in Chinese, that says how to go on.
#ifndef JIXIAO_INTAKE_CORE_SUBMISSION_ERRORS_H_
#define JIXIAO_INTAKE_CORE_SUBMISSION_ERRORS_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "jixiao/intake/v1/submission.pb.h"

namespace jixiao::intake {

inline constexpr std::string_view kNoRuleSet = "NO_RULE_SET";

// Why nobody expects a report; FAILED_PRECONDITION.
inline constexpr std::string_view kUnitNotOnRoster = "UNIT_NOT_ON_ROSTER";
inline constexpr std::string_view kWrongUnit = "WRONG_UNIT";
inline constexpr std::string_view kWrongYear = "WRONG_YEAR";
inline constexpr std::string_view kWrongKind = "WRONG_KIND";
inline constexpr std::string_view kNoSeason = "NO_SEASON";
inline constexpr std::string_view kSeasonNotOpen = "SEASON_NOT_OPEN";
inline constexpr std::string_view kSeasonClosed = "SEASON_CLOSED";
// Why a season or deadline cannot be changed so; FAILED_PRECONDITION.
inline constexpr std::string_view kRuleSetPinned = "RULE_SET_PINNED";
inline constexpr std::string_view kOtherSeasonApplies = "OTHER_SEASON_APPLIES";
inline constexpr std::string_view kNotLater = "NOT_LATER";

// FAILED_PRECONDITION with `reason`, one of the above.
absl::Status NotSo(std::string_view reason, const std::string& message);

absl::Status RequestIdReused(std::string_view request_id);
absl::Status StaleBaseVersion(int given, int current);
absl::Status UnderPublication();
// The caller waits no longer; nothing was done.
absl::Status Abandoned();
absl::Status WrongState(std::string_view wanted_action, v1::Submission::State state);
absl::Status OpenBlockingFindings(int count);
absl::Status UnexplainedFindings(int count);
// `why`: the card has none of that id, or what it is explained with instead.
absl::Status NoSuchFinding(std::string_view finding_id, const std::string& why);
// Bulk review.
absl::Status PreviewOutdated(int expected, int matched);
absl::Status ChangedMeanwhile();
// One answer for all that is not there and all that lies outside the caller's
// scope: whoever asks learns nothing from the difference.
absl::Status NotFound();

// The bytes read back are not the bytes that were acknowledged.
absl::Status StoredBytesDamaged(const std::string& name);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SUBMISSION_ERRORS_H_
