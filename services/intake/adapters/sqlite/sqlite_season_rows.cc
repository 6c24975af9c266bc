#include "intake/adapters/sqlite/sqlite_season_rows.h"

#include <utility>

#include "common/base/status_macros.h"
#include "intake/core/submission/stored_time.h"

namespace jixiao::intake {
namespace {

RosterEntry RosterEntryFromRow(SqliteStatement& row) {
  RosterEntry entry;
  entry.key = {row.Text(0), row.Text(1)};
  v1::RosterUnit& unit = entry.unit;
  unit.set_name(FormatUnitName(entry.key));
  unit.set_first_fiscal_year(static_cast<int>(row.Number(2)));
  if (row.Number(3) != kOpenYear) unit.set_last_fiscal_year(static_cast<int>(row.Number(3)));
  unit.set_unit_name(row.Text(4));
  if (!row.IsNull(5)) unit.set_supervising_unit(row.Text(5));
  unit.set_expects_department_report(row.Number(6) != 0);
  return entry;
}

}  // namespace

absl::StatusOr<std::vector<RosterEntry>> RosterEntriesFrom(SqliteStatement& rows, SqliteStatement& projects) {
  const SqliteReset reset(rows);
  std::vector<RosterEntry> entries;
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, rows.Step());
    if (!has_row) return entries;
    RosterEntry entry = RosterEntryFromRow(rows);
    projects.Start().Bind(entry.key.division_code).Bind(entry.key.unit_code).Bind(entry.unit.first_fiscal_year());
    for (;;) {
      JIXIAO_ASSIGN_OR_RETURN(const bool has_project, projects.Step());
      if (!has_project) break;
      entry.unit.add_expected_projects(projects.Text(0));
    }
    entries.push_back(std::move(entry));
  }
}

v1::Season SeasonFromRow(const SeasonKey& key, SqliteStatement& row) {
  v1::Season season;
  season.set_name(FormatSeasonName(key));
  season.set_rule_set(row.Text(0));
  *season.mutable_opening_time() = StoredTimestamp(row.Number(1));
  *season.mutable_deadline() = StoredTimestamp(row.Number(2));
  season.set_is_closed(row.Number(3) != 0);
  return season;
}

ExtensionRecord ExtensionFromRow(const SeasonKey& season, SqliteStatement& row) {
  ExtensionRecord record;
  record.season = season;
  record.unit = {row.Text(0), row.Text(1)};
  record.extension.set_unit(FormatUnitName(record.unit));
  *record.extension.mutable_deadline() = StoredTimestamp(row.Number(2));
  record.extension.set_reason(row.Text(3));
  record.extension.set_actor(row.Text(4));
  return record;
}

}  // namespace jixiao::intake
