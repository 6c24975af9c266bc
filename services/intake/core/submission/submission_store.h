// Keeps submissions, their versions, history, requests and open tasks: the truth
// that everything in intake is decided from.
#ifndef JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_STORE_H_
#define JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_STORE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "intake/core/submission/authorize.h"
#include "intake/core/submission/season_name.h"
#include "intake/core/submission/submission_name.h"
#include "intake/core/submission/version_documents.h"
#include "jixiao/intake/v1/audit.pb.h"
#include "jixiao/intake/v1/submission.pb.h"

namespace jixiao::intake {

// A submission as stored. `submission` holds no score card and no next step.
struct SubmissionRecord {
  SubmissionKey key;
  v1::Submission submission;
  int64_t event_count = 0;
};

// A version as stored. `version.name` and `is_superseded` are filled.
struct VersionRecord {
  VersionKey key;
  v1::SubmissionVersion version;
  // What the season said when it was filed; scoring is asked with them.
  std::string rule_set;              // empty: the one that applies
  std::string registered_unit_name;  // empty: the roster does not know the unit
};

// What people said about a version after it was filed.
struct ReviewNotes {
  std::vector<v1::FindingExplanation> explanations;  // by finding id
  std::vector<v1::WorkConfirmation> confirmations;   // by criterion id
};

// What a request id was used for within a submission.
struct RequestRecord {
  std::string request_id;
  std::string fingerprint;  // digest over action and content
  int version = 0;          // the version it made or was about
  bool is_identical = false;
};

enum class TaskKind { kScore = 1, kPublish = 2, kWithdraw = 3 };

// Work that another service has to do for a version. A task is done once: who
// works on it holds a lease, and results are written only under that lease.
struct Task {
  VersionKey key;
  TaskKind kind = TaskKind::kScore;
  int attempts = 0;  // leases so far; also the fencing number of a lease
  absl::Time create_time;
  absl::Time not_before;  // not leased earlier
  absl::Time lease_until = absl::InfinitePast();
  std::string lease_owner;  // empty: not leased, or its owner is known to be dead
  std::string reason;       // of the approval or withdrawal, goes with the call
};

// Last entry of a chain.
struct AuditHead {
  int64_t sequence = 0;  // 0: nothing was chained yet
  std::string hash;      // 32 bytes; empty if sequence is 0
};

// An entry as stored.
struct StoredAuditRecord {
  int64_t sequence = 0;
  v1::AuditRecord record;
};

// What the request id of a call about roster or season was used for.
struct OperationRecord {
  std::string division_code;
  std::string request_id;
  std::string fingerprint;  // digest over action and content
};

// A roster entry as stored; a unit has one for each span of years.
struct RosterEntry {
  UnitKey key;
  v1::RosterUnit unit;
};

struct ExtensionRecord {
  SeasonKey season;
  UnitKey unit;
  v1::DeadlineExtension extension;
};

// What a write is about. A store may fetch it beforehand and keep writes about
// different places apart; it is a hint, and the work may ask for anything.
struct WriteTopic {
  std::optional<SubmissionKey> submission;
  std::string request_id;
  size_t bytes = 0;  // that the work holds until it is answered; stores bound their sum
};

// One atomic change. Valid only inside the work handed to SubmissionStore::Write;
// all failures are INTERNAL, UNAVAILABLE or RESOURCE_EXHAUSTED of the store
// itself and make the whole change fail.
class SubmissionTransaction {
 public:
  virtual ~SubmissionTransaction() = default;

  virtual absl::StatusOr<std::optional<SubmissionRecord>> FindSubmission(const SubmissionKey& key) = 0;
  virtual absl::StatusOr<std::optional<VersionRecord>> FindVersion(const VersionKey& key) = 0;
  virtual absl::StatusOr<std::optional<RequestRecord>> FindRequest(const SubmissionKey& key,
                                                                   const std::string& request_id) = 0;
  virtual absl::StatusOr<std::optional<Task>> FindTask(const VersionKey& key, TaskKind kind) = 0;
  // Versions of a submission in `state`, oldest first.
  virtual absl::StatusOr<std::vector<int>> VersionsInState(const SubmissionKey& key, v1::Submission::State state) = 0;
  // Up to `limit` tasks that are due at `now` and whose lease ran out or has no
  // owner, longest due first; what is due equally long in any order.
  virtual absl::StatusOr<std::vector<Task>> DueTasks(absl::Time now, int limit) = 0;

  // A new one comes before all that belongs to it.
  virtual absl::Status PutSubmission(const SubmissionRecord& record) = 0;
  // Marks all earlier versions of the submission superseded.
  virtual absl::Status InsertVersion(const VersionRecord& record, PackedDocuments documents) = 0;
  virtual absl::Status SetVersionState(const VersionKey& key, v1::Submission::State state) = 0;
  // Replaces the card of an earlier scoring of the same version.
  virtual absl::Status PutScoreCard(const VersionKey& key, const std::string& score_card_bytes) = 0;
  virtual absl::Status InsertEvent(const SubmissionKey& key, const v1::SubmissionEvent& event) = 0;
  virtual absl::Status InsertRequest(const SubmissionKey& key, const RequestRecord& request) = 0;
  virtual absl::Status PutTask(const Task& task) = 0;
  virtual absl::Status DeleteTask(const VersionKey& key, TaskKind kind) = 0;

  virtual absl::StatusOr<std::string> FindScoreCard(const VersionKey& key) = 0;  // empty if there is none yet
  virtual absl::StatusOr<ReviewNotes> FindReviewNotes(const VersionKey& key) = 0;
  virtual absl::Status PutReviewNotes(const VersionKey& key, const ReviewNotes& notes) = 0;

  // The entry that holds for `fiscal_year`.
  virtual absl::StatusOr<std::optional<RosterEntry>> FindRosterUnit(const UnitKey& key, int fiscal_year) = 0;
  // Entries of the unit, by first year.
  virtual absl::StatusOr<std::vector<RosterEntry>> RosterHistory(const UnitKey& key) = 0;
  // Units of `division_code` by official name, exactly as stored, in `fiscal_year`.
  virtual absl::StatusOr<std::vector<RosterEntry>> FindRosterUnitsByName(const std::string& division_code,
                                                                         const std::string& unit_name,
                                                                         int fiscal_year) = 0;
  // Replaces the entry with the same unit and first year.
  virtual absl::Status PutRosterUnit(const RosterEntry& entry) = 0;
  virtual absl::StatusOr<std::optional<v1::Season>> FindSeason(const SeasonKey& key) = 0;
  virtual absl::Status PutSeason(const SeasonKey& key, const v1::Season& season) = 0;
  virtual absl::StatusOr<std::optional<ExtensionRecord>> FindExtension(const SeasonKey& season,
                                                                       const UnitKey& unit) = 0;
  virtual absl::Status PutExtension(const ExtensionRecord& record) = 0;
  // True if a version was filed under `season`, whose name stands in its lateness.
  virtual absl::StatusOr<bool> HasFilings(const SeasonKey& season) = 0;
  virtual absl::StatusOr<std::optional<OperationRecord>> FindOperation(const std::string& division_code,
                                                                       const std::string& request_id) = 0;
  virtual absl::Status InsertOperation(const OperationRecord& operation) = 0;

  virtual absl::StatusOr<AuditHead> FindAuditHead(const AuditShard& shard) = 0;
  // `record` follows the head.
  virtual absl::Status InsertAuditRecord(const AuditShard& shard, const StoredAuditRecord& record) = 0;
};

struct ListFilter {
  std::string division_prefix;                                      // empty: all
  int fiscal_year = 0;                                              // 0: all
  v1::Submission::State state = v1::Submission::STATE_UNSPECIFIED;  // unspecified: all
  report::v1::ReportKind kind = report::v1::REPORT_KIND_UNSPECIFIED;
  // What the caller may see; nothing if empty, everything without a value.
  std::optional<std::vector<Scope>> scopes;
};

// Counts of one division, without those below it, for a season's year and kind.
// Expected reports are those of the roster.
struct DivisionProgress {
  std::string division_code;
  int expected = 0;
  int filed = 0;
  int late = 0;
  int returned = 0;
  int approved = 0;  // published ones included
  int published = 0;
  int unexpected = 0;  // filed, not expected; in no other count
};

// Open work of one kind.
struct TaskBacklog {
  TaskKind kind;
  int64_t count = 0;
  absl::Time oldest_create_time;
};

// For gauges.
struct StoreStatistics {
  std::vector<std::pair<v1::Submission::State, int64_t>> submissions_by_state;
  std::vector<TaskBacklog> backlogs;
};

// Thread-safe. Reads see what was committed before they began.
class SubmissionStore {
 public:
  using Work = std::function<absl::Status(SubmissionTransaction&)>;
  using Done = std::function<void(absl::Status)>;

  virtual ~SubmissionStore() = default;

  // Runs `work` in a transaction and then calls `done` once, on a thread of the
  // store, in commit order. `done` gets
  //   OK                  only after the change survives power loss;
  //   the status of work  if that was not OK: nothing of it is stored;
  //   RESOURCE_EXHAUSTED  if too much is waiting already, or the disk is full;
  //   UNAVAILABLE         if the store is closing; it may not have been tried.
  // `work` may run more than once and must not touch anything but its
  // transaction and what it alone owns.
  virtual void Write(WriteTopic topic, Work work, Done done) = 0;
  void Write(Work work, Done done) { Write(WriteTopic(), std::move(work), std::move(done)); }

  // NOT_FOUND if there is none.
  virtual absl::StatusOr<SubmissionRecord> GetSubmission(const SubmissionKey& key) = 0;
  virtual absl::StatusOr<VersionRecord> GetVersion(const VersionKey& key) = 0;
  // NOT_FOUND, or DATA_LOSS if the bytes do not match the receipt.
  virtual absl::StatusOr<VersionDocuments> GetDocuments(const VersionKey& key) = 0;
  // Bytes of the score card, empty if there is none yet; DATA_LOSS as above.
  virtual absl::StatusOr<std::string> GetScoreCard(const VersionKey& key) = 0;

  // By name, those after `after` (exclusive, empty: from the start).
  virtual absl::StatusOr<std::vector<SubmissionRecord>> ListSubmissions(const ListFilter& filter,
                                                                        const std::optional<SubmissionKey>& after,
                                                                        int limit) = 0;
  // Newest first, versions below `before`.
  virtual absl::StatusOr<std::vector<VersionRecord>> ListVersions(const SubmissionKey& key, int before, int limit) = 0;
  // Oldest first, sequences above `after`.
  virtual absl::StatusOr<std::vector<v1::SubmissionEvent>> ListEvents(const SubmissionKey& key, int64_t after,
                                                                      int limit) = 0;
  virtual absl::StatusOr<StoreStatistics> Statistics() = 0;

  virtual absl::StatusOr<ReviewNotes> GetReviewNotes(const VersionKey& key) = 0;

  // NOT_FOUND if there is none. With extensions, by unit name.
  virtual absl::StatusOr<v1::Season> GetSeason(const SeasonKey& key) = 0;
  // Entries of divisions with this prefix that hold for `fiscal_year` (0: all),
  // by name, then first year; those behind `after` (exclusive).
  virtual absl::StatusOr<std::vector<RosterEntry>> ListRosterUnits(const std::string& division_prefix, int fiscal_year,
                                                                   const std::optional<RosterEntry>& after,
                                                                   int limit) = 0;
  // Divisions with this prefix that expect or have a report, by code.
  virtual absl::StatusOr<std::vector<DivisionProgress>> CountProgress(const std::string& division_prefix,
                                                                      int fiscal_year, report::v1::ReportKind kind) = 0;
  // Units with a report missing, by name, each once.
  virtual absl::StatusOr<std::vector<UnitKey>> ListMissingUnits(const std::string& division_prefix, int fiscal_year,
                                                                report::v1::ReportKind kind, int limit) = 0;

  // All chains, by prefecture and year.
  virtual absl::StatusOr<std::vector<std::pair<AuditShard, AuditHead>>> ListAuditHeads() = 0;
  // Entries above `after`, by sequence.
  virtual absl::StatusOr<std::vector<StoredAuditRecord>> ReadAuditLog(const AuditShard& shard, int64_t after,
                                                                      int limit) = 0;
};

// Write that waits; never call it on a thread of the store.
absl::Status WriteAndWait(SubmissionStore& store, SubmissionStore::Work work);
absl::Status WriteAndWait(SubmissionStore& store, WriteTopic topic, SubmissionStore::Work work);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_STORE_H_
