#include "intake/adapters/postgres/postgres_statements.h"

#include "intake/adapters/postgres/postgres_rows.h"

namespace jixiao::intake::sql {

#define WHERE_SUBMISSION " WHERE division_code = $1 AND submission = $2"
#define WHERE_VERSION WHERE_SUBMISSION " AND version = $3"
#define IN_DIVISIONS(table) table ".division_code >= $1 AND " table ".division_code < $2"

const PostgresStatement kBegin{"begin", "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"};
const PostgresStatement kBeginRead{"begin_read", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};
const PostgresStatement kShortLockTimeout{
    "short_lock_timeout",
    "SELECT set_config('lock_timeout', greatest(1, setting::bigint / 20)::text, true) FROM "
    "pg_settings WHERE name = 'lock_timeout'"};
const PostgresStatement kMark{"mark", "SELECT pg_logical_emit_message(true, 'jixiao', '')"};
const PostgresStatement kCommit{"commit", "COMMIT"};
const PostgresStatement kRollback{"rollback", "ROLLBACK"};
// A client that stops in the middle of a pipeline is not `idle in transaction`, and
// no time limit of the server ends it.
const PostgresStatement kEndHungSessions{
    "end_hung_sessions",
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() "
    "AND usename = current_user AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND wait_event = 'ClientRead' "
    "AND state_change < clock_timestamp() - $1::bigint * interval '1 millisecond'"};

const PostgresStatement kLockSubmissions{
    "lock_submissions",
    "SELECT " JIXIAO_PG_SUBMISSION_COLUMNS
    " FROM unnest($1::text[], $2::text[]) AS k (d, s) JOIN submissions ON division_code = k.d AND submission = k.s "
    "ORDER BY division_code, submission FOR UPDATE OF submissions",
    "tt"};
const PostgresStatement kFindRequests{
    "find_requests",
    "SELECT division_code, submission, request_id, fingerprint, version, is_identical FROM "
    "unnest($1::text[], $2::text[], $3::text[]) AS k (d, s, r) JOIN requests "
    "ON division_code = k.d AND submission = k.s AND request_id = k.r",
    "ttt"};
const PostgresStatement kLockSeasons{"lock_seasons",
                                     "SELECT " JIXIAO_PG_SEASON_COLUMNS
                                     " FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS k (d, y, n) JOIN seasons "
                                     "ON division_code = k.d AND fiscal_year = k.y AND kind = k.n "
                                     "ORDER BY division_code, fiscal_year, kind FOR SHARE OF seasons",
                                     "tnn"};
const PostgresStatement kRosterHistories{
    "roster_histories",
    "SELECT " JIXIAO_PG_ROSTER_COLUMNS
    " FROM unnest($1::text[], $2::text[]) AS k (d, u) JOIN roster_units AS r "
    "ON r.division_code = k.d AND r.unit_code = k.u ORDER BY r.division_code, r.unit_code, r.first_fiscal_year",
    "tt"};
const PostgresStatement kUnitExtensions{
    "unit_extensions",
    "SELECT " JIXIAO_PG_EXTENSION_COLUMNS
    " FROM unnest($1::text[], $2::text[]) AS k (d, u) JOIN extensions ON division_code = k.d AND unit_code = k.u",
    "tt"};
const PostgresStatement kLockAuditHeads{
    "lock_audit_heads",
    "SELECT prefecture_code, fiscal_year, sequence, hash FROM unnest($1::text[], $2::bigint[]) AS k (p, y) "
    "JOIN audit_heads ON prefecture_code = k.p AND fiscal_year = k.y "
    "ORDER BY prefecture_code, fiscal_year FOR UPDATE OF audit_heads",
    "tn"};

const PostgresStatement kFindVersion{"find_version",
                                     "SELECT " JIXIAO_PG_VERSION_COLUMNS " FROM versions" WHERE_VERSION};
const PostgresStatement kLockTask{
    "lock_task", "SELECT " JIXIAO_PG_TASK_COLUMNS " FROM outbox" WHERE_VERSION " AND task = $4 FOR UPDATE"};
const PostgresStatement kVersionStates{"version_states",
                                       "SELECT version, state FROM versions" WHERE_SUBMISSION " ORDER BY version"};
const PostgresStatement kDueTasks{
    "due_tasks", "SELECT " JIXIAO_PG_TASK_COLUMNS
                 " FROM outbox WHERE not_before_us <= $1 AND (lease_until_us <= $1 OR lease_owner = '') "
                 "ORDER BY not_before_us, division_code, submission, version, task LIMIT $2 FOR UPDATE SKIP LOCKED"};
const PostgresStatement kFindScoreCard{"find_score_card",
                                       "SELECT score_card_bytes, digest FROM score_cards" WHERE_VERSION};
const PostgresStatement kFindReviewNotes{"find_review_notes", "SELECT notes FROM review_notes" WHERE_VERSION};
const PostgresStatement kRosterUnitsByName{"roster_units_by_name",
                                           "SELECT " JIXIAO_PG_ROSTER_COLUMNS
                                           " FROM roster_units AS r WHERE r.division_code = $1 AND r.unit_name = $2"};
const PostgresStatement kLockSeason{
    "lock_season", "SELECT 1 FROM seasons WHERE division_code = $1 AND fiscal_year = $2 AND kind = $3 FOR UPDATE"};
const PostgresStatement kFindFiledSeason{"find_filed_season",
                                         "SELECT 1 FROM filed_seasons WHERE division_code = $1 AND season = $2"};
const PostgresStatement kLockDivision{"lock_division", "SELECT pg_advisory_xact_lock($1::bigint)"};
const PostgresStatement kFindOperation{
    "find_operation", "SELECT fingerprint FROM operations WHERE division_code = $1 AND request_id = $2"};

const PostgresStatement kPutSubmissions{
    "put_submissions",
    "INSERT INTO submissions (" JIXIAO_PG_SUBMISSION_COLUMNS
    ", fiscal_year, kind, working_days_late) SELECT * FROM "
    "unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[], "
    "$9::text[], $10::text[], $11::bytea[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bytea[], "
    "$17::bigint[], $18::bigint[], $19::bigint[], $20::bigint[]) "
    "ON CONFLICT (division_code, submission) DO UPDATE SET unit_name = excluded.unit_name, "
    "current_version = excluded.current_version, state = excluded.state, receive_time_us = excluded.receive_time_us, "
    "update_time_us = excluded.update_time_us, report_digest = excluded.report_digest, "
    "page_path = excluded.page_path, last_problem = excluded.last_problem, "
    "return_comments = excluded.return_comments, blocks_count = excluded.blocks_count, "
    "explain_count = excluded.explain_count, note_count = excluded.note_count, "
    "unexplained_count = excluded.unexplained_count, lateness = excluded.lateness, "
    "event_count = excluded.event_count, working_days_late = excluded.working_days_late",
    "tttnnnntttbnnnnbnnnn"};
const PostgresStatement kSupersedeVersions{
    "supersede_versions",
    "UPDATE versions SET is_superseded = true FROM unnest($1::text[], $2::text[], $3::bigint[]) AS k (d, s, v) "
    "WHERE division_code = k.d AND submission = k.s AND version < k.v AND NOT is_superseded",
    "ttn"};
const PostgresStatement kInsertVersions{
    "insert_versions",
    "INSERT INTO versions (division_code, submission, " JIXIAO_PG_VERSION_COLUMNS
    ") SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::boolean[], $6::text[], $7::text[], "
    "$8::text[], $9::bigint[], $10::bigint[], $11::text[], $12::bytea[], $13::text[], $14::text[])",
    "ttnnftttnntbtt"};
const PostgresStatement kInsertDocuments{
    "insert_documents",
    "INSERT INTO documents (division_code, submission, version, report_bytes, media_type, file_name, original_bytes) "
    "SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[], $5::text[], $6::text[], $7::bytea[])",
    "ttnbttb"};
const PostgresStatement kSetVersionStates{
    "set_version_states",
    "UPDATE versions SET state = k.n FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) AS k (d, s, v, n) "
    "WHERE division_code = k.d AND submission = k.s AND version = k.v",
    "ttnn"};
const PostgresStatement kPutScoreCards{
    "put_score_cards",
    "INSERT INTO score_cards (division_code, submission, version, score_card_bytes, digest) SELECT * FROM "
    "unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[], $5::text[]) ON CONFLICT (division_code, submission, "
    "version) DO UPDATE SET score_card_bytes = excluded.score_card_bytes, digest = excluded.digest",
    "ttnbt"};
const PostgresStatement kPutReviewNotes{
    "put_review_notes",
    "INSERT INTO review_notes (division_code, submission, version, notes) SELECT * FROM "
    "unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[]) ON CONFLICT (division_code, submission, version) "
    "DO UPDATE SET notes = excluded.notes",
    "ttnb"};
const PostgresStatement kInsertEvents{
    "insert_events",
    "INSERT INTO events (division_code, submission, " JIXIAO_PG_EVENT_COLUMNS
    ") SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], "
    "$7::bigint[], $8::text[], $9::text[], $10::bigint[])",
    "ttnnnnnttn"};
const PostgresStatement kInsertRequests{
    "insert_requests",
    "INSERT INTO requests (division_code, submission, request_id, fingerprint, version, is_identical) SELECT * FROM "
    "unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::boolean[])",
    "ttttnf"};
const PostgresStatement kPutTasks{
    "put_tasks",
    "INSERT INTO outbox (" JIXIAO_PG_TASK_COLUMNS
    ") SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], "
    "$7::bigint[], $8::bigint[], $9::text[], $10::text[]) ON CONFLICT (division_code, submission, version, task) "
    "DO UPDATE SET attempts = excluded.attempts, create_time_us = excluded.create_time_us, "
    "not_before_us = excluded.not_before_us, lease_until_us = excluded.lease_until_us, "
    "lease_owner = excluded.lease_owner, reason = excluded.reason",
    "ttnnnnnntt"};
const PostgresStatement kDeleteTasks{
    "delete_tasks",
    "DELETE FROM outbox USING unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) AS k (d, s, v, t) "
    "WHERE division_code = k.d AND submission = k.s AND version = k.v AND task = k.t",
    "ttnn"};
const PostgresStatement kPutRosterUnits{
    "put_roster_units",
    "INSERT INTO roster_units (division_code, unit_code, first_fiscal_year, last_fiscal_year, unit_name, "
    "supervising_unit, expects_department_report) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], "
    "$4::bigint[], $5::text[], $6::text[], $7::boolean[]) ON CONFLICT (division_code, unit_code, first_fiscal_year) "
    "DO UPDATE SET last_fiscal_year = excluded.last_fiscal_year, unit_name = excluded.unit_name, "
    "supervising_unit = excluded.supervising_unit, expects_department_report = excluded.expects_department_report",
    "ttnnttf"};
const PostgresStatement kDeleteRosterProjects{
    "delete_roster_projects",
    "DELETE FROM roster_projects USING unnest($1::text[], $2::text[], $3::bigint[]) AS k (d, u, y) "
    "WHERE division_code = k.d AND unit_code = k.u AND first_fiscal_year = k.y",
    "ttn"};
const PostgresStatement kInsertRosterProjects{
    "insert_roster_projects",
    "INSERT INTO roster_projects (division_code, unit_code, first_fiscal_year, position, project, project_name) "
    "SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[])",
    "ttnntt"};
const PostgresStatement kPutSeasons{
    "put_seasons",
    "INSERT INTO seasons (" JIXIAO_PG_SEASON_COLUMNS
    ") SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], "
    "$7::boolean[]) ON CONFLICT (division_code, fiscal_year, kind) DO UPDATE SET rule_set = excluded.rule_set, "
    "opening_time_us = excluded.opening_time_us, deadline_us = excluded.deadline_us, is_closed = excluded.is_closed",
    "tnntnnf"};
const PostgresStatement kPutExtensions{
    "put_extensions",
    "INSERT INTO extensions (" JIXIAO_PG_EXTENSION_COLUMNS
    ") SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], "
    "$8::text[]) ON CONFLICT (division_code, unit_code, season_division_code, fiscal_year, kind) DO UPDATE SET "
    "deadline_us = excluded.deadline_us, reason = excluded.reason, actor = excluded.actor",
    "tttnnntt"};
const PostgresStatement kInsertFiledSeasons{"insert_filed_seasons",
                                            "INSERT INTO filed_seasons (division_code, season) SELECT * FROM "
                                            "unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING",
                                            "tt"};
const PostgresStatement kInsertOperations{"insert_operations",
                                          "INSERT INTO operations (division_code, request_id, fingerprint) SELECT * "
                                          "FROM unnest($1::text[], $2::text[], $3::text[])",
                                          "ttt"};
const PostgresStatement kInsertAuditEntries{
    "insert_audit_entries",
    "INSERT INTO audit_entries (prefecture_code, fiscal_year, sequence, entry, hash) SELECT * FROM "
    "unnest($1::text[], $2::bigint[], $3::bigint[], $4::bytea[], $5::bytea[])",
    "tnnbb"};
const PostgresStatement kPutAuditHeads{
    "put_audit_heads",
    "INSERT INTO audit_heads (prefecture_code, fiscal_year, sequence, hash) SELECT * FROM "
    "unnest($1::text[], $2::bigint[], $3::bigint[], $4::bytea[]) ON CONFLICT (prefecture_code, fiscal_year) "
    "DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash",
    "tnnb"};

const PostgresStatement kGetSubmission{"get_submission",
                                       "SELECT " JIXIAO_PG_SUBMISSION_COLUMNS " FROM submissions" WHERE_SUBMISSION};
const PostgresStatement kGetDocuments{
    "get_documents",
    "SELECT d.report_bytes, d.media_type, d.file_name, d.original_bytes, v.report_digest, v.original_digest "
    "FROM documents AS d JOIN versions AS v USING (division_code, submission, version) "
    "WHERE d.division_code = $1 AND d.submission = $2 AND d.version = $3"};
const PostgresStatement kListSubmissions{
    "list_submissions",
    "SELECT " JIXIAO_PG_SUBMISSION_COLUMNS
    " FROM submissions WHERE (division_code, submission) >= ($1, $2) AND (division_code, submission) < ($3, $4) "
    "AND fiscal_year BETWEEN $5 AND $6 AND ($7::bigint = 0 OR kind = $7) AND ($8::bigint = 0 OR state = $8) "
    "ORDER BY division_code, submission LIMIT $9"};
const PostgresStatement kListVersions{"list_versions",
                                      "SELECT " JIXIAO_PG_VERSION_COLUMNS " FROM versions" WHERE_SUBMISSION
                                      " AND version < $3 ORDER BY version DESC LIMIT $4"};
const PostgresStatement kListEvents{"list_events", "SELECT " JIXIAO_PG_EVENT_COLUMNS " FROM events" WHERE_SUBMISSION
                                                   " AND sequence > $3 ORDER BY sequence LIMIT $4"};
const PostgresStatement kCountStates{"count_states",
                                     "SELECT state, count(*) FROM submissions GROUP BY state ORDER BY state"};
const PostgresStatement kCountTasks{
    "count_tasks", "SELECT task, count(*), min(create_time_us) FROM outbox GROUP BY task ORDER BY task"};
const PostgresStatement kGetSeason{"get_season",
                                   "SELECT " JIXIAO_PG_SEASON_COLUMNS
                                   " FROM seasons WHERE division_code = $1 AND fiscal_year = $2 AND kind = $3"};
const PostgresStatement kSeasonExtensions{
    "season_extensions",
    "SELECT " JIXIAO_PG_EXTENSION_COLUMNS
    " FROM extensions WHERE " IN_DIVISIONS("extensions")
    " AND season_division_code = $3 AND fiscal_year = $4 AND kind = $5 ORDER BY division_code, unit_code"};
const PostgresStatement kListRosterUnits{
    "list_roster_units",
    "SELECT " JIXIAO_PG_ROSTER_COLUMNS
    " FROM roster_units AS r WHERE " IN_DIVISIONS("r")
    " AND (r.division_code, r.unit_code, r.first_fiscal_year) > ($3, $4, $5) "
    "AND ($6::bigint = 0 OR (r.first_fiscal_year <= $6 AND r.last_fiscal_year >= $6)) "
    "ORDER BY r.division_code, r.unit_code, r.first_fiscal_year LIMIT $7"};

// Names of reports that the roster expects, and of those that are there; $3 is
// the year, $4 the kind: 1 department, 2 project. 6 is WITHDRAWN.
#define EXPECTED_AND_FILED \
  "WITH expected AS ("                                                                                           \
  "SELECT r.division_code, r.unit_code, r.unit_code || '.' || $3::bigint || '.department' AS submission "        \
  "FROM roster_units AS r WHERE $4::bigint = 1 AND " IN_DIVISIONS("r")                                           \
  " AND r.first_fiscal_year <= $3 AND r.last_fiscal_year >= $3 AND r.expects_department_report "                 \
  "UNION SELECT r.division_code, r.unit_code, r.unit_code || '.' || $3::bigint || '.project.' || p.project "     \
  "FROM roster_units AS r JOIN roster_projects AS p ON p.division_code = r.division_code "                       \
  "AND p.unit_code = r.unit_code AND p.first_fiscal_year = r.first_fiscal_year "                                 \
  "WHERE $4::bigint = 2 AND " IN_DIVISIONS("r") " AND " IN_DIVISIONS("p")                                        \
  " AND r.first_fiscal_year <= $3 AND r.last_fiscal_year >= $3), "                                               \
  "filed AS (SELECT s.division_code, s.submission, s.state, s.working_days_late FROM submissions AS s "          \
  "WHERE " IN_DIVISIONS("s") " AND s.fiscal_year = $3 AND s.kind = $4 AND s.state <> 6) "

const PostgresStatement kCountProgress{"count_progress", EXPECTED_AND_FILED
                                       "SELECT division_code, count(e.submission), "
                                       "count(*) FILTER (WHERE e.submission IS NOT NULL AND f.state IS NOT NULL), "
                                       "count(*) FILTER (WHERE e.submission IS NOT NULL AND f.working_days_late > 0), "
                                       "count(*) FILTER (WHERE e.submission IS NOT NULL AND f.state = 3), "
                                       "count(*) FILTER (WHERE e.submission IS NOT NULL AND f.state IN (4, 5)), "
                                       "count(*) FILTER (WHERE e.submission IS NOT NULL AND f.state = 5), "
                                       "count(*) FILTER (WHERE e.submission IS NULL) "
                                       "FROM expected AS e FULL JOIN filed AS f USING (division_code, submission) "
                                       "GROUP BY division_code ORDER BY division_code"};
const PostgresStatement kMissingUnits{
    "missing_units", EXPECTED_AND_FILED
    "SELECT DISTINCT e.division_code, e.unit_code FROM expected AS e LEFT JOIN filed AS f "
    "USING (division_code, submission) WHERE f.state IS NULL ORDER BY e.division_code, e.unit_code LIMIT $5"};
#undef EXPECTED_AND_FILED

const PostgresStatement kFindAuditHead{"find_audit_head",
                                       "SELECT prefecture_code, fiscal_year, sequence, hash FROM audit_heads WHERE "
                                       "prefecture_code = $1 AND fiscal_year = $2"};
const PostgresStatement kListAuditHeads{
    "list_audit_heads",
    "SELECT prefecture_code, fiscal_year, sequence, hash FROM audit_heads ORDER BY prefecture_code, fiscal_year"};
const PostgresStatement kReadAuditLog{
    "read_audit_log",
    "SELECT sequence, entry, hash FROM audit_entries WHERE prefecture_code = $1 AND fiscal_year = $2 AND sequence > $3 "
    "ORDER BY sequence LIMIT $4"};

const std::vector<const PostgresStatement*>& ReaderStatements() {
  static const auto& statements = *new std::vector<const PostgresStatement*>{
      &kBeginRead,     &kCommit,         &kGetSubmission,    &kListSubmissions,   &kFindVersion,
      &kListVersions,  &kGetDocuments,   &kFindScoreCard,    &kFindReviewNotes,   &kListEvents,
      &kCountStates,   &kCountTasks,     &kRosterHistories,  &kRosterUnitsByName, &kListRosterUnits,
      &kGetSeason,     &kUnitExtensions, &kSeasonExtensions, &kCountProgress,     &kMissingUnits,
      &kFindAuditHead, &kListAuditHeads, &kReadAuditLog};
  return statements;
}

const std::vector<const PostgresStatement*>& WriterStatements() {
  static const auto& statements = *[] {
    auto* all = new std::vector<const PostgresStatement*>{&kBegin,
                                                          &kShortLockTimeout,
                                                          &kMark,
                                                          &kRollback,
                                                          &kEndHungSessions,
                                                          &kLockSubmissions,
                                                          &kFindRequests,
                                                          &kLockSeasons,
                                                          &kLockAuditHeads,
                                                          &kLockTask,
                                                          &kVersionStates,
                                                          &kDueTasks,
                                                          &kLockSeason,
                                                          &kFindFiledSeason,
                                                          &kLockDivision,
                                                          &kFindOperation,
                                                          &kPutSubmissions,
                                                          &kSupersedeVersions,
                                                          &kInsertVersions,
                                                          &kInsertDocuments,
                                                          &kSetVersionStates,
                                                          &kPutScoreCards,
                                                          &kPutReviewNotes,
                                                          &kInsertEvents,
                                                          &kInsertRequests,
                                                          &kPutTasks,
                                                          &kDeleteTasks,
                                                          &kPutRosterUnits,
                                                          &kDeleteRosterProjects,
                                                          &kInsertRosterProjects,
                                                          &kPutSeasons,
                                                          &kPutExtensions,
                                                          &kInsertFiledSeasons,
                                                          &kInsertOperations,
                                                          &kInsertAuditEntries,
                                                          &kPutAuditHeads};
    all->insert(all->end(), ReaderStatements().begin(), ReaderStatements().end());
    return all;
  }();
  return statements;
}

const std::vector<SpanningStatement>& SpanningStatements() {
  static const auto& statements = *new std::vector<SpanningStatement>{
      {&kDueTasks, "an instance works for all divisions; the index by due time holds open tasks only"},
      {&kCountStates, "gauges of the whole service"},
      {&kCountTasks, "gauges of the whole service"},
      {&kListAuditHeads, "checkpoints of all chains; one row for each prefecture and year"}};
  return statements;
}

#undef WHERE_SUBMISSION
#undef WHERE_VERSION
#undef IN_DIVISIONS

}  // namespace jixiao::intake::sql
