// For any service: stops asking somebody who does not answer, and finds out
// when he does again with one call at a time.
#ifndef JIXIAO_COMMON_REDIS_CIRCUIT_BREAKER_H_
#define JIXIAO_COMMON_REDIS_CIRCUIT_BREAKER_H_

#include <mutex>

#include "absl/time/time.h"
#include "common/base/clock.h"

namespace jixiao {

// Thread-safe.
class CircuitBreaker {
 public:
  explicit CircuitBreaker(const Clock& clock) : clock_(clock) {}

  // True if the caller may ask; it then reports one of the two below.
  bool Allows();

  void Succeeded();
  void Failed();

  // True while calls are not let through.
  bool is_open() const;

 private:
  static constexpr int kFailuresToOpen = 3;
  static constexpr absl::Duration kFirstPause = absl::Milliseconds(500);
  static constexpr absl::Duration kLongestPause = absl::Seconds(5);

  const Clock& clock_;
  mutable std::mutex mutex_;
  int failures_ = 0;  // in a row
  bool is_probing_ = false;
  absl::Duration pause_ = kFirstPause;
  absl::Time retry_time_ = absl::InfinitePast();
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_REDIS_CIRCUIT_BREAKER_H_
