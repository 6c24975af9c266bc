#include "common/redis/circuit_breaker.h"

#include <algorithm>

#include "common/base/log.h"

namespace jixiao {

bool CircuitBreaker::Allows() {
  const std::lock_guard lock(mutex_);
  if (failures_ < kFailuresToOpen) return true;
  const absl::Time now = clock_.Now();
  if (now < retry_time_) return false;
  // This caller tries; the others wait for what it finds.
  retry_time_ = now + pause_;
  is_probing_ = true;
  return true;
}

void CircuitBreaker::Succeeded() {
  const std::lock_guard lock(mutex_);
  if (failures_ >= kFailuresToOpen) LogInfo("cache_reachable_again");
  failures_ = 0;
  is_probing_ = false;
  pause_ = kFirstPause;
}

void CircuitBreaker::Failed() {
  const std::lock_guard lock(mutex_);
  ++failures_;
  if (failures_ < kFailuresToOpen) return;
  if (failures_ == kFailuresToOpen) {
    LogWarning("cache_unreachable");
  } else if (is_probing_) {
    pause_ = std::min(pause_ * 2, kLongestPause);
  } else {
    return;  // began before the breaker opened
  }
  is_probing_ = false;
  retry_time_ = clock_.Now() + pause_;
}

bool CircuitBreaker::is_open() const {
  const std::lock_guard lock(mutex_);
  return failures_ >= kFailuresToOpen && clock_.Now() < retry_time_;
}

}  // namespace jixiao
