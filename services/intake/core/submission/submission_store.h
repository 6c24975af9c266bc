// Keeps submissions, their versions, history, requests and open tasks: the truth
// that everything in intake is decided from.
#ifndef JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_STORE_H_
#define JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_STORE_H_

#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "intake/core/submission/submission_reads.h"

namespace jixiao::intake {

// One atomic change. Valid only inside the work handed to SubmissionStore::Write;
// all failures are INTERNAL, UNAVAILABLE or RESOURCE_EXHAUSTED of the store
// itself and make the whole change fail. What is found by name is found as this
// change and those before it left it; lists come before the first put of a work.
class SubmissionTransaction : public virtual SubmissionReads {
 public:
  // What only changes ask for; a store may keep others away from it.
  virtual absl::StatusOr<std::optional<RequestRecord>> FindRequest(const SubmissionKey& key,
                                                                   const std::string& request_id) = 0;
  virtual absl::StatusOr<std::optional<Task>> FindTask(const VersionKey& key, TaskKind kind) = 0;
  // Versions of a submission in `state`, oldest first.
  virtual absl::StatusOr<std::vector<int>> VersionsInState(const SubmissionKey& key, v1::Submission::State state) = 0;
  // Up to `limit` tasks that are due at `now` and whose lease ran out or has no
  // owner, longest due first; what is due equally long in any order.
  virtual absl::StatusOr<std::vector<Task>> DueTasks(absl::Time now, int limit) = 0;
  // True if a version was filed under `season`, whose name stands in its lateness.
  virtual absl::StatusOr<bool> HasFilings(const SeasonKey& season) = 0;
  virtual absl::StatusOr<std::optional<OperationRecord>> FindOperation(const std::string& division_code,
                                                                       const std::string& request_id) = 0;

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
  virtual absl::Status PutReviewNotes(const VersionKey& key, const ReviewNotes& notes) = 0;
  // Replaces the entry with the same unit and first year.
  virtual absl::Status PutRosterUnit(const RosterEntry& entry) = 0;
  virtual absl::Status PutSeason(const SeasonKey& key, const v1::Season& season) = 0;
  virtual absl::Status PutExtension(const ExtensionRecord& record) = 0;
  virtual absl::Status InsertOperation(const OperationRecord& operation) = 0;
  // `record` follows the head.
  virtual absl::Status InsertAuditRecord(const AuditShard& shard, const StoredAuditRecord& record) = 0;
};

// What a write is about. A store may fetch it beforehand and keep writes about
// different places apart; it is a hint, and the work may ask for anything.
struct WriteTopic {
  std::optional<SubmissionKey> submission;
  std::string request_id;
  size_t bytes = 0;  // that the work holds until it is answered; stores bound their sum
};

// What a read is for, as its duration is counted.
enum class ReadOperation {
  kSubmission,
  kSubmissions,
  kVersion,
  kVersions,
  kComparison,
  kEvents,
  kSeason,
  kRosterUnits,
  kProgress,
  kBulkReview,
  kTask,
  kAuditLog,
  kStatistics,
};
inline constexpr const char* kReadOperationNames[] = {
    "submission",   "submissions", "version",     "versions", "comparison", "events",    "season",
    "roster_units", "progress",    "bulk_review", "task",     "audit_log",  "statistics"};

// Thread-safe.
class SubmissionStore {
 public:
  using Work = std::function<absl::Status(SubmissionTransaction&)>;
  using Done = std::function<void(absl::Status)>;
  using ReadWork = std::function<absl::Status(SubmissionReads&)>;

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

  // Runs `work` on one moment of the store, not before what was committed when it
  // was called, and gives its status. `work` may run more than once; it waits for
  // nobody, since few run at a time.
  virtual absl::Status Read(ReadOperation operation, const ReadWork& work) = 0;
};

// What `work` gives on one moment of `store`, or of whatever else has its Read.
template <typename Store, typename Work>
std::invoke_result_t<Work, SubmissionReads&> ReadFrom(Store& store, ReadOperation operation, Work work) {
  std::invoke_result_t<Work, SubmissionReads&> result = absl::UnknownError("not read");
  absl::Status status = store.Read(operation, [&](SubmissionReads& reads) {
    result = work(reads);
    return result.status();
  });
  if (!status.ok()) result = std::move(status);
  return result;
}

// Write that waits; never call it on a thread of the store.
absl::Status WriteAndWait(SubmissionStore& store, SubmissionStore::Work work);
absl::Status WriteAndWait(SubmissionStore& store, WriteTopic topic, SubmissionStore::Work work);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_STORE_H_
