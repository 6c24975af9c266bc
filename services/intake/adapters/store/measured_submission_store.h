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
  absl::Status Read(ReadOperation operation, const ReadWork& work) override;

 private:
  struct Operation {
    prometheus::Histogram* ok;
    prometheus::Histogram* refused;
    prometheus::Histogram* failed;
  };
  static Operation MakeOperation(Metrics& metrics, const std::string& name);
  static void Observe(const Operation& operation, const absl::Status& status, absl::Time start);

  SubmissionStore& inner_;
  SubmissionChanges* const changes_;
  const Operation write_;
  std::vector<Operation> reads_;  // by ReadOperation
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_STORE_MEASURED_SUBMISSION_STORE_H_
