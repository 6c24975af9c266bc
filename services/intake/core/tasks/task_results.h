// Writes what came of a task, in one transaction and only under the lease that
// it was worked on: whatever dies or repeats in between, each result has one
// effect.
#ifndef JIXIAO_INTAKE_CORE_TASKS_TASK_RESULTS_H_
#define JIXIAO_INTAKE_CORE_TASKS_TASK_RESULTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "intake/core/submission/submission_store.h"
#include "jixiao/intake/v1/submission.pb.h"

namespace jixiao::intake {

// Who services are in the history.
inline constexpr char kScoringActor[] = "scoring";
inline constexpr char kPublishActor[] = "publish";
inline constexpr char kPolicyActor[] = "policy";

// Leases `task` to `owner`: what makes every earlier lease of it void.
absl::Status LeaseTask(SubmissionTransaction& transaction, Task& task, const std::string& owner, absl::Time until);

// All of these: `lease` is the task as leased. They give false, and change
// nothing, if that lease is no longer the task's current one.

struct ScoreResult {
  std::string score_card_bytes;
  v1::FindingCounts counts;  // without `unexplained`
  std::vector<std::string> findings_to_explain;
  bool is_auto_approved = false;  // if nothing blocks or waits for an explanation
};
// Counts findings, folded ones included. DATA_LOSS if the bytes are no score card.
absl::StatusOr<ScoreResult> ReadScoreResult(std::string score_card_bytes);

absl::StatusOr<bool> RecordScore(SubmissionTransaction& transaction, const Task& lease, const ScoreResult& result,
                                 absl::Time now);

// Scoring cannot succeed as things are. Tried again at `retry_time`, never if
// that is InfiniteFuture.
absl::StatusOr<bool> RecordScoringFailure(SubmissionTransaction& transaction, const Task& lease,
                                          const std::string& problem, absl::Time now, absl::Time retry_time);

absl::StatusOr<bool> RecordPublished(SubmissionTransaction& transaction, const Task& lease,
                                     const std::string& page_path, absl::Time now);

absl::StatusOr<bool> RecordTakenDown(SubmissionTransaction& transaction, const Task& lease);

// The task is tried again at `retry_time`; `problem` is shown until then.
absl::StatusOr<bool> RecordRetry(SubmissionTransaction& transaction, const Task& lease, const std::string& problem,
                                 absl::Time retry_time);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_TASKS_TASK_RESULTS_H_
