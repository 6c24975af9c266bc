// Decides whether anybody expects a filing: season, unit and kind; and whether
// it came in time.
#ifndef JIXIAO_INTAKE_CORE_FILING_SEASON_FILING_H_
#define JIXIAO_INTAKE_CORE_FILING_SEASON_FILING_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/domain/divisions.h"
#include "common/domain/working_calendar.h"
#include "intake/core/filing/filing.h"
#include "intake/core/season/season.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

// How filings are held against seasons and roster.
struct FilingPolicy {
  // False: what no season covers is accepted without lateness, and no roster
  // refuses it.
  bool is_season_required = false;
  // Without one, weekends and fixed holidays are off and lateness provisional.
  std::shared_ptr<const WorkingCalendar> calendar;
  // Names of places, for the roster and for people.
  Divisions divisions = {};
};

// What season and roster say about a filing; goes with its version.
struct Expectation {
  std::string rule_set;              // empty: the one that applies
  std::string registered_unit_name;  // empty: the roster does not know the unit
  std::optional<v1::Lateness> lateness;
};

// `current` is the submission as it is, empty before its first version. Fails
// with FAILED_PRECONDITION and what is expected instead: first when (NO_SEASON,
// WRONG_YEAR, SEASON_NOT_OPEN, SEASON_CLOSED), then who (UNIT_NOT_ON_ROSTER,
// WRONG_UNIT), then what (WRONG_KIND). After the deadline everything is taken as
// late until the season is closed; then nothing is, corrections of returned
// versions included.
absl::StatusOr<Expectation> CheckExpected(SubmissionTransaction& transaction, const Filing& filing,
                                          const SubmissionRecord& current, const FilingPolicy& policy);

// Counted in days of China Standard Time.
v1::Lateness CountLateness(const SeasonKey& season, const UnitDeadline& deadline, absl::Time receive_time,
                           const WorkingCalendar& calendar);

// The code of the unit of this name in the division and year of `filing`; empty
// unless the roster knows exactly one.
absl::StatusOr<std::string> FindUnitCode(SubmissionTransaction& transaction, const Filing& filing,
                                         const Divisions& divisions);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_FILING_SEASON_FILING_H_
