#include "intake/core/tasks/retry_policy.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/errors.h"
#include "intake/core/submission/errors.h"

namespace jixiao::intake {

absl::Duration DelayAfter(int attempts, const RetryPolicy& policy, std::mt19937_64& random) {
  absl::Duration delay = policy.first_delay;
  for (int i = 1; i < attempts && delay < policy.max_delay; ++i) delay *= 2;
  delay = std::min(delay, policy.max_delay);
  std::uniform_int_distribution<int64_t> nanos(absl::ToInt64Nanoseconds(delay / 2), absl::ToInt64Nanoseconds(delay));
  return absl::Nanoseconds(nanos(random));
}

Remedy RemedyFor(TaskKind kind, const absl::Status& failure) {
  switch (failure.code()) {
    case absl::StatusCode::kInvalidArgument: return kind == TaskKind::kScore ? Remedy::kGiveUp : Remedy::kBlocked;
    case absl::StatusCode::kNotFound:
      return kind == TaskKind::kScore && ReasonOf(failure) != kNoRuleSet ? Remedy::kRetry : Remedy::kBlocked;
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kAlreadyExists: return Remedy::kBlocked;
    // Damaged bytes of our own stay damaged until somebody restores them.
    case absl::StatusCode::kDataLoss:
      return ReasonOf(failure) == "STORED_BYTES_DAMAGED" ? Remedy::kBlocked : Remedy::kRetry;
    default: return Remedy::kRetry;
  }
}

std::string ProblemText(TaskKind kind, const absl::Status& failure, int attempts) {
  if (RemedyFor(kind, failure) != Remedy::kRetry && !failure.message().empty()) {
    return std::string(failure.message());
  }
  const char* service = kind == TaskKind::kScore ? "评分服务" : "公开服务";
  return fmt::format("{}暂时未能完成处理，系统正在自动重试（已尝试 {} 次）", service, attempts);
}

}  // namespace jixiao::intake
