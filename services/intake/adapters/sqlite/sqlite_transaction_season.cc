// The part of SqliteTransaction that is about roster and seasons.
#include "common/base/status_macros.h"
#include "intake/adapters/sqlite/sqlite_season_rows.h"
#include "intake/adapters/sqlite/sqlite_transaction.h"
#include "intake/core/submission/stored_time.h"

namespace jixiao::intake {

SqliteTransaction::SeasonStatements::SeasonStatements(SqliteConnection& c)
    : put_unit(c, "INSERT OR REPLACE INTO roster_units (" JIXIAO_ROSTER_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?)"),
      delete_projects(
          c, "DELETE FROM roster_projects WHERE division_code = ? AND unit_code = ? AND first_fiscal_year = ?"),
      insert_project(c,
                     "INSERT INTO roster_projects (division_code, unit_code, first_fiscal_year, position, project, "
                     "project_name) VALUES (?, ?, ?, ?, ?, ?)"),
      put_season(c, "INSERT OR REPLACE INTO seasons (division_code, fiscal_year, kind, " JIXIAO_SEASON_COLUMNS
                    ") VALUES (?, ?, ?, ?, ?, ?, ?)"),
      put_extension(c, "INSERT OR REPLACE INTO extensions (" JIXIAO_EXTENSION_COLUMNS
                       ", season_division_code, fiscal_year, kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
      has_filings(c, "SELECT 1 FROM filed_seasons WHERE season = ?"),
      find_operation(c, "SELECT fingerprint FROM operations WHERE division_code = ? AND request_id = ?"),
      insert_operation(c, "INSERT INTO operations (division_code, request_id, fingerprint) VALUES (?, ?, ?)") {}

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

}  // namespace jixiao::intake
