#include "intake/adapters/sqlite/sqlite_transaction.h"

#include "common/base/digest.h"
#include "common/base/status_macros.h"
#include "intake/adapters/sqlite/sqlite_rows.h"
#include "intake/core/submission/stored_time.h"

namespace jixiao::intake {
namespace {

// Not a replacement of the row: that would write the index entries anew that
// stay as they are.
constexpr char kPutSubmission[] =
    "INSERT INTO submissions (" JIXIAO_SUBMISSION_COLUMNS
    ", fiscal_year, kind, working_days_late) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (fiscal_year, division_code, submission) DO UPDATE SET unit_name = excluded.unit_name, "
    "current_version = excluded.current_version, state = excluded.state, receive_time_us = excluded.receive_time_us, "
    "update_time_us = excluded.update_time_us, report_digest = excluded.report_digest, "
    "page_path = excluded.page_path, last_problem = excluded.last_problem, "
    "return_comments = excluded.return_comments, blocks_count = excluded.blocks_count, "
    "explain_count = excluded.explain_count, note_count = excluded.note_count, event_count = excluded.event_count, "
    "unexplained_count = excluded.unexplained_count, lateness = excluded.lateness, "
    "working_days_late = excluded.working_days_late";

void BindOptional(SqliteStatement& statement, bool is_present, std::string_view text) {
  if (is_present) {
    statement.Bind(text);
  } else {
    statement.BindNull();
  }
}

void BindOptionalBlob(SqliteStatement& statement, bool is_present, std::string_view bytes) {
  if (is_present) {
    statement.BindBlob(bytes);
  } else {
    statement.BindNull();
  }
}

void BindCounts(SqliteStatement& statement, const v1::Submission& submission) {
  if (!submission.has_finding_counts()) {
    statement.BindNull().BindNull().BindNull();
    return;
  }
  const v1::FindingCounts& counts = submission.finding_counts();
  statement.Bind(counts.blocks()).Bind(counts.explain()).Bind(counts.note());
}

}  // namespace

SqliteTransaction::SqliteTransaction(SqliteConnection& c)
    : SqliteReads(c),
      connection_(c),
      find_request_(
          c, "SELECT fingerprint, version, is_identical FROM requests WHERE submission_id = ? AND request_id = ?"),
      find_task_(c, "SELECT " JIXIAO_TASK_COLUMNS
                    " FROM outbox JOIN submissions USING (submission_id)" JIXIAO_WHERE_VERSION " AND task = ?"),
      versions_in_state_(c, "SELECT version FROM versions WHERE submission_id = ? AND state = ? ORDER BY version"),
      due_tasks_(c, "SELECT " JIXIAO_TASK_COLUMNS
                    " FROM outbox INDEXED BY outbox_by_due CROSS JOIN submissions USING (submission_id) WHERE "
                    "not_before_us <= ?1 AND (lease_until_us <= ?1 OR "
                    "lease_owner = '')"
                    " ORDER BY not_before_us LIMIT ?2"),
      put_submission_(c, kPutSubmission),
      supersede_versions_(c, "UPDATE versions SET is_superseded = 1 WHERE submission_id = ? AND is_superseded = 0"),
      insert_version_(c, "INSERT INTO versions (submission_id, " JIXIAO_VERSION_COLUMNS
                         ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      insert_documents_(c,
                        "INSERT INTO documents (submission_id, version, report_bytes, media_type, "
                        "file_name, original_bytes) VALUES (?, ?, ?, ?, ?, ?)"),
      insert_filed_season_(c, "INSERT OR IGNORE INTO filed_seasons (season) VALUES (?)"),
      set_version_state_(c, "UPDATE versions SET state = ?3 WHERE submission_id = ?1 AND version = ?2"),
      put_score_card_(c,
                      "INSERT OR REPLACE INTO score_cards (submission_id, version, score_card_bytes, digest) "
                      "VALUES (?, ?, ?, ?)"),
      insert_event_(c,
                    "INSERT INTO events (submission_id, " JIXIAO_EVENT_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      insert_request_(c,
                      "INSERT INTO requests (submission_id, request_id, fingerprint, version, "
                      "is_identical) VALUES (?, ?, ?, ?, ?)"),
      put_task_(c,
                "INSERT OR REPLACE INTO outbox (submission_id, version, task, attempts, create_time_us, not_before_us, "
                "lease_until_us, lease_owner, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      delete_task_(c, "DELETE FROM outbox" JIXIAO_WHERE_VERSION " AND task = ?"),
      put_notes_(c, "INSERT OR REPLACE INTO review_notes (submission_id, version, notes) VALUES (?, ?, ?)"),
      season_(c),
      audit_(c) {}

absl::StatusOr<std::optional<RequestRecord>> SqliteTransaction::FindRequest(const SubmissionKey& key,
                                                                            const std::string& request_id) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(key));
  if (id == kNoId) return std::optional<RequestRecord>();
  find_request_.Start().Bind(id);
  find_request_.Bind(request_id);
  const SqliteReset reset(find_request_);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, find_request_.Step());
  if (!has_row) return std::optional<RequestRecord>();
  return std::optional<RequestRecord>(RequestRecord{
      request_id, find_request_.Text(0), static_cast<int>(find_request_.Number(1)), find_request_.Number(2) != 0});
}

absl::StatusOr<std::optional<Task>> SqliteTransaction::FindTask(const VersionKey& key, TaskKind kind) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(key.submission));
  find_task_.Start().Bind(id);
  find_task_.Bind(key.version).Bind(static_cast<int>(kind));
  const SqliteReset reset(find_task_);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, find_task_.Step());
  if (!has_row) return std::optional<Task>();
  JIXIAO_ASSIGN_OR_RETURN(Task task, TaskFromRow(find_task_));
  return std::optional<Task>(std::move(task));
}

absl::StatusOr<std::vector<int>> SqliteTransaction::VersionsInState(const SubmissionKey& key,
                                                                    v1::Submission::State state) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(key));
  versions_in_state_.Start().Bind(id);
  versions_in_state_.Bind(static_cast<int>(state));
  std::vector<int> versions;
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, versions_in_state_.Step());
    if (!has_row) return versions;
    versions.push_back(static_cast<int>(versions_in_state_.Number(0)));
  }
}

absl::StatusOr<std::vector<Task>> SqliteTransaction::DueTasks(absl::Time now, int limit) {
  due_tasks_.Start().Bind(ToStoredTime(now)).Bind(limit);
  const SqliteReset reset(due_tasks_);
  std::vector<Task> tasks;
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, due_tasks_.Step());
    if (!has_row) return tasks;
    JIXIAO_ASSIGN_OR_RETURN(Task task, TaskFromRow(due_tasks_));
    tasks.push_back(std::move(task));
  }
}

absl::Status SqliteTransaction::PutSubmission(const SubmissionRecord& record) {
  const v1::Submission& submission = record.submission;
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(record.key));
  const std::string local = LocalName(record.key);
  put_submission_.Start().Bind(record.key.division_code).Bind(local);
  put_submission_.Bind(submission.unit_name())
      .Bind(submission.current_version())
      .Bind(static_cast<int>(submission.state()))
      .Bind(StoredMicros(submission.receive_time()))
      .Bind(StoredMicros(submission.update_time()))
      .Bind(submission.report_digest());
  BindOptional(put_submission_, submission.has_page_path(), submission.page_path());
  BindOptional(put_submission_, submission.has_last_problem(), submission.last_problem());
  const std::string comments = CommentsBytes(submission);
  BindOptionalBlob(put_submission_, !comments.empty(), comments);
  BindCounts(put_submission_, submission);
  put_submission_.Bind(record.event_count);
  if (submission.finding_counts().has_unexplained()) {
    put_submission_.Bind(submission.finding_counts().unexplained());
  } else {
    put_submission_.BindNull();
  }
  const std::string lateness = submission.lateness().SerializeAsString();
  BindOptionalBlob(put_submission_, submission.has_lateness(), lateness);
  JIXIAO_RETURN_IF_ERROR(put_submission_.Bind(record.key.fiscal_year)
                             .Bind(static_cast<int>(record.key.kind))
                             .Bind(submission.lateness().working_days_late())
                             .Run());
  if (id == kNoId) RememberId(record.key, connection_.last_row());
  return absl::OkStatus();
}

absl::Status SqliteTransaction::InsertVersion(const VersionRecord& record, PackedDocuments documents) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(record.key.submission));
  if (record.key.version > 1) JIXIAO_RETURN_IF_ERROR(supersede_versions_.Start().Bind(id).Run());
  const v1::Receipt& receipt = record.version.receipt();
  const std::string lateness = receipt.lateness().SerializeAsString();
  insert_version_.Start().Bind(id);
  insert_version_.Bind(record.key.version)
      .Bind(static_cast<int>(record.version.state()))
      .Bind(0)
      .Bind(receipt.request_id())
      .Bind(receipt.report_digest())
      .Bind(receipt.original_digest())
      .Bind(receipt.original_size_bytes())
      .Bind(StoredMicros(receipt.receive_time()))
      .Bind(receipt.trace_id());
  BindOptionalBlob(insert_version_, receipt.has_lateness(), lateness);
  JIXIAO_RETURN_IF_ERROR(insert_version_.Bind(record.rule_set).Bind(record.registered_unit_name).Run());
  if (receipt.lateness().has_season()) {
    JIXIAO_RETURN_IF_ERROR(insert_filed_season_.Start().Bind(receipt.lateness().season()).Run());
  }
  insert_documents_.Start().Bind(id);
  return insert_documents_.Bind(record.key.version)
      .BindBlob(documents.report_bytes)
      .Bind(documents.media_type)
      .Bind(documents.file_name)
      .BindBlob(documents.original_bytes)
      .Run();
}

absl::Status SqliteTransaction::SetVersionState(const VersionKey& key, v1::Submission::State state) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(key.submission));
  set_version_state_.Start().Bind(id);
  return set_version_state_.Bind(key.version).Bind(static_cast<int>(state)).Run();
}

absl::Status SqliteTransaction::PutScoreCard(const VersionKey& key, const std::string& score_card_bytes) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(key.submission));
  put_score_card_.Start().Bind(id);
  const std::string digest = ContentDigest(score_card_bytes);
  return put_score_card_.Bind(key.version).BindBlob(score_card_bytes).Bind(digest).Run();
}

absl::Status SqliteTransaction::PutReviewNotes(const VersionKey& key, const ReviewNotes& notes) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(key.submission));
  const std::string bytes = NotesBytes(notes);
  return put_notes_.Start().Bind(id).Bind(key.version).BindBlob(bytes).Run();
}

absl::Status SqliteTransaction::InsertEvent(const SubmissionKey& key, const v1::SubmissionEvent& event) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(key));
  insert_event_.Start().Bind(id);
  insert_event_.Bind(event.sequence()).Bind(event.version()).Bind(static_cast<int>(event.action()));
  if (event.has_from_state()) {
    insert_event_.Bind(static_cast<int>(event.from_state()));
  } else {
    insert_event_.BindNull();
  }
  insert_event_.Bind(static_cast<int>(event.to_state())).Bind(event.actor());
  if (event.has_reason()) {
    insert_event_.Bind(event.reason());
  } else {
    insert_event_.BindNull();
  }
  return insert_event_.Bind(StoredMicros(event.event_time())).Run();
}

absl::Status SqliteTransaction::InsertRequest(const SubmissionKey& key, const RequestRecord& request) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(key));
  insert_request_.Start().Bind(id);
  return insert_request_.Bind(request.request_id)
      .Bind(request.fingerprint)
      .Bind(request.version)
      .Bind(request.is_identical ? 1 : 0)
      .Run();
}

absl::Status SqliteTransaction::PutTask(const Task& task) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(task.key.submission));
  put_task_.Start().Bind(id);
  return put_task_.Bind(task.key.version)
      .Bind(static_cast<int>(task.kind))
      .Bind(task.attempts)
      .Bind(ToStoredTime(task.create_time))
      .Bind(ToStoredTime(task.not_before))
      .Bind(ToStoredTime(task.lease_until))
      .Bind(task.lease_owner)
      .Bind(task.reason)
      .Run();
}

absl::Status SqliteTransaction::DeleteTask(const VersionKey& key, TaskKind kind) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(key.submission));
  delete_task_.Start().Bind(id);
  return delete_task_.Bind(key.version).Bind(static_cast<int>(kind)).Run();
}

}  // namespace jixiao::intake
