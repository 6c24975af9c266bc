// Takes checkpoints of the audit log, for another party to keep: only who has
// one notices a log that was rewritten from end to end, or a store that was
// brought back from an older copy.
#ifndef JIXIAO_INTAKE_CORE_AUDIT_AUDIT_CHECKPOINTS_H_
#define JIXIAO_INTAKE_CORE_AUDIT_AUDIT_CHECKPOINTS_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

// One line of JSON without the line feed.
std::string FormatCheckpoint(const v1::AuditCheckpoint& checkpoint);

// INVALID_ARGUMENT with the number of the first line that is no checkpoint.
absl::StatusOr<std::vector<v1::AuditCheckpoint>> ParseCheckpoints(std::string_view lines);

// FAILED_PRECONDITION if the log in `store` lacks what a checkpoint knows (reason
// AUDIT_LOG_CUT_OFF: an older copy was restored, or entries were removed) or has
// something else there (AUDIT_LOG_REWRITTEN), with a sentence for the operator.
// Looks at the last checkpoint of each chain.
absl::Status CheckAgainstCheckpoints(SubmissionStore& store, const std::vector<v1::AuditCheckpoint>& checkpoints);

// Used by one thread at a time.
class CheckpointTaker {
 public:
  // Keeps one checkpoint durably.
  using Sink = std::function<absl::Status(const v1::AuditCheckpoint&)>;

  // Goes on from `checkpoints`, which the store was checked against.
  CheckpointTaker(SubmissionStore& store, const std::vector<v1::AuditCheckpoint>& checkpoints, Sink sink);

  // Takes a checkpoint of each chain that has new entries and whose last one is
  // 60 s or 1,000 entries ago, or of each with new entries if `is_final`. Reads the entries since then again and hashes
  // them: DATA_LOSS (reason AUDIT_LOG_BROKEN), with nothing kept of that chain, if they are not as they were chained;
  // other chains are still taken.
  absl::Status Take(absl::Time now, bool is_final = false);

 private:
  absl::Status TakeOne(const AuditShard& shard, const AuditHead& head, absl::Time now);
  bool IsDue(const AuditShard& shard, const AuditHead& head, absl::Time now, bool is_final) const;

  SubmissionStore& store_;
  const Sink sink_;
  std::map<AuditShard, v1::AuditCheckpoint> last_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_AUDIT_AUDIT_CHECKPOINTS_H_
