// Decides about filing seasons: when reports of a division, year and kind are
// taken, until when they are in time, and by which rules they are scored.
#ifndef JIXIAO_INTAKE_CORE_SEASON_SEASON_H_
#define JIXIAO_INTAKE_CORE_SEASON_SEASON_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "intake/core/submission/authorize.h"
#include "intake/core/submission/submission_store.h"
#include "jixiao/intake/v1/season.pb.h"
#include "jixiao/intake/v1/submission.pb.h"

namespace jixiao::intake {

// A season to be set.
struct SeasonChange {
  SeasonKey key;
  v1::Season season;
  std::string request_id;
  // Filled by the caller.
  std::string actor;
  absl::Time time;
};

// INVALID_ARGUMENT with field violations unless name and rule set are names and
// the season opens before its deadline. Extensions are left out: they are given
// one by one.
absl::StatusOr<SeasonChange> ReadSeasonChange(const v1::SetSeasonRequest& request);

// Creates or replaces. A request id that was used before changes nothing. Fails
// with ALREADY_EXISTS (REQUEST_ID_REUSED) or FAILED_PRECONDITION
// (RULE_SET_PINNED): what was filed is scored by the season's rules, and so must
// be what is filed after it.
absl::Status SetSeason(SubmissionTransaction& transaction, const SeasonChange& change);

// More time for one unit.
struct DeadlineChange {
  SeasonKey season;
  UnitKey unit;
  absl::Time deadline;
  std::string reason;
  std::string request_id;
  // Filled by the caller.
  std::string actor;
  absl::Time time;
};

// INVALID_ARGUMENT with field violations; the unit has to be in the season's
// division or below it.
absl::StatusOr<DeadlineChange> ReadDeadlineChange(const v1::ExtendDeadlineRequest& request);

// Only ever gives more time: a unit that counted on a day keeps it. Idempotent as
// SetSeason. Fails with NOT_FOUND or FAILED_PRECONDITION (UNIT_NOT_ON_ROSTER,
// OTHER_SEASON_APPLIES, SEASON_CLOSED, NOT_LATER).
absl::Status ExtendDeadline(SubmissionTransaction& transaction, const DeadlineChange& change);

struct CoveringSeason {
  SeasonKey key;
  v1::Season season;
};

// The season that holds for reports of `division_code`: its own, else its
// prefecture's, else its province's.
absl::StatusOr<std::optional<CoveringSeason>> FindCoveringSeason(SubmissionTransaction& transaction,
                                                                 const std::string& division_code, int fiscal_year,
                                                                 report::v1::ReportKind kind);

// Last moment of filing in time for a unit.
struct UnitDeadline {
  absl::Time deadline;
  bool is_extended = false;
};
absl::StatusOr<UnitDeadline> FindDeadline(SubmissionTransaction& transaction, const CoveringSeason& covering,
                                          const UnitKey& unit);

// OK if `subject` may see the season: who manages or reads all of its division,
// or a part of it. Else as Authorize says.
absl::Status AuthorizeSeason(const Subject& subject, const SeasonKey& key);

// Takes out the extensions of units that `subject`, who may see the season, may
// not see.
void HideExtensions(const Subject& subject, const SeasonKey& key, v1::Season& season);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SEASON_SEASON_H_
