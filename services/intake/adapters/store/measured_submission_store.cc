#include "intake/adapters/store/measured_submission_store.h"

#include <chrono>
#include <optional>
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

MeasuredSubmissionStore::MeasuredSubmissionStore(SubmissionStore& inner, Metrics& metrics, SubmissionChanges* changes)
    : inner_(inner),
      changes_(changes),
      write_(MakeOperation(metrics, "write")),
      get_submission_(MakeOperation(metrics, "get_submission")),
      get_version_(MakeOperation(metrics, "get_version")),
      get_documents_(MakeOperation(metrics, "get_documents")),
      get_score_card_(MakeOperation(metrics, "get_score_card")),
      list_submissions_(MakeOperation(metrics, "list_submissions")),
      list_versions_(MakeOperation(metrics, "list_versions")),
      list_events_(MakeOperation(metrics, "list_events")),
      statistics_(MakeOperation(metrics, "statistics")),
      get_review_notes_(MakeOperation(metrics, "get_review_notes")),
      get_season_(MakeOperation(metrics, "get_season")),
      list_roster_units_(MakeOperation(metrics, "list_roster_units")),
      count_progress_(MakeOperation(metrics, "count_progress")),
      list_missing_units_(MakeOperation(metrics, "list_missing_units")),
      list_audit_heads_(MakeOperation(metrics, "list_audit_heads")),
      read_audit_log_(MakeOperation(metrics, "read_audit_log")) {}

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

void MeasuredSubmissionStore::Write(WriteTopic topic, Work work, Done done) {
  std::optional<SubmissionKey> about = changes_ == nullptr ? std::nullopt : topic.submission;
  inner_.Write(std::move(topic), std::move(work),
               [this, start = MonotonicNow(), about = std::move(about), done = std::move(done)](absl::Status status) {
                 Observe(write_, status, start);
                 if (status.ok() && about.has_value()) changes_->Tell(*about);
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

absl::StatusOr<ReviewNotes> MeasuredSubmissionStore::GetReviewNotes(const VersionKey& key) {
  return Measure(get_review_notes_, [&] { return inner_.GetReviewNotes(key); });
}

absl::StatusOr<v1::Season> MeasuredSubmissionStore::GetSeason(const SeasonKey& key) {
  return Measure(get_season_, [&] { return inner_.GetSeason(key); });
}

absl::StatusOr<std::vector<RosterEntry>> MeasuredSubmissionStore::ListRosterUnits(
    const std::string& division_prefix, int fiscal_year, const std::optional<RosterEntry>& after, int limit) {
  return Measure(list_roster_units_,
                 [&] { return inner_.ListRosterUnits(division_prefix, fiscal_year, after, limit); });
}

absl::StatusOr<std::vector<DivisionProgress>> MeasuredSubmissionStore::CountProgress(const std::string& division_prefix,
                                                                                     int fiscal_year,
                                                                                     report::v1::ReportKind kind) {
  return Measure(count_progress_, [&] { return inner_.CountProgress(division_prefix, fiscal_year, kind); });
}

absl::StatusOr<std::vector<UnitKey>> MeasuredSubmissionStore::ListMissingUnits(const std::string& division_prefix,
                                                                               int fiscal_year,
                                                                               report::v1::ReportKind kind, int limit) {
  return Measure(list_missing_units_,
                 [&] { return inner_.ListMissingUnits(division_prefix, fiscal_year, kind, limit); });
}

absl::StatusOr<std::vector<std::pair<AuditShard, AuditHead>>> MeasuredSubmissionStore::ListAuditHeads() {
  return Measure(list_audit_heads_, [&] { return inner_.ListAuditHeads(); });
}

absl::StatusOr<std::vector<StoredAuditRecord>> MeasuredSubmissionStore::ReadAuditLog(const AuditShard& shard,
                                                                                     int64_t after, int limit) {
  return Measure(read_audit_log_, [&] { return inner_.ReadAuditLog(shard, after, limit); });
}

}  // namespace jixiao::intake
