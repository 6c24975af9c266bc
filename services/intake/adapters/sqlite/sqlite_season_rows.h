// Translates rows of roster and seasons of the SQLite store to records.
#ifndef JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_SEASON_ROWS_H_
#define JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_SEASON_ROWS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "common/sqlite/sqlite_statement.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

#define JIXIAO_ROSTER_COLUMNS                                                  \
  "division_code, unit_code, first_fiscal_year, last_fiscal_year, unit_name, " \
  "supervising_unit, expects_department_report"
#define JIXIAO_SEASON_COLUMNS "rule_set, opening_time_us, deadline_us, is_closed"
#define JIXIAO_EXTENSION_COLUMNS "division_code, unit_code, deadline_us, reason, actor"

// Names of a roster entry's projects, in their order.
inline constexpr char kSelectRosterProjects[] =
    "SELECT project_name FROM roster_projects WHERE division_code = ? AND unit_code = ? AND first_fiscal_year = ? "
    "ORDER BY position";

// How an open last year is stored, so that years are compared without NULL.
inline constexpr int kOpenYear = 9999;

// All entries that `rows`, started and bound, gives; `projects` is
// kSelectRosterProjects.
absl::StatusOr<std::vector<RosterEntry>> RosterEntriesFrom(SqliteStatement& rows, SqliteStatement& projects);

v1::Season SeasonFromRow(const SeasonKey& key, SqliteStatement& row);
ExtensionRecord ExtensionFromRow(const SeasonKey& season, SqliteStatement& row);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_SEASON_ROWS_H_
