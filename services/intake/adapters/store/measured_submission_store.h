// Keeps submissions in another store, measures how long each operation takes and
// tells which submissions were changed.
#ifndef JIXIAO_INTAKE_ADAPTERS_STORE_MEASURED_SUBMISSION_STORE_H_
#define JIXIAO_INTAKE_ADAPTERS_STORE_MEASURED_SUBMISSION_STORE_H_

#include <map>
#include <string>
#include <vector>

#include "common/telemetry/metrics.h"
#include "intake/core/submission/submission_changes.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

// Counts `jixiao_store_operation_duration_seconds{operation,outcome}`; outcome is
// `ok`, `refused` (the caller's doing: not found, stale and the like) or
// `failed` (the store's). A write is measured from its call to its answer.
class MeasuredSubmissionStore : public SubmissionStore {
 public:
  // `changes` hears of each submission that a committed write was about; it may be
  // null.
  MeasuredSubmissionStore(SubmissionStore& inner, Metrics& metrics, SubmissionChanges* changes = nullptr);

  using SubmissionStore::Write;
  void Write(WriteTopic topic, Work work, Done done) override;
  absl::StatusOr<SubmissionRecord> GetSubmission(const SubmissionKey& key) override;
  absl::StatusOr<VersionRecord> GetVersion(const VersionKey& key) override;
  absl::StatusOr<VersionDocuments> GetDocuments(const VersionKey& key) override;
  absl::StatusOr<std::string> GetScoreCard(const VersionKey& key) override;
  absl::StatusOr<std::vector<SubmissionRecord>> ListSubmissions(const ListFilter& filter,
                                                                const std::optional<SubmissionKey>& after,
                                                                int limit) override;
  absl::StatusOr<std::vector<VersionRecord>> ListVersions(const SubmissionKey& key, int before, int limit) override;
  absl::StatusOr<std::vector<v1::SubmissionEvent>> ListEvents(const SubmissionKey& key, int64_t after,
                                                              int limit) override;
  absl::StatusOr<StoreStatistics> Statistics() override;
  absl::StatusOr<ReviewNotes> GetReviewNotes(const VersionKey& key) override;
  absl::StatusOr<v1::Season> GetSeason(const SeasonKey& key) override;
  absl::StatusOr<std::vector<RosterEntry>> ListRosterUnits(const std::string& division_prefix, int fiscal_year,
                                                           const std::optional<RosterEntry>& after, int limit) override;
  absl::StatusOr<std::vector<DivisionProgress>> CountProgress(const std::string& division_prefix, int fiscal_year,
                                                              report::v1::ReportKind kind) override;
  absl::StatusOr<std::vector<UnitKey>> ListMissingUnits(const std::string& division_prefix, int fiscal_year,
                                                        report::v1::ReportKind kind, int limit) override;
  absl::StatusOr<std::vector<std::pair<AuditShard, AuditHead>>> ListAuditHeads() override;
  absl::StatusOr<std::vector<StoredAuditRecord>> ReadAuditLog(const AuditShard& shard, int64_t after,
                                                              int limit) override;

 private:
  struct Operation {
    prometheus::Histogram* ok;
    prometheus::Histogram* refused;
    prometheus::Histogram* failed;
  };
  static Operation MakeOperation(Metrics& metrics, const std::string& name);
  static void Observe(const Operation& operation, const absl::Status& status, absl::Time start);
  template <typename Read>
  static auto Measure(const Operation& operation, Read read);

  SubmissionStore& inner_;
  SubmissionChanges* const changes_;
  const Operation write_, get_submission_, get_version_, get_documents_, get_score_card_;
  const Operation list_submissions_, list_versions_, list_events_, statistics_, get_review_notes_, get_season_;
  const Operation list_roster_units_, count_progress_, list_missing_units_, list_audit_heads_, read_audit_log_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_STORE_MEASURED_SUBMISSION_STORE_H_
