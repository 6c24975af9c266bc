#include "intake/adapters/sqlite/sqlite_rows.h"

#include <fmt/format.h>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "intake/core/submission/stored_time.h"

namespace jixiao::intake {
namespace {

int Int(SqliteStatement& row, int column) { return static_cast<int>(row.Number(column)); }

absl::Status Corrupt(const char* what) {
  return MakeError(absl::StatusCode::kDataLoss, "STORE_CORRUPT", fmt::format("stored {} do not parse", what));
}

}  // namespace

absl::StatusOr<SubmissionKey> KeyFromRow(const std::string& division_code, const std::string& submission) {
  const std::string name = fmt::format("submissions/{}.{}", division_code, submission);
  absl::StatusOr<SubmissionKey> key = ParseSubmissionName(name, "name");
  if (key.ok()) return key;
  return MakeError(absl::StatusCode::kDataLoss, "STORE_CORRUPT", "a stored name is malformed: " + name);
}

absl::StatusOr<SubmissionRecord> SubmissionFromRow(SqliteStatement& row) {
  SubmissionRecord record;
  JIXIAO_ASSIGN_OR_RETURN(record.key, KeyFromRow(row.Text(0), row.Text(1)));
  v1::Submission& submission = record.submission;
  if (!row.IsNull(10) && !submission.ParseFromString(row.Text(10))) {
    return Corrupt("comments");
  }
  submission.set_name(FormatSubmissionName(record.key));
  submission.set_division_code(record.key.division_code);
  submission.set_unit_code(record.key.unit_code);
  submission.set_unit_name(row.Text(2));
  submission.set_fiscal_year(record.key.fiscal_year);
  submission.set_kind(record.key.kind);
  submission.set_current_version(Int(row, 3));
  submission.set_state(static_cast<v1::Submission::State>(Int(row, 4)));
  *submission.mutable_receive_time() = StoredTimestamp(row.Number(5));
  *submission.mutable_update_time() = StoredTimestamp(row.Number(6));
  submission.set_report_digest(row.Text(7));
  if (!row.IsNull(8)) submission.set_page_path(row.Text(8));
  if (!row.IsNull(9)) submission.set_last_problem(row.Text(9));
  if (!row.IsNull(11)) {
    submission.mutable_finding_counts()->set_blocks(Int(row, 11));
    submission.mutable_finding_counts()->set_explain(Int(row, 12));
    submission.mutable_finding_counts()->set_note(Int(row, 13));
    if (!row.IsNull(15)) submission.mutable_finding_counts()->set_unexplained(Int(row, 15));
  }
  if (!row.IsNull(16) && !submission.mutable_lateness()->ParseFromString(row.Text(16))) return Corrupt("latenesses");
  record.event_count = row.Number(14);
  return record;
}

absl::StatusOr<VersionRecord> VersionFromRow(const SubmissionKey& key, SqliteStatement& row) {
  VersionRecord record;
  record.key = {key, Int(row, 0)};
  v1::SubmissionVersion& version = record.version;
  version.set_name(FormatVersionName(record.key));
  version.set_version(record.key.version);
  version.set_state(static_cast<v1::Submission::State>(Int(row, 1)));
  version.set_is_superseded(row.Number(2) != 0);
  v1::Receipt& receipt = *version.mutable_receipt();
  receipt.set_submission_version(version.name());
  receipt.set_request_id(row.Text(3));
  receipt.set_report_digest(row.Text(4));
  receipt.set_original_digest(row.Text(5));
  receipt.set_original_size_bytes(row.Number(6));
  *receipt.mutable_receive_time() = StoredTimestamp(row.Number(7));
  receipt.set_trace_id(row.Text(8));
  if (!row.IsNull(9) && !receipt.mutable_lateness()->ParseFromString(row.Text(9))) return Corrupt("latenesses");
  record.rule_set = row.Text(10);
  record.registered_unit_name = row.Text(11);
  return record;
}

v1::SubmissionEvent EventFromRow(SqliteStatement& row) {
  v1::SubmissionEvent event;
  event.set_sequence(row.Number(0));
  event.set_version(Int(row, 1));
  event.set_action(static_cast<v1::SubmissionEvent::Action>(Int(row, 2)));
  if (!row.IsNull(3)) event.set_from_state(static_cast<v1::Submission::State>(Int(row, 3)));
  event.set_to_state(static_cast<v1::Submission::State>(Int(row, 4)));
  event.set_actor(row.Text(5));
  if (!row.IsNull(6)) event.set_reason(row.Text(6));
  *event.mutable_event_time() = StoredTimestamp(row.Number(7));
  return event;
}

absl::StatusOr<Task> TaskFromRow(SqliteStatement& row) {
  Task task;
  JIXIAO_ASSIGN_OR_RETURN(task.key.submission, KeyFromRow(row.Text(0), row.Text(1)));
  task.key.version = Int(row, 2);
  task.kind = static_cast<TaskKind>(Int(row, 3));
  task.attempts = Int(row, 4);
  task.create_time = FromStoredTime(row.Number(5));
  task.not_before = FromStoredTime(row.Number(6));
  task.lease_until = FromStoredTime(row.Number(7));
  task.lease_owner = row.Text(8);
  task.reason = row.Text(9);
  return task;
}

std::string CommentsBytes(const v1::Submission& submission) {
  v1::Submission only_comments;
  *only_comments.mutable_return_comments() = submission.return_comments();
  return only_comments.SerializeAsString();
}

std::string NotesBytes(const ReviewNotes& notes) {
  v1::Submission only_notes;
  only_notes.mutable_explanations()->Assign(notes.explanations.begin(), notes.explanations.end());
  only_notes.mutable_work_confirmations()->Assign(notes.confirmations.begin(), notes.confirmations.end());
  return only_notes.SerializeAsString();
}

absl::StatusOr<ReviewNotes> NotesFromBytes(const std::string& bytes) {
  v1::Submission notes;
  if (!notes.ParseFromString(bytes)) return Corrupt("notes");
  return ReviewNotes{{notes.explanations().begin(), notes.explanations().end()},
                     {notes.work_confirmations().begin(), notes.work_confirmations().end()}};
}

}  // namespace jixiao::intake
