// Translates rows of the PostgreSQL store to records and back. Column lists stand
// beside the functions that read them.
#ifndef JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_ROWS_H_
#define JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_ROWS_H_

#include <string>

#include "absl/status/statusor.h"
#include "intake/adapters/postgres/postgres_values.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

#define JIXIAO_PG_SUBMISSION_COLUMNS                                                                   \
  "division_code, submission, unit_name, current_version, state, receive_time_us, update_time_us, "    \
  "report_digest, page_path, last_problem, return_comments, blocks_count, explain_count, note_count, " \
  "unexplained_count, lateness, event_count"
#define JIXIAO_PG_VERSION_COLUMNS                                                                    \
  "version, state, is_superseded, request_id, report_digest, original_digest, original_size_bytes, " \
  "receive_time_us, trace_id, lateness, rule_set, registered_unit_name"
#define JIXIAO_PG_EVENT_COLUMNS "sequence, version, action, from_state, to_state, actor, reason, event_time_us"
#define JIXIAO_PG_TASK_COLUMNS                                                                                       \
  "division_code, submission, version, task, attempts, create_time_us, not_before_us, lease_until_us, lease_owner, " \
  "reason"
#define JIXIAO_PG_ROSTER_COLUMNS                                                                                \
  "r.division_code, r.unit_code, r.first_fiscal_year, r.last_fiscal_year, r.unit_name, r.supervising_unit, "    \
  "r.expects_department_report, ARRAY(SELECT p.project_name FROM roster_projects AS p WHERE p.division_code = " \
  "r.division_code AND p.unit_code = r.unit_code AND p.first_fiscal_year = r.first_fiscal_year ORDER BY p.position)"
#define JIXIAO_PG_SEASON_COLUMNS "division_code, fiscal_year, kind, rule_set, opening_time_us, deadline_us, is_closed"
#define JIXIAO_PG_EXTENSION_COLUMNS \
  "division_code, unit_code, season_division_code, fiscal_year, kind, deadline_us, reason, actor"

// The columns of a key, as parameters of a statement and at the front of a row.
PostgresParams ParamsOf(const SubmissionKey& key);
PostgresParams ParamsOf(const VersionKey& key);
void AddKey(const SubmissionKey& key, PostgresRows& rows);
void AddKey(const VersionKey& key, PostgresRows& rows);

absl::StatusOr<SubmissionRecord> SubmissionFromRow(const PostgresRow& row);
absl::StatusOr<VersionRecord> VersionFromRow(const SubmissionKey& key, const PostgresRow& row);
v1::SubmissionEvent EventFromRow(const PostgresRow& row);
absl::StatusOr<Task> TaskFromRow(const PostgresRow& row);
absl::StatusOr<ReviewNotes> ReviewNotesFromRow(const PostgresRow& row);
// DATA_LOSS if the bytes do not match their digest.
absl::StatusOr<std::string> ScoreCardFromRow(const VersionKey& key, const PostgresRow& row);
RosterEntry RosterEntryFromRow(const PostgresRow& row);
// By name, then first year.
bool ComesBefore(const RosterEntry& a, const RosterEntry& b);
std::pair<SeasonKey, v1::Season> SeasonFromRow(const PostgresRow& row);
ExtensionRecord ExtensionFromRow(const PostgresRow& row);
std::pair<AuditShard, AuditHead> AuditHeadFromRow(const PostgresRow& row);

// One row each, for the statements that put or insert them.
void AddSubmission(const SubmissionRecord& record, PostgresRows& rows);
void AddVersion(const VersionRecord& record, PostgresRows& rows);
void AddEvent(const SubmissionKey& key, const v1::SubmissionEvent& event, PostgresRows& rows);
void AddTask(const Task& task, PostgresRows& rows);
void AddReviewNotes(const VersionKey& key, const ReviewNotes& notes, PostgresRows& rows);
void AddRosterUnit(const RosterEntry& entry, PostgresRows& rows);
void AddRosterProjects(const RosterEntry& entry, PostgresRows& rows);
void AddSeason(const SeasonKey& key, const v1::Season& season, PostgresRows& rows);
void AddExtension(const ExtensionRecord& record, PostgresRows& rows);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_ROWS_H_
