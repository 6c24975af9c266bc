// The part of SqliteTransaction that is about roster and seasons.
#include "common/base/status_macros.h"
#include "intake/adapters/sqlite/sqlite_season_rows.h"
#include "intake/adapters/sqlite/sqlite_transaction.h"
#include "intake/core/submission/stored_time.h"

namespace jixiao::intake {
namespace {

#define SELECT_ROSTER "SELECT " JIXIAO_ROSTER_COLUMNS " FROM roster_units WHERE division_code = ?"

}  // namespace

SqliteTransaction::SeasonStatements::SeasonStatements(SqliteConnection& c)
    : find_unit(c, SELECT_ROSTER
                " AND unit_code = ? AND (?3 = 0 OR (first_fiscal_year <= ?3 AND last_fiscal_year >= ?3)) "
                "ORDER BY first_fiscal_year LIMIT 1"),
      unit_history(c, SELECT_ROSTER " AND unit_code = ? ORDER BY first_fiscal_year"),
      find_by_name(c, SELECT_ROSTER
                   " AND unit_name = ? AND (?3 = 0 OR (first_fiscal_year <= ?3 AND last_fiscal_year >= ?3)) "
                   "ORDER BY unit_code, first_fiscal_year"),
      find_projects(c, kSelectRosterProjects),
      put_unit(c, "INSERT OR REPLACE INTO roster_units (" JIXIAO_ROSTER_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?)"),
      delete_projects(
          c, "DELETE FROM roster_projects WHERE division_code = ? AND unit_code = ? AND first_fiscal_year = ?"),
      insert_project(c,
                     "INSERT INTO roster_projects (division_code, unit_code, first_fiscal_year, position, project, "
                     "project_name) VALUES (?, ?, ?, ?, ?, ?)"),
      find_season(
          c, "SELECT " JIXIAO_SEASON_COLUMNS " FROM seasons WHERE division_code = ? AND fiscal_year = ? AND kind = ?"),
      put_season(c, "INSERT OR REPLACE INTO seasons (division_code, fiscal_year, kind, " JIXIAO_SEASON_COLUMNS
                    ") VALUES (?, ?, ?, ?, ?, ?, ?)"),
      find_extension(c, "SELECT " JIXIAO_EXTENSION_COLUMNS
                        " FROM extensions WHERE division_code = ? AND unit_code = ? AND season_division_code = ? "
                        "AND fiscal_year = ? AND kind = ?"),
      put_extension(c, "INSERT OR REPLACE INTO extensions (" JIXIAO_EXTENSION_COLUMNS
                       ", season_division_code, fiscal_year, kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
      has_filings(c, "SELECT 1 FROM filed_seasons WHERE season = ?"),
      find_operation(c, "SELECT fingerprint FROM operations WHERE division_code = ? AND request_id = ?"),
      insert_operation(c, "INSERT INTO operations (division_code, request_id, fingerprint) VALUES (?, ?, ?)") {}

absl::StatusOr<std::optional<RosterEntry>> SqliteTransaction::FindRosterUnit(const UnitKey& key, int fiscal_year) {
  season_.find_unit.Start().Bind(key.division_code).Bind(key.unit_code).Bind(fiscal_year);
  JIXIAO_ASSIGN_OR_RETURN(auto entries, RosterEntriesFrom(season_.find_unit, season_.find_projects));
  if (entries.empty()) return std::optional<RosterEntry>();
  return std::optional<RosterEntry>(std::move(entries.front()));
}

absl::StatusOr<std::vector<RosterEntry>> SqliteTransaction::RosterHistory(const UnitKey& key) {
  season_.unit_history.Start().Bind(key.division_code).Bind(key.unit_code);
  return RosterEntriesFrom(season_.unit_history, season_.find_projects);
}

absl::StatusOr<std::vector<RosterEntry>> SqliteTransaction::FindRosterUnitsByName(const std::string& division_code,
                                                                                  const std::string& unit_name,
                                                                                  int fiscal_year) {
  season_.find_by_name.Start().Bind(division_code).Bind(unit_name).Bind(fiscal_year);
  return RosterEntriesFrom(season_.find_by_name, season_.find_projects);
}

absl::Status SqliteTransaction::PutRosterUnit(const RosterEntry& entry) {
  const v1::RosterUnit& unit = entry.unit;
  const auto start = [&](SqliteStatement& statement) -> SqliteStatement& {
    return statement.Start().Bind(entry.key.division_code).Bind(entry.key.unit_code).Bind(unit.first_fiscal_year());
  };
  start(season_.put_unit)
      .Bind(unit.has_last_fiscal_year() ? unit.last_fiscal_year() : kOpenYear)
      .Bind(unit.unit_name());
  if (unit.has_supervising_unit()) {
    season_.put_unit.Bind(unit.supervising_unit());
  } else {
    season_.put_unit.BindNull();
  }
  JIXIAO_RETURN_IF_ERROR(season_.put_unit.Bind(unit.expects_department_report() ? 1 : 0).Run());
  JIXIAO_RETURN_IF_ERROR(start(season_.delete_projects).Run());
  for (int i = 0; i < unit.expected_projects_size(); ++i) {
    const std::string project = ProjectCode(unit.expected_projects(i));
    JIXIAO_RETURN_IF_ERROR(start(season_.insert_project).Bind(i).Bind(project).Bind(unit.expected_projects(i)).Run());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<v1::Season>> SqliteTransaction::FindSeason(const SeasonKey& key) {
  SqliteStatement& row = season_.find_season;
  row.Start().Bind(key.division_code).Bind(key.fiscal_year).Bind(static_cast<int>(key.kind));
  const SqliteReset reset(row);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, row.Step());
  if (!has_row) return std::optional<v1::Season>();
  return std::optional<v1::Season>(SeasonFromRow(key, row));
}

absl::Status SqliteTransaction::PutSeason(const SeasonKey& key, const v1::Season& season) {
  return season_.put_season.Start()
      .Bind(key.division_code)
      .Bind(key.fiscal_year)
      .Bind(static_cast<int>(key.kind))
      .Bind(season.rule_set())
      .Bind(StoredMicros(season.opening_time()))
      .Bind(StoredMicros(season.deadline()))
      .Bind(season.is_closed() ? 1 : 0)
      .Run();
}

absl::StatusOr<std::optional<ExtensionRecord>> SqliteTransaction::FindExtension(const SeasonKey& season,
                                                                                const UnitKey& unit) {
  SqliteStatement& row = season_.find_extension;
  row.Start()
      .Bind(unit.division_code)
      .Bind(unit.unit_code)
      .Bind(season.division_code)
      .Bind(season.fiscal_year)
      .Bind(static_cast<int>(season.kind));
  const SqliteReset reset(row);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, row.Step());
  if (!has_row) return std::optional<ExtensionRecord>();
  return std::optional<ExtensionRecord>(ExtensionFromRow(season, row));
}

absl::Status SqliteTransaction::PutExtension(const ExtensionRecord& record) {
  return season_.put_extension.Start()
      .Bind(record.unit.division_code)
      .Bind(record.unit.unit_code)
      .Bind(StoredMicros(record.extension.deadline()))
      .Bind(record.extension.reason())
      .Bind(record.extension.actor())
      .Bind(record.season.division_code)
      .Bind(record.season.fiscal_year)
      .Bind(static_cast<int>(record.season.kind))
      .Run();
}

absl::StatusOr<bool> SqliteTransaction::HasFilings(const SeasonKey& season) {
  const std::string name = FormatSeasonName(season);
  const SqliteReset reset(season_.has_filings);
  return season_.has_filings.Start().Bind(name).Step();
}

absl::StatusOr<std::optional<OperationRecord>> SqliteTransaction::FindOperation(const std::string& division_code,
                                                                                const std::string& request_id) {
  season_.find_operation.Start().Bind(division_code).Bind(request_id);
  const SqliteReset reset(season_.find_operation);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, season_.find_operation.Step());
  if (!has_row) return std::optional<OperationRecord>();
  return std::optional<OperationRecord>(OperationRecord{division_code, request_id, season_.find_operation.Text(0)});
}

absl::Status SqliteTransaction::InsertOperation(const OperationRecord& operation) {
  return season_.insert_operation.Start()
      .Bind(operation.division_code)
      .Bind(operation.request_id)
      .Bind(operation.fingerprint)
      .Run();
}

#undef SELECT_ROSTER

}  // namespace jixiao::intake
