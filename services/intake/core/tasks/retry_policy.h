// Decides when a failed task is tried again, and whether trying can help.
#ifndef JIXIAO_INTAKE_CORE_TASKS_RETRY_POLICY_H_
#define JIXIAO_INTAKE_CORE_TASKS_RETRY_POLICY_H_

#include <cstdint>
#include <random>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

struct RetryPolicy {
  absl::Duration first_delay = absl::Milliseconds(500);
  absl::Duration max_delay = absl::Seconds(60);
  // For what only people can mend, a missing rule set for example.
  absl::Duration blocked_delay = absl::Minutes(10);
};

// Doubles with each attempt, from 1, up to max_delay; between half and all of
// that, so that what failed together does not come back together.
absl::Duration DelayAfter(int attempts, const RetryPolicy& policy, std::mt19937_64& random);

// How a failed task goes on.
enum class Remedy {
  kRetry,    // the other side was not well
  kBlocked,  // people have to do something first
  kGiveUp,   // this version can never succeed
};
Remedy RemedyFor(TaskKind kind, const absl::Status& failure);

// Sentence for `last_problem`, without details of our machinery.
std::string ProblemText(TaskKind kind, const absl::Status& failure, int attempts);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_TASKS_RETRY_POLICY_H_
