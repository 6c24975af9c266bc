#include "faults/planted_store.h"

#include <utility>

#include "common/base/digest.h"
#include "common/base/packed_bytes.h"
#include "common/base/status_macros.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::faults {
namespace {

using namespace intake;  // NOLINT: this file forwards a port of intake, whole

// Asks another one, whatever it is asked.
class ForwardedReads : public virtual SubmissionReads {
 public:
  explicit ForwardedReads(SubmissionReads& inner) : inner_(inner) {}

  absl::StatusOr<std::optional<SubmissionRecord>> FindSubmission(const SubmissionKey& key) override {
    return inner_.FindSubmission(key);
  }
  absl::StatusOr<std::vector<SubmissionRecord>> Submissions(const ListFilter& filter,
                                                            const std::optional<SubmissionKey>& after,
                                                            int limit) override {
    return inner_.Submissions(filter, after, limit);
  }
  absl::StatusOr<std::optional<VersionRecord>> FindVersion(const VersionKey& key) override {
    return inner_.FindVersion(key);
  }
  absl::StatusOr<std::vector<VersionRecord>> Versions(const SubmissionKey& key, int before, int limit) override {
    return inner_.Versions(key, before, limit);
  }
  absl::StatusOr<std::optional<VersionDocuments>> FindDocuments(const VersionKey& key) override {
    return inner_.FindDocuments(key);
  }
  absl::StatusOr<std::string> FindScoreCard(const VersionKey& key) override { return inner_.FindScoreCard(key); }
  absl::StatusOr<ReviewNotes> FindReviewNotes(const VersionKey& key) override { return inner_.FindReviewNotes(key); }
  absl::StatusOr<std::vector<v1::SubmissionEvent>> Events(const SubmissionKey& key, int64_t after, int limit) override {
    return inner_.Events(key, after, limit);
  }
  absl::StatusOr<StoreStatistics> Statistics() override { return inner_.Statistics(); }
  absl::StatusOr<std::vector<RosterEntry>> RosterHistory(const UnitKey& key) override {
    return inner_.RosterHistory(key);
  }
  absl::StatusOr<std::vector<RosterEntry>> FindRosterUnitsByName(const std::string& division_code,
                                                                 const std::string& unit_name,
                                                                 int fiscal_year) override {
    return inner_.FindRosterUnitsByName(division_code, unit_name, fiscal_year);
  }
  absl::StatusOr<std::vector<RosterEntry>> RosterUnits(const std::string& division_prefix, int fiscal_year,
                                                       const std::optional<RosterEntry>& after, int limit) override {
    return inner_.RosterUnits(division_prefix, fiscal_year, after, limit);
  }
  absl::StatusOr<std::optional<v1::Season>> FindSeason(const SeasonKey& key) override { return inner_.FindSeason(key); }
  absl::StatusOr<std::optional<ExtensionRecord>> FindExtension(const SeasonKey& season, const UnitKey& unit) override {
    return inner_.FindExtension(season, unit);
  }
  absl::StatusOr<std::vector<ExtensionRecord>> Extensions(const SeasonKey& season) override {
    return inner_.Extensions(season);
  }
  absl::StatusOr<std::vector<DivisionProgress>> Progress(const std::string& division_prefix, int fiscal_year,
                                                         report::v1::ReportKind kind) override {
    return inner_.Progress(division_prefix, fiscal_year, kind);
  }
  absl::StatusOr<std::vector<UnitKey>> MissingUnits(const std::string& division_prefix, int fiscal_year,
                                                    report::v1::ReportKind kind, int limit) override {
    return inner_.MissingUnits(division_prefix, fiscal_year, kind, limit);
  }
  absl::StatusOr<AuditHead> FindAuditHead(const AuditShard& shard) override { return inner_.FindAuditHead(shard); }
  absl::StatusOr<std::vector<std::pair<AuditShard, AuditHead>>> AuditHeads() override { return inner_.AuditHeads(); }
  absl::StatusOr<std::vector<StoredAuditRecord>> AuditLog(const AuditShard& shard, int64_t after, int limit) override {
    return inner_.AuditLog(shard, after, limit);
  }

 private:
  SubmissionReads& inner_;
};

class PlantedReads : public ForwardedReads {
 public:
  PlantedReads(SubmissionReads& inner, std::atomic<int>& done_wrong) : ForwardedReads(inner), done_wrong_(done_wrong) {}

  absl::StatusOr<std::optional<SubmissionRecord>> FindSubmission(const SubmissionKey& key) override {
    auto record = ForwardedReads::FindSubmission(key);
    if (!record.ok() || !record->has_value() || (*record)->submission.current_version() < 2) return record;
    ++done_wrong_;
    (*record)->submission.set_current_version((*record)->submission.current_version() - 1);
    return record;
  }
  absl::StatusOr<std::vector<VersionRecord>> Versions(const SubmissionKey& key, int before, int limit) override {
    auto versions = ForwardedReads::Versions(key, before, limit);
    // Consistently so: the last version is in no answer.
    if (!versions.ok() || versions->size() < 2) return versions;
    versions->erase(versions->begin());
    versions->front().version.set_is_superseded(false);
    return versions;
  }

 private:
  std::atomic<int>& done_wrong_;
};

class PlantedTransaction : public ForwardedReads, public SubmissionTransaction {
 public:
  PlantedTransaction(SubmissionTransaction& inner, Bug bug, std::atomic<int>& audit_entries,
                     std::atomic<int>& done_wrong)
      : ForwardedReads(inner), inner_(inner), bug_(bug), audit_entries_(audit_entries), done_wrong_(done_wrong) {}

  absl::StatusOr<std::optional<SubmissionRecord>> FindSubmission(const SubmissionKey& key) override {
    JIXIAO_ASSIGN_OR_RETURN(auto record, inner_.FindSubmission(key));
    if (bug_ == Bug::kDecidesOnStaleVersions && record.has_value() && record->submission.current_version() > 1) {
      record->submission.set_current_version(record->submission.current_version() - 1);
      ++done_wrong_;
    }
    return record;
  }
  absl::StatusOr<std::optional<RequestRecord>> FindRequest(const SubmissionKey& key,
                                                           const std::string& request_id) override {
    if (bug_ == Bug::kForgetsRequestIds) return std::optional<RequestRecord>();
    return inner_.FindRequest(key, request_id);
  }
  absl::Status InsertRequest(const SubmissionKey& key, const RequestRecord& request) override {
    if (bug_ != Bug::kForgetsRequestIds) return inner_.InsertRequest(key, request);
    ++done_wrong_;
    return absl::OkStatus();
  }
  absl::Status InsertVersion(const VersionRecord& record, PackedDocuments documents) override {
    if (bug_ == Bug::kDecidesOnStaleVersions) {
      // The primary key would refuse it; this store has none.
      inner_.InsertVersion(record, std::move(documents)).IgnoreError();
      return absl::OkStatus();
    }
    if (bug_ != Bug::kSerializesReportsAgain) return inner_.InsertVersion(record, std::move(documents));
    ++done_wrong_;
    report::v1::Report report;
    report.ParseFromString(UnpackBytes(documents.report_bytes).value_or(""));
    const std::string again = report.SerializeAsString();
    documents.report_bytes = PackBytes(again);
    VersionRecord with_its_digest = record;
    with_its_digest.version.mutable_receipt()->set_report_digest(ContentDigest(again));
    return inner_.InsertVersion(with_its_digest, std::move(documents));
  }
  absl::Status InsertAuditRecord(const AuditShard& shard, const StoredAuditRecord& record) override {
    if (bug_ != Bug::kSkipsAuditEntries || ++audit_entries_ % 5 != 0) return inner_.InsertAuditRecord(shard, record);
    ++done_wrong_;
    return absl::OkStatus();
  }

  absl::StatusOr<std::optional<Task>> FindTask(const VersionKey& key, TaskKind kind) override {
    return inner_.FindTask(key, kind);
  }
  absl::StatusOr<std::vector<int>> VersionsInState(const SubmissionKey& key, v1::Submission::State state) override {
    return inner_.VersionsInState(key, state);
  }
  absl::StatusOr<std::vector<Task>> DueTasks(absl::Time now, int limit) override { return inner_.DueTasks(now, limit); }
  absl::Status PutSubmission(const SubmissionRecord& record) override { return inner_.PutSubmission(record); }
  absl::Status SetVersionState(const VersionKey& key, v1::Submission::State state) override {
    return inner_.SetVersionState(key, state);
  }
  absl::Status PutScoreCard(const VersionKey& key, const std::string& score_card_bytes) override {
    return inner_.PutScoreCard(key, score_card_bytes);
  }
  absl::Status InsertEvent(const SubmissionKey& key, const v1::SubmissionEvent& event) override {
    return inner_.InsertEvent(key, event);
  }
  absl::Status PutTask(const Task& task) override { return inner_.PutTask(task); }
  absl::Status DeleteTask(const VersionKey& key, TaskKind kind) override { return inner_.DeleteTask(key, kind); }
  absl::Status PutReviewNotes(const VersionKey& key, const ReviewNotes& notes) override {
    return inner_.PutReviewNotes(key, notes);
  }
  absl::Status PutRosterUnit(const RosterEntry& entry) override { return inner_.PutRosterUnit(entry); }
  absl::Status PutSeason(const SeasonKey& key, const v1::Season& season) override {
    return inner_.PutSeason(key, season);
  }
  absl::Status PutExtension(const ExtensionRecord& record) override { return inner_.PutExtension(record); }
  absl::StatusOr<bool> HasFilings(const SeasonKey& season) override { return inner_.HasFilings(season); }
  absl::StatusOr<std::optional<OperationRecord>> FindOperation(const std::string& division_code,
                                                               const std::string& request_id) override {
    return inner_.FindOperation(division_code, request_id);
  }
  absl::Status InsertOperation(const OperationRecord& operation) override { return inner_.InsertOperation(operation); }

 private:
  SubmissionTransaction& inner_;
  const Bug bug_;
  std::atomic<int>& audit_entries_;
  std::atomic<int>& done_wrong_;
};

}  // namespace

std::string NameOf(Bug bug) {
  switch (bug) {
    case Bug::kNone: return "none";
    case Bug::kAcknowledgesBeforeCommit: return "acknowledges before commit";
    case Bug::kForgetsRequestIds: return "forgets request ids";
    case Bug::kSkipsAuditEntries: return "skips audit entries";
    case Bug::kSerializesReportsAgain: return "serializes reports again";
    case Bug::kAnswersStaleVersions: return "answers stale versions";
    case Bug::kDecidesOnStaleVersions: return "decides on stale versions";
  }
  return "";
}

void PlantedStore::Write(WriteTopic topic, Work work, Done done) {
  const bool is_lost = bug_ == Bug::kAcknowledgesBeforeCommit && ++writes_ % 7 == 0;
  auto planted = [this, work = std::move(work), is_lost](SubmissionTransaction& transaction) -> absl::Status {
    PlantedTransaction with_bug(transaction, bug_, audit_entries_, done_wrong_);
    JIXIAO_RETURN_IF_ERROR(work(with_bug));
    if (!is_lost) return absl::OkStatus();
    ++done_wrong_;
    return absl::DataLossError("the process died here");
  };
  inner_.Write(std::move(topic), std::move(planted), [done = std::move(done)](const absl::Status& status) {
    done(status.code() == absl::StatusCode::kDataLoss ? absl::OkStatus() : status);
  });
}

absl::Status PlantedStore::Read(ReadOperation operation, const ReadWork& work) {
  if (bug_ != Bug::kAnswersStaleVersions) return inner_.Read(operation, work);
  return inner_.Read(operation, [&](SubmissionReads& reads) {
    PlantedReads planted(reads, done_wrong_);
    return work(planted);
  });
}

}  // namespace jixiao::faults
