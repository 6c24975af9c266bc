// Keeps changes of submissions in SQLite, within the transaction that the writer
// has open.
#ifndef JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_TRANSACTION_H_
#define JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_TRANSACTION_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/sqlite/sqlite_statement.h"
#include "intake/adapters/sqlite/sqlite_reads.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

// Holds all statements that write, prepared once. Used by the writer's thread only.
class SqliteTransaction : public SqliteReads, public SubmissionTransaction {
 public:
  explicit SqliteTransaction(SqliteConnection& connection);

  absl::StatusOr<std::optional<RequestRecord>> FindRequest(const SubmissionKey& key,
                                                           const std::string& request_id) override;
  absl::StatusOr<std::optional<Task>> FindTask(const VersionKey& key, TaskKind kind) override;
  absl::StatusOr<std::vector<int>> VersionsInState(const SubmissionKey& key, v1::Submission::State state) override;
  absl::StatusOr<std::vector<Task>> DueTasks(absl::Time now, int limit) override;
  absl::StatusOr<bool> HasFilings(const SeasonKey& season) override;
  absl::StatusOr<std::optional<OperationRecord>> FindOperation(const std::string& division_code,
                                                               const std::string& request_id) override;
  absl::Status PutSubmission(const SubmissionRecord& record) override;
  absl::Status InsertVersion(const VersionRecord& record, PackedDocuments documents) override;
  absl::Status SetVersionState(const VersionKey& key, v1::Submission::State state) override;
  absl::Status PutScoreCard(const VersionKey& key, const std::string& score_card_bytes) override;
  absl::Status PutReviewNotes(const VersionKey& key, const ReviewNotes& notes) override;
  absl::Status InsertEvent(const SubmissionKey& key, const v1::SubmissionEvent& event) override;
  absl::Status InsertRequest(const SubmissionKey& key, const RequestRecord& request) override;
  absl::Status PutTask(const Task& task) override;
  absl::Status DeleteTask(const VersionKey& key, TaskKind kind) override;
  absl::Status PutRosterUnit(const RosterEntry& entry) override;
  absl::Status PutSeason(const SeasonKey& key, const v1::Season& season) override;
  absl::Status PutExtension(const ExtensionRecord& record) override;
  absl::Status InsertOperation(const OperationRecord& operation) override;
  absl::Status InsertAuditRecord(const AuditShard& shard, const StoredAuditRecord& record) override;

 private:
  // One group for each file that implements a part of this class.
  struct SeasonStatements {
    explicit SeasonStatements(SqliteConnection& connection);
    SqliteStatement put_unit, delete_projects, insert_project, put_season, put_extension, has_filings;
    SqliteStatement find_operation, insert_operation;
  };
  struct AuditStatements {
    explicit AuditStatements(SqliteConnection& connection);
    SqliteStatement start_head, move_head, insert_entry;
  };

  SqliteConnection& connection_;
  SqliteStatement find_request_, find_task_, versions_in_state_, due_tasks_;
  SqliteStatement put_submission_, supersede_versions_, insert_version_, insert_documents_, insert_filed_season_;
  SqliteStatement set_version_state_, put_score_card_, insert_event_, insert_request_, put_task_, delete_task_;
  SqliteStatement put_notes_;
  SeasonStatements season_;
  AuditStatements audit_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_TRANSACTION_H_
