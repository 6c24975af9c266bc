// The transaction that a batch of writes shares. Works run on what was read in
// one round trip beforehand; what they change is kept here, each work's apart,
// and sent in one round trip with the COMMIT.
#ifndef JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_TRANSACTION_H_
#define JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_TRANSACTION_H_

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "intake/adapters/postgres/batch_table.h"
#include "intake/adapters/postgres/postgres_connection.h"
#include "intake/adapters/postgres/postgres_reads.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

// Isolation is READ COMMITTED and locks of our own, taken in order of keys:
//   a submission's row is the lock of everything below it, and taken before
//   anything below it is read;
//   an audit head's row is the lock of its chain;
//   seasons are shared by filings and held alone by who asks for its filings;
//   operations of a division follow one another.
// What no lock can guard, a row that is not there yet, is guarded by primary
// keys: the second of two inserts fails, and its batch is run again.
//
// Serializable isolation would need none of that, but two writers that append to
// the same index pages conflict in nearly every batch.
class PostgresTransaction : public PostgresReads, public SubmissionTransaction {
 public:
  explicit PostgresTransaction(PostgresConnection& connection) : PostgresReads(connection) {}

  // Begins, and fetches what `topics` name. With a short timeout it waits for a
  // lock a twentieth of the usual time.
  absl::Status Begin(const std::vector<const WriteTopic*>& topics, bool has_short_lock_timeout = false);
  // After each work: its changes stay, or never were.
  void Keep();
  void Undo();
  // The first failure of the connection; from then on nothing can be committed.
  const absl::Status& failure() const { return failure_; }
  // Sends all changes and commits.
  absl::Status Commit();

  absl::StatusOr<std::optional<SubmissionRecord>> FindSubmission(const SubmissionKey& key) override;
  absl::StatusOr<std::optional<VersionRecord>> FindVersion(const VersionKey& key) override;
  absl::StatusOr<std::optional<RequestRecord>> FindRequest(const SubmissionKey& key,
                                                           const std::string& request_id) override;
  absl::StatusOr<std::optional<Task>> FindTask(const VersionKey& key, TaskKind kind) override;
  absl::StatusOr<std::vector<int>> VersionsInState(const SubmissionKey& key, v1::Submission::State state) override;
  absl::StatusOr<std::vector<Task>> DueTasks(absl::Time now, int limit) override;
  absl::Status PutSubmission(const SubmissionRecord& record) override;
  absl::Status InsertVersion(const VersionRecord& record, PackedDocuments documents) override;
  absl::Status SetVersionState(const VersionKey& key, v1::Submission::State state) override;
  absl::Status PutScoreCard(const VersionKey& key, const std::string& score_card_bytes) override;
  absl::Status InsertEvent(const SubmissionKey& key, const v1::SubmissionEvent& event) override;
  absl::Status InsertRequest(const SubmissionKey& key, const RequestRecord& request) override;
  absl::Status PutTask(const Task& task) override;
  absl::Status DeleteTask(const VersionKey& key, TaskKind kind) override;
  absl::StatusOr<std::string> FindScoreCard(const VersionKey& key) override;
  absl::StatusOr<ReviewNotes> FindReviewNotes(const VersionKey& key) override;
  absl::Status PutReviewNotes(const VersionKey& key, const ReviewNotes& notes) override;
  absl::StatusOr<std::vector<RosterEntry>> RosterHistory(const UnitKey& key) override;
  absl::StatusOr<std::vector<RosterEntry>> FindRosterUnitsByName(const std::string& division_code,
                                                                 const std::string& unit_name,
                                                                 int fiscal_year) override;
  absl::Status PutRosterUnit(const RosterEntry& entry) override;
  absl::StatusOr<std::optional<v1::Season>> FindSeason(const SeasonKey& key) override;
  absl::Status PutSeason(const SeasonKey& key, const v1::Season& season) override;
  absl::StatusOr<std::optional<ExtensionRecord>> FindExtension(const SeasonKey& season, const UnitKey& unit) override;
  absl::Status PutExtension(const ExtensionRecord& record) override;
  absl::StatusOr<bool> HasFilings(const SeasonKey& season) override;
  absl::StatusOr<std::optional<OperationRecord>> FindOperation(const std::string& division_code,
                                                               const std::string& request_id) override;
  absl::Status InsertOperation(const OperationRecord& operation) override;
  absl::StatusOr<AuditHead> FindAuditHead(const AuditShard& shard) override;
  absl::Status InsertAuditRecord(const AuditShard& shard, const StoredAuditRecord& record) override;

 private:
  using Event = std::pair<SubmissionKey, v1::SubmissionEvent>;
  using Documents = std::pair<VersionKey, PackedDocuments>;
  using AuditEntry = std::pair<AuditShard, StoredAuditRecord>;
  using RosterKey = std::pair<UnitKey, int>;  // and first year
  using ExtensionKey = std::pair<SeasonKey, UnitKey>;
  using History = std::map<int, RosterEntry>;  // by first year
  using UnitExtensions = std::map<SeasonKey, ExtensionRecord>;

  absl::StatusOr<PostgresResult> Query(const PostgresStatement& statement, const PostgresParams& params) override;
  // Lists ask the database, which does not know yet what works of this batch changed:
  // behind a change it fails, and the works are done again, each in a batch of its own.
  absl::StatusOr<PostgresResult> List(const PostgresStatement& statement, const PostgresParams& params) override;
  absl::Status LockSubmission(const SubmissionKey& key);
  absl::Status LoadHistory(const UnitKey& key);
  absl::Status LoadExtensions(const UnitKey& key);
  absl::Status LoadSubmissions(const PostgresResult& result);
  void LoadRequests(const PostgresResult& result);
  void LoadSeasons(const PostgresResult& result);
  void LoadHistories(const std::vector<UnitKey>& asked, const PostgresResult& result);
  void LoadUnitExtensions(const std::vector<UnitKey>& asked, const PostgresResult& result);
  void LoadAuditHeads(const PostgresResult& result);

  void SendSubmissions();
  void SendVersions();
  void SendBelowVersions();
  void SendTasks();
  void SendRoster();
  void SendSeasons();
  void SendAuditLog();
  void SendRows(const PostgresStatement& statement, const PostgresRows& rows);

  // `use(part)` for each part that keeps changes.
  template <typename Use>
  void ForEachPart(Use use);

  absl::Status failure_;

  BatchTable<SubmissionKey, SubmissionRecord> submissions_;
  BatchTable<VersionKey, VersionRecord> versions_;      // read only
  BatchTable<VersionKey, VersionRecord> new_versions_;  // to be inserted
  BatchTable<VersionKey, v1::Submission::State> version_states_;
  BatchTable<SubmissionKey, int> newest_versions_;  // of new_versions_
  BatchList<Documents> documents_;
  BatchTable<VersionKey, std::string> score_cards_;
  BatchTable<VersionKey, ReviewNotes> notes_;
  BatchList<Event> events_;
  BatchTable<std::pair<SubmissionKey, std::string>, RequestRecord> requests_;
  BatchTable<std::pair<VersionKey, TaskKind>, Task> tasks_;
  BatchTable<UnitKey, History> histories_;
  BatchTable<RosterKey, RosterEntry> roster_changes_;
  BatchTable<SeasonKey, v1::Season> seasons_;
  BatchTable<UnitKey, UnitExtensions> extensions_;
  BatchTable<ExtensionKey, ExtensionRecord> extension_changes_;
  BatchTable<SeasonKey, bool> filed_seasons_;
  BatchTable<std::pair<std::string, std::string>, OperationRecord> operations_;
  BatchTable<AuditShard, AuditHead> audit_heads_;
  BatchList<AuditEntry> audit_entries_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_TRANSACTION_H_
