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
    : inner_(inner), changes_(changes), write_(MakeOperation(metrics, "write")) {
  for (const char* const name : kReadOperationNames) reads_.push_back(MakeOperation(metrics, name));
}

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

void MeasuredSubmissionStore::Write(WriteTopic topic, Work work, Done done) {
  std::optional<SubmissionKey> about = changes_ == nullptr ? std::nullopt : topic.submission;
  inner_.Write(std::move(topic), std::move(work),
               [this, start = MonotonicNow(), about = std::move(about), done = std::move(done)](absl::Status status) {
                 Observe(write_, status, start);
                 if (status.ok() && about.has_value()) changes_->Tell(*about);
                 done(std::move(status));
               });
}

absl::Status MeasuredSubmissionStore::Read(ReadOperation operation, const ReadWork& work) {
  const absl::Time start = MonotonicNow();
  absl::Status status = inner_.Read(operation, work);
  Observe(reads_[static_cast<size_t>(operation)], status, start);
  return status;
}

}  // namespace jixiao::intake
