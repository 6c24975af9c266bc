// Keeps submissions in another store and measures how long each operation takes.
#ifndef JIXIAO_INTAKE_ADAPTERS_MEASURED_SUBMISSION_STORE_H_
#define JIXIAO_INTAKE_ADAPTERS_MEASURED_SUBMISSION_STORE_H_

#include <map>
#include <string>
#include <vector>

#include "common/telemetry/metrics.h"
#include "intake/core/submission_store.h"

namespace jixiao::intake {

// Counts `jixiao_store_operation_duration_seconds{operation,outcome}`; outcome is
// `ok`, `refused` (the caller's doing: not found, stale and the like) or
// `failed` (the store's). A write is measured from its call to its answer.
class MeasuredSubmissionStore : public SubmissionStore {
 public:
  MeasuredSubmissionStore(SubmissionStore& inner, Metrics& metrics);

  void Write(Work work, Done done) override;
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
  const Operation write_, get_submission_, get_version_, get_documents_, get_score_card_;
  const Operation list_submissions_, list_versions_, list_events_, statistics_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_MEASURED_SUBMISSION_STORE_H_
