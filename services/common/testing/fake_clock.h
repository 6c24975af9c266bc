// For tests: a clock that stands still until it is moved.
#ifndef JIXIAO_COMMON_TESTING_FAKE_CLOCK_H_
#define JIXIAO_COMMON_TESTING_FAKE_CLOCK_H_

#include <mutex>

#include "absl/time/time.h"
#include "common/base/clock.h"

namespace jixiao::testing {

// Thread-safe.
class FakeClock : public Clock {
 public:
  explicit FakeClock(absl::Time now = absl::FromUnixSeconds(1'750'000'000)) : now_(now) {}

  absl::Time Now() const override {
    const std::lock_guard lock(mutex_);
    return now_;
  }

  void Advance(absl::Duration by) {
    const std::lock_guard lock(mutex_);
    now_ += by;
  }

 private:
  mutable std::mutex mutex_;
  absl::Time now_;
};

}  // namespace jixiao::testing

#endif  // JIXIAO_COMMON_TESTING_FAKE_CLOCK_H_
