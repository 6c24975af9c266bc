#include "intake/adapters/sqlite/sqlite_tables.h"

namespace jixiao::intake {
namespace {

// Keys of roster, seasons and operations begin with the division; those of the
// audit log with the prefecture, which is where its chain is. `submission` is the
// name without `submissions/{division}.`. Times are microseconds since 1970; open
// last years are 9999.
//
// What belongs to a submission is found by a number that submissions get in the
// order in which they come, so that whatever arrives together is written side by
// side at the end of each table. Under their names each new row of each table
// would dirty a page of its own: six times the bytes of the report. Audit entries
// come in order of arrival for the same reason. Names come by year, so that a
// season writes into a stretch of the index of its own. Large bytes stand in
// tables of their own: an update copies the whole row.
constexpr char kTables[] = R"sql(
CREATE TABLE submissions (
  submission_id INTEGER PRIMARY KEY,
  division_code TEXT NOT NULL,
  submission TEXT NOT NULL,
  unit_name TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  current_version INTEGER NOT NULL,
  state INTEGER NOT NULL,
  receive_time_us INTEGER NOT NULL,
  update_time_us INTEGER NOT NULL,
  report_digest TEXT NOT NULL,
  page_path TEXT,
  last_problem TEXT,
  return_comments BLOB,
  blocks_count INTEGER,
  explain_count INTEGER,
  note_count INTEGER,
  unexplained_count INTEGER,
  event_count INTEGER NOT NULL,
  lateness BLOB,
  working_days_late INTEGER NOT NULL,
  UNIQUE (fiscal_year, division_code, submission)
) STRICT;
-- To count by state.
CREATE INDEX submissions_by_state ON submissions (state);
-- To list what waits for somebody. Accepted ones wait for a service.
CREATE INDEX submissions_to_list ON submissions (state, fiscal_year, division_code, submission) WHERE state <> 1;

CREATE TABLE versions (
  submission_id INTEGER NOT NULL REFERENCES submissions,
  version INTEGER NOT NULL,
  state INTEGER NOT NULL,
  is_superseded INTEGER NOT NULL,
  request_id TEXT NOT NULL,
  report_digest TEXT NOT NULL,
  original_digest TEXT NOT NULL,
  original_size_bytes INTEGER NOT NULL,
  receive_time_us INTEGER NOT NULL,
  trace_id TEXT NOT NULL,
  lateness BLOB,
  rule_set TEXT NOT NULL,
  registered_unit_name TEXT NOT NULL,
  PRIMARY KEY (submission_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
  submission_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  report_bytes BLOB NOT NULL,
  media_type TEXT NOT NULL,
  file_name TEXT NOT NULL,
  original_bytes BLOB NOT NULL,
  PRIMARY KEY (submission_id, version),
  FOREIGN KEY (submission_id, version) REFERENCES versions
) STRICT;

CREATE TABLE score_cards (
  submission_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  score_card_bytes BLOB NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (submission_id, version),
  FOREIGN KEY (submission_id, version) REFERENCES versions
) STRICT;

CREATE TABLE events (
  submission_id INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  version INTEGER NOT NULL,
  action INTEGER NOT NULL,
  from_state INTEGER,
  to_state INTEGER NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT,
  event_time_us INTEGER NOT NULL,
  PRIMARY KEY (submission_id, sequence),
  FOREIGN KEY (submission_id, version) REFERENCES versions
) STRICT, WITHOUT ROWID;

CREATE TABLE requests (
  submission_id INTEGER NOT NULL,
  request_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  version INTEGER NOT NULL,
  is_identical INTEGER NOT NULL,
  PRIMARY KEY (submission_id, request_id),
  FOREIGN KEY (submission_id, version) REFERENCES versions
) STRICT, WITHOUT ROWID;

CREATE TABLE review_notes (
  submission_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  notes BLOB NOT NULL,
  PRIMARY KEY (submission_id, version),
  FOREIGN KEY (submission_id, version) REFERENCES versions
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  submission_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  task INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  create_time_us INTEGER NOT NULL,
  not_before_us INTEGER NOT NULL,
  lease_until_us INTEGER NOT NULL,
  lease_owner TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (submission_id, version, task),
  FOREIGN KEY (submission_id, version) REFERENCES versions
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_by_due ON outbox (not_before_us);

CREATE TABLE roster_units (
  division_code TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  first_fiscal_year INTEGER NOT NULL,
  last_fiscal_year INTEGER NOT NULL,
  unit_name TEXT NOT NULL,
  supervising_unit TEXT,
  expects_department_report INTEGER NOT NULL,
  PRIMARY KEY (division_code, unit_code, first_fiscal_year)
) STRICT, WITHOUT ROWID;
CREATE INDEX roster_units_by_name ON roster_units (division_code, unit_name);

CREATE TABLE roster_projects (
  division_code TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  first_fiscal_year INTEGER NOT NULL,
  position INTEGER NOT NULL,
  project TEXT NOT NULL,
  project_name TEXT NOT NULL,
  PRIMARY KEY (division_code, unit_code, first_fiscal_year, position),
  FOREIGN KEY (division_code, unit_code, first_fiscal_year) REFERENCES roster_units DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE seasons (
  division_code TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  rule_set TEXT NOT NULL,
  opening_time_us INTEGER NOT NULL,
  deadline_us INTEGER NOT NULL,
  is_closed INTEGER NOT NULL,
  PRIMARY KEY (division_code, fiscal_year, kind)
) STRICT, WITHOUT ROWID;

-- By the division of the unit, which is that of the season or below it.
CREATE TABLE extensions (
  division_code TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  season_division_code TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  deadline_us INTEGER NOT NULL,
  reason TEXT NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (division_code, unit_code, season_division_code, fiscal_year, kind)
) STRICT, WITHOUT ROWID;

-- Seasons that a version was filed under.
CREATE TABLE filed_seasons (
  season TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE operations (
  division_code TEXT NOT NULL,
  request_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  PRIMARY KEY (division_code, request_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_entries (
  entry_id INTEGER PRIMARY KEY,
  prefecture_code TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  entry BLOB NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (prefecture_code, fiscal_year, sequence)
) STRICT;

-- The last entry once more, so that a missing end shows.
CREATE TABLE audit_heads (
  prefecture_code TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (prefecture_code, fiscal_year)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace

const SqliteSchema& StoreSchema() {
  constexpr int64_t kApplicationId = 1247299918;  // "JXIN"
  static const auto& schema = *new SqliteSchema{"intake", kApplicationId, 4, kTables};
  return schema;
}

}  // namespace jixiao::intake
