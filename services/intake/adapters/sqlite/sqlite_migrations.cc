#include "intake/adapters/sqlite/sqlite_migrations.h"

#include <iterator>

#include "intake/adapters/sqlite/sqlite_schema.h"

namespace jixiao::intake {
namespace {

// Primary keys begin with the division, so that the tables can be distributed by
// it. `submission` is the name without `submissions/{division}.`. Large bytes
// stand in tables of their own: an update copies the whole row. Foreign keys are
// checked at the end of the transaction, as rows are written in order of the
// story. Times are microseconds since 1970.
constexpr char kVersion1[] = R"sql(
CREATE TABLE submissions (
  division_code TEXT NOT NULL,
  submission TEXT NOT NULL,
  unit_name TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
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
  event_count INTEGER NOT NULL,
  PRIMARY KEY (division_code, submission)
) STRICT, WITHOUT ROWID;
CREATE INDEX submissions_by_state ON submissions (state);

CREATE TABLE versions (
  division_code TEXT NOT NULL,
  submission TEXT NOT NULL,
  version INTEGER NOT NULL,
  state INTEGER NOT NULL,
  is_superseded INTEGER NOT NULL,
  request_id TEXT NOT NULL,
  report_digest TEXT NOT NULL,
  original_digest TEXT NOT NULL,
  original_size_bytes INTEGER NOT NULL,
  receive_time_us INTEGER NOT NULL,
  trace_id TEXT NOT NULL,
  PRIMARY KEY (division_code, submission, version),
  FOREIGN KEY (division_code, submission) REFERENCES submissions DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
  division_code TEXT NOT NULL,
  submission TEXT NOT NULL,
  version INTEGER NOT NULL,
  report_bytes BLOB NOT NULL,
  media_type TEXT NOT NULL,
  file_name TEXT NOT NULL,
  original_bytes BLOB NOT NULL,
  PRIMARY KEY (division_code, submission, version),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE score_cards (
  division_code TEXT NOT NULL,
  submission TEXT NOT NULL,
  version INTEGER NOT NULL,
  score_card_bytes BLOB NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (division_code, submission, version),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE events (
  division_code TEXT NOT NULL,
  submission TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  version INTEGER NOT NULL,
  action INTEGER NOT NULL,
  from_state INTEGER,
  to_state INTEGER NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT,
  event_time_us INTEGER NOT NULL,
  PRIMARY KEY (division_code, submission, sequence),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE requests (
  division_code TEXT NOT NULL,
  submission TEXT NOT NULL,
  request_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  version INTEGER NOT NULL,
  is_identical INTEGER NOT NULL,
  PRIMARY KEY (division_code, submission, request_id),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  division_code TEXT NOT NULL,
  submission TEXT NOT NULL,
  version INTEGER NOT NULL,
  task INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  create_time_us INTEGER NOT NULL,
  not_before_us INTEGER NOT NULL,
  lease_until_us INTEGER NOT NULL,
  lease_owner TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (division_code, submission, version, task),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_by_due ON outbox (not_before_us);
)sql";

// Seasons, roster, what people say about a version, and the audit log. Rows of
// roster and seasons begin with their division too; the audit log begins with the
// prefecture, which is where its chain is.
//
// `kind` of older rows is in their name, `{unit}.{year}.{kind}[.{project}]`, six
// characters behind the first dot. Open last years are stored as 9999.
constexpr char kVersion2[] = R"sql(
ALTER TABLE submissions ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE submissions ADD COLUMN unexplained_count INTEGER;
ALTER TABLE submissions ADD COLUMN lateness BLOB;
ALTER TABLE submissions ADD COLUMN working_days_late INTEGER NOT NULL DEFAULT 0;
UPDATE submissions SET kind =
  CASE substr(submission, instr(submission, '.') + 6, 7) WHEN 'project' THEN 2 ELSE 1 END;
CREATE INDEX submissions_by_year_and_kind ON submissions (fiscal_year, kind);

ALTER TABLE versions ADD COLUMN lateness BLOB;
ALTER TABLE versions ADD COLUMN rule_set TEXT NOT NULL DEFAULT '';
ALTER TABLE versions ADD COLUMN registered_unit_name TEXT NOT NULL DEFAULT '';

CREATE TABLE review_notes (
  division_code TEXT NOT NULL,
  submission TEXT NOT NULL,
  version INTEGER NOT NULL,
  notes BLOB NOT NULL,
  PRIMARY KEY (division_code, submission, version),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

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
  prefecture_code TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  entry BLOB NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (prefecture_code, fiscal_year, sequence)
) STRICT, WITHOUT ROWID;

-- The last entry once more, so that a missing end shows.
CREATE TABLE audit_heads (
  prefecture_code TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (prefecture_code, fiscal_year)
) STRICT, WITHOUT ROWID;
)sql";

// What belongs to a submission is found by a number that submissions get in the
// order in which they come, so that whatever arrives together is written side by
// side at the end of each table. Under their names each new row of each table had
// dirtied a page of its own: six times the bytes of the report.
constexpr char kVersion3[] = R"sql(
DROP INDEX submissions_by_state;
DROP INDEX submissions_by_year_and_kind;
DROP INDEX outbox_by_due;
ALTER TABLE submissions RENAME TO old_submissions;
ALTER TABLE versions RENAME TO old_versions;
ALTER TABLE documents RENAME TO old_documents;
ALTER TABLE score_cards RENAME TO old_score_cards;
ALTER TABLE events RENAME TO old_events;
ALTER TABLE requests RENAME TO old_requests;
ALTER TABLE review_notes RENAME TO old_review_notes;
ALTER TABLE outbox RENAME TO old_outbox;

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
  UNIQUE (division_code, submission)
) STRICT;
-- To count by state.
CREATE INDEX submissions_by_state ON submissions (state);
-- To list what waits for somebody. Accepted ones wait for a service.
CREATE INDEX submissions_to_list ON submissions (state, division_code, submission) WHERE state <> 1;

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

INSERT INTO submissions SELECT NULL, division_code, submission, unit_name, fiscal_year, kind, current_version, state,
  receive_time_us, update_time_us, report_digest, page_path, last_problem, return_comments, blocks_count,
  explain_count, note_count, unexplained_count, event_count, lateness, working_days_late FROM old_submissions;
INSERT INTO versions SELECT submission_id, v.version, v.state, v.is_superseded, v.request_id, v.report_digest,
  v.original_digest, v.original_size_bytes, v.receive_time_us, v.trace_id, v.lateness, v.rule_set,
  v.registered_unit_name FROM old_versions v JOIN submissions USING (division_code, submission);
INSERT INTO documents SELECT submission_id, d.version, d.report_bytes, d.media_type, d.file_name, d.original_bytes
  FROM old_documents d JOIN submissions USING (division_code, submission);
INSERT INTO score_cards SELECT submission_id, c.version, c.score_card_bytes, c.digest
  FROM old_score_cards c JOIN submissions USING (division_code, submission);
INSERT INTO events SELECT submission_id, e.sequence, e.version, e.action, e.from_state, e.to_state, e.actor, e.reason,
  e.event_time_us FROM old_events e JOIN submissions USING (division_code, submission);
INSERT INTO requests SELECT submission_id, r.request_id, r.fingerprint, r.version, r.is_identical
  FROM old_requests r JOIN submissions USING (division_code, submission);
INSERT INTO review_notes SELECT submission_id, n.version, n.notes
  FROM old_review_notes n JOIN submissions USING (division_code, submission);
INSERT INTO outbox SELECT submission_id, o.version, o.task, o.attempts, o.create_time_us, o.not_before_us,
  o.lease_until_us, o.lease_owner, o.reason FROM old_outbox o JOIN submissions USING (division_code, submission);

DROP TABLE old_outbox;
DROP TABLE old_review_notes;
DROP TABLE old_requests;
DROP TABLE old_events;
DROP TABLE old_score_cards;
DROP TABLE old_documents;
DROP TABLE old_versions;
DROP TABLE old_submissions;
)sql";

// Names come by year: what a season files goes into a stretch of the index of its
// own, which stays as small as in the first season. Under division and unit it went
// to a page of its own each, among those of all years before.
// Audit entries come in order of arrival too: fourteen prefectures had fourteen ends
// of the table, and every commit wrote a page at each.
constexpr char kVersion4[] = R"sql(
DROP INDEX submissions_by_state;
DROP INDEX submissions_to_list;
CREATE TABLE new_submissions (
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
INSERT INTO new_submissions SELECT * FROM submissions;
DROP TABLE submissions;
ALTER TABLE new_submissions RENAME TO submissions;
-- To count by state.
CREATE INDEX submissions_by_state ON submissions (state);
-- To list what waits for somebody. Accepted ones wait for a service.
CREATE INDEX submissions_to_list ON submissions (state, fiscal_year, division_code, submission) WHERE state <> 1;

ALTER TABLE audit_entries RENAME TO old_audit_entries;
CREATE TABLE audit_entries (
  entry_id INTEGER PRIMARY KEY,
  prefecture_code TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  entry BLOB NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (prefecture_code, fiscal_year, sequence)
) STRICT;
INSERT INTO audit_entries (prefecture_code, fiscal_year, sequence, entry, hash)
  SELECT prefecture_code, fiscal_year, sequence, entry, hash FROM old_audit_entries;
DROP TABLE old_audit_entries;
)sql";

// Step i brings version i to i + 1. Never edited once released; new ones are
// appended.
constexpr const char* kMigrations[] = {kVersion1, kVersion2, kVersion3, kVersion4};
static_assert(std::size(kMigrations) == kSchemaVersion);

}  // namespace

const char* MigrationFrom(int version) { return kMigrations[version]; }

}  // namespace jixiao::intake
