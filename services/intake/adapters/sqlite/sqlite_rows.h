// Translates rows of the SQLite store to records and back. Column lists stand
// beside the functions that read them.
#ifndef JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_ROWS_H_
#define JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_ROWS_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/sqlite/sqlite_statement.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

#define JIXIAO_SUBMISSION_COLUMNS                                                                                   \
  "division_code, submission, unit_name, current_version, state, receive_time_us, update_time_us, "                 \
  "report_digest, page_path, last_problem, return_comments, blocks_count, explain_count, note_count, event_count, " \
  "unexplained_count, lateness"
#define JIXIAO_VERSION_COLUMNS                                                                       \
  "version, state, is_superseded, request_id, report_digest, original_digest, original_size_bytes, " \
  "receive_time_us, trace_id, lateness, rule_set, registered_unit_name"
#define JIXIAO_EVENT_COLUMNS "sequence, version, action, from_state, to_state, actor, reason, event_time_us"
#define JIXIAO_TASK_COLUMNS                                                                                          \
  "division_code, submission, version, task, attempts, create_time_us, not_before_us, lease_until_us, lease_owner, " \
  "reason"

// A version by the number of its submission and its own.
#define JIXIAO_WHERE_VERSION " WHERE submission_id = ? AND version = ?"

// DATA_LOSS if what stands there is no submission name.
absl::StatusOr<SubmissionKey> KeyFromRow(const std::string& division_code, const std::string& submission);

absl::StatusOr<SubmissionRecord> SubmissionFromRow(SqliteStatement& row);
absl::StatusOr<VersionRecord> VersionFromRow(const SubmissionKey& key, SqliteStatement& row);
v1::SubmissionEvent EventFromRow(SqliteStatement& row);
absl::StatusOr<Task> TaskFromRow(SqliteStatement& row);

// Comments as one blob: a Submission message with nothing else in it.
std::string CommentsBytes(const v1::Submission& submission);
// Notes as one blob, likewise.
std::string NotesBytes(const ReviewNotes& notes);
absl::StatusOr<ReviewNotes> NotesFromBytes(const std::string& bytes);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_ROWS_H_
