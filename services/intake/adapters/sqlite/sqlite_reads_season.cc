// The part of SqliteReads that is about roster, seasons and their progress.
#include <map>
#include <utility>

#include "common/base/status_macros.h"
#include "intake/adapters/sqlite/sqlite_reads.h"
#include "intake/adapters/sqlite/sqlite_season_rows.h"
#include "intake/core/submission/errors.h"

namespace jixiao::intake {
namespace {

#define SELECT_ROSTER "SELECT " JIXIAO_ROSTER_COLUMNS " FROM roster_units WHERE division_code = ?"

// Reports that the roster expects of divisions from ?1 to before ?2 for year ?3
// and kind ?4 (1 department, 2 project), each once: a unit may name a project
// twice.
#define EXPECTED_REPORTS                                                                                      \
  "WITH expected AS ("                                                                                        \
  "SELECT division_code, unit_code, unit_code || '.' || ?3 || '.department' AS submission FROM roster_units " \
  "WHERE ?4 = 1 AND division_code >= ?1 AND division_code < ?2 AND first_fiscal_year <= ?3 "                  \
  "AND last_fiscal_year >= ?3 AND expects_department_report = 1 "                                             \
  "UNION "                                                                                                    \
  "SELECT division_code, unit_code, unit_code || '.' || ?3 || '.project.' || project FROM roster_units "      \
  "JOIN roster_projects USING (division_code, unit_code, first_fiscal_year) "                                 \
  "WHERE ?4 = 2 AND division_code >= ?1 AND division_code < ?2 AND first_fiscal_year <= ?3 "                  \
  "AND last_fiscal_year >= ?3) "
// 3 returned, 4 approved, 5 published, 6 withdrawn.
#define FILED "s.state <> 6"

static_assert(report::v1::REPORT_KIND_DEPARTMENT == 1 && report::v1::REPORT_KIND_PROJECT == 2);
static_assert(v1::Submission::STATE_RETURNED == 3 && v1::Submission::STATE_APPROVED == 4 &&
              v1::Submission::STATE_PUBLISHED == 5 && v1::Submission::STATE_WITHDRAWN == 6);

}  // namespace

SqliteReads::SeasonStatements::SeasonStatements(SqliteConnection& c)
    : unit_history(c, SELECT_ROSTER " AND unit_code = ? ORDER BY first_fiscal_year"),
      find_by_name(c, SELECT_ROSTER
                   " AND unit_name = ? AND (?3 = 0 OR (first_fiscal_year <= ?3 AND last_fiscal_year >= ?3)) "
                   "ORDER BY unit_code, first_fiscal_year"),
      find_projects(c, kSelectRosterProjects),
      find_season(
          c, "SELECT " JIXIAO_SEASON_COLUMNS " FROM seasons WHERE division_code = ? AND fiscal_year = ? AND kind = ?"),
      find_extension(c, "SELECT " JIXIAO_EXTENSION_COLUMNS
                        " FROM extensions WHERE division_code = ? AND unit_code = ? AND season_division_code = ? "
                        "AND fiscal_year = ? AND kind = ?"),
      list_extensions(c, "SELECT " JIXIAO_EXTENSION_COLUMNS
                         " FROM extensions WHERE division_code >= ? AND division_code < ? "
                         "AND season_division_code = ? AND fiscal_year = ? AND kind = ? "
                         "ORDER BY division_code, unit_code"),
      list_units(c, "SELECT " JIXIAO_ROSTER_COLUMNS
                    " FROM roster_units WHERE division_code >= ?1 AND division_code < ?2 "
                    "AND (division_code, unit_code, first_fiscal_year) > (?3, ?4, ?5) "
                    "AND (?6 = 0 OR (first_fiscal_year <= ?6 AND last_fiscal_year >= ?6)) "
                    "ORDER BY division_code, unit_code, first_fiscal_year LIMIT ?7"),
      count_expected(c, EXPECTED_REPORTS
                     "SELECT e.division_code, count(*), total(" FILED "), total(" FILED
                     " AND s.working_days_late > 0), total(s.state = 3), total(s.state IN (4, 5)), total(s.state = 5) "
                     "FROM expected e LEFT JOIN submissions s ON s.fiscal_year = ?3 AND s.division_code = "
                     "e.division_code AND s.submission = e.submission "
                     "GROUP BY e.division_code"),
      count_unexpected(c, EXPECTED_REPORTS
                       "SELECT s.division_code, count(*) FROM submissions s WHERE s.fiscal_year = ?3 AND s.kind = ?4 "
                       "AND s.division_code >= ?1 AND s.division_code < ?2 AND " FILED
                       " AND (s.division_code, s.submission) NOT IN (SELECT division_code, submission FROM expected) "
                       "GROUP BY s.division_code"),
      list_missing(c, EXPECTED_REPORTS
                   "SELECT DISTINCT e.division_code, e.unit_code FROM expected e "
                   "LEFT JOIN submissions s ON s.fiscal_year = ?3 AND s.division_code = e.division_code AND "
                   "s.submission = e.submission "
                   "WHERE s.state IS NULL OR s.state = 6 ORDER BY e.division_code, e.unit_code LIMIT ?5") {}

absl::StatusOr<std::vector<RosterEntry>> SqliteReads::RosterHistory(const UnitKey& key) {
  season_.unit_history.Start().Bind(key.division_code).Bind(key.unit_code);
  return RosterEntriesFrom(season_.unit_history, season_.find_projects);
}

absl::StatusOr<std::vector<RosterEntry>> SqliteReads::FindRosterUnitsByName(const std::string& division_code,
                                                                            const std::string& unit_name,
                                                                            int fiscal_year) {
  season_.find_by_name.Start().Bind(division_code).Bind(unit_name).Bind(fiscal_year);
  return RosterEntriesFrom(season_.find_by_name, season_.find_projects);
}

absl::StatusOr<std::vector<RosterEntry>> SqliteReads::RosterUnits(const std::string& division_prefix, int fiscal_year,
                                                                  const std::optional<RosterEntry>& after, int limit) {
  const std::string end = EndOfPrefix(division_prefix);
  const UnitKey last = after.has_value() ? after->key : UnitKey();
  season_.list_units.Start()
      .Bind(division_prefix)
      .Bind(end)
      .Bind(last.division_code)
      .Bind(last.unit_code)
      .Bind(after.has_value() ? after->unit.first_fiscal_year() : 0)
      .Bind(fiscal_year)
      .Bind(limit);
  return RosterEntriesFrom(season_.list_units, season_.find_projects);
}

absl::StatusOr<std::optional<v1::Season>> SqliteReads::FindSeason(const SeasonKey& key) {
  SqliteStatement& row = season_.find_season;
  row.Start().Bind(key.division_code).Bind(key.fiscal_year).Bind(static_cast<int>(key.kind));
  const SqliteReset reset(row);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, row.Step());
  if (!has_row) return std::optional<v1::Season>();
  return std::optional<v1::Season>(SeasonFromRow(key, row));
}

absl::StatusOr<std::optional<ExtensionRecord>> SqliteReads::FindExtension(const SeasonKey& season,
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

absl::StatusOr<std::vector<ExtensionRecord>> SqliteReads::Extensions(const SeasonKey& season) {
  const std::string prefix = DivisionPrefix(season.division_code);
  const std::string end = EndOfPrefix(prefix);
  SqliteStatement& rows = season_.list_extensions;
  rows.Start()
      .Bind(prefix)
      .Bind(end)
      .Bind(season.division_code)
      .Bind(season.fiscal_year)
      .Bind(static_cast<int>(season.kind));
  std::vector<ExtensionRecord> records;
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, rows.Step());
    if (!has_row) return records;
    records.push_back(ExtensionFromRow(season, rows));
  }
}

absl::StatusOr<std::vector<DivisionProgress>> SqliteReads::Progress(const std::string& division_prefix, int fiscal_year,
                                                                    report::v1::ReportKind kind) {
  const std::string end = EndOfPrefix(division_prefix);
  std::map<std::string, DivisionProgress> divisions;
  SqliteStatement& expected = season_.count_expected;
  const auto count = [&expected](int column) { return static_cast<int>(expected.Number(column)); };
  expected.Start().Bind(division_prefix).Bind(end).Bind(fiscal_year).Bind(static_cast<int>(kind));
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, expected.Step());
    if (!has_row) break;
    divisions[expected.Text(0)] = {expected.Text(0), count(1), count(2), count(3), count(4), count(5), count(6), 0};
  }
  SqliteStatement& unexpected = season_.count_unexpected;
  unexpected.Start().Bind(division_prefix).Bind(end).Bind(fiscal_year).Bind(static_cast<int>(kind));
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, unexpected.Step());
    if (!has_row) break;
    DivisionProgress& progress = divisions[unexpected.Text(0)];
    progress.division_code = unexpected.Text(0);
    progress.unexpected = static_cast<int>(unexpected.Number(1));
  }
  std::vector<DivisionProgress> counted;
  counted.reserve(divisions.size());
  for (auto& [code, progress] : divisions) counted.push_back(std::move(progress));
  return counted;
}

absl::StatusOr<std::vector<UnitKey>> SqliteReads::MissingUnits(const std::string& division_prefix, int fiscal_year,
                                                               report::v1::ReportKind kind, int limit) {
  const std::string end = EndOfPrefix(division_prefix);
  SqliteStatement& missing = season_.list_missing;
  missing.Start().Bind(division_prefix).Bind(end).Bind(fiscal_year).Bind(static_cast<int>(kind)).Bind(limit);
  std::vector<UnitKey> units;
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, missing.Step());
    if (!has_row) return units;
    units.push_back({missing.Text(0), missing.Text(1)});
  }
}

#undef SELECT_ROSTER
#undef EXPECTED_REPORTS
#undef FILED

}  // namespace jixiao::intake
