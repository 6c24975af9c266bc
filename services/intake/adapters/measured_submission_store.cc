#include "intake/adapters/measured_submission_store.h"

#include <chrono>
#include <utility>

namespace jixiao::intake {
namespace {

// A monotonic clock: wall time may jump.
absl::Time MonotonicNow() {
  return absl::UnixEpoch() + absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
}

bool IsRefusal(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kFailedPrecondition: return true;
    default: return false;
  }
}

}  // namespace

MeasuredSubmissionStore::MeasuredSubmissionStore(SubmissionStore& inner, Metrics& metrics)
    : inner_(inner),
      write_(MakeOperation(metrics, "write")),
      get_submission_(MakeOperation(metrics, "get_submission")),
      get_version_(MakeOperation(metrics, "get_version")),
      get_documents_(MakeOperation(metrics, "get_documents")),
      get_score_card_(MakeOperation(metrics, "get_score_card")),
      list_submissions_(MakeOperation(metrics, "list_submissions")),
      list_versions_(MakeOperation(metrics, "list_versions")),
      list_events_(MakeOperation(metrics, "list_events")),
      statistics_(MakeOperation(metrics, "statistics")) {}

MeasuredSubmissionStore::Operation MeasuredSubmissionStore::MakeOperation(Metrics& metrics, const std::string& name) {
  const auto child = [&](const std::string& outcome) {
    return &metrics.Histogram("jixiao_store_operation_duration_seconds",
                              "Duration of store operations, from call to answer.", CallDurationBuckets(),
                              {{"operation", name}, {"outcome", outcome}});
  };
  return {child("ok"), child("refused"), child("failed")};
}

void MeasuredSubmissionStore::Observe(const Operation& operation, const absl::Status& status, absl::Time start) {
  prometheus::Histogram* histogram = operation.failed;
  if (status.ok()) histogram = operation.ok;
  if (IsRefusal(status.code())) histogram = operation.refused;
  histogram->Observe(absl::ToDoubleSeconds(MonotonicNow() - start));
}

template <typename Read>
auto MeasuredSubmissionStore::Measure(const Operation& operation, Read read) {
  const absl::Time start = MonotonicNow();
  auto result = read();
  Observe(operation, result.status(), start);
  return result;
}

void MeasuredSubmissionStore::Write(Work work, Done done) {
  inner_.Write(std::move(work), [this, start = MonotonicNow(), done = std::move(done)](absl::Status status) {
    Observe(write_, status, start);
    done(std::move(status));
  });
}

absl::StatusOr<SubmissionRecord> MeasuredSubmissionStore::GetSubmission(const SubmissionKey& key) {
  return Measure(get_submission_, [&] { return inner_.GetSubmission(key); });
}

absl::StatusOr<VersionRecord> MeasuredSubmissionStore::GetVersion(const VersionKey& key) {
  return Measure(get_version_, [&] { return inner_.GetVersion(key); });
}

absl::StatusOr<VersionDocuments> MeasuredSubmissionStore::GetDocuments(const VersionKey& key) {
  return Measure(get_documents_, [&] { return inner_.GetDocuments(key); });
}

absl::StatusOr<std::string> MeasuredSubmissionStore::GetScoreCard(const VersionKey& key) {
  return Measure(get_score_card_, [&] { return inner_.GetScoreCard(key); });
}

absl::StatusOr<std::vector<SubmissionRecord>> MeasuredSubmissionStore::ListSubmissions(
    const ListFilter& filter, const std::optional<SubmissionKey>& after, int limit) {
  return Measure(list_submissions_, [&] { return inner_.ListSubmissions(filter, after, limit); });
}

absl::StatusOr<std::vector<VersionRecord>> MeasuredSubmissionStore::ListVersions(const SubmissionKey& key, int before,
                                                                                 int limit) {
  return Measure(list_versions_, [&] { return inner_.ListVersions(key, before, limit); });
}

absl::StatusOr<std::vector<v1::SubmissionEvent>> MeasuredSubmissionStore::ListEvents(const SubmissionKey& key,
                                                                                     int64_t after, int limit) {
  return Measure(list_events_, [&] { return inner_.ListEvents(key, after, limit); });
}

absl::StatusOr<StoreStatistics> MeasuredSubmissionStore::Statistics() {
  return Measure(statistics_, [&] { return inner_.Statistics(); });
}

}  // namespace jixiao::intake
