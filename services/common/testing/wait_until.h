// For tests: waits for a condition instead of sleeping.
#ifndef JIXIAO_COMMON_TESTING_WAIT_UNTIL_H_
#define JIXIAO_COMMON_TESTING_WAIT_UNTIL_H_

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace jixiao::testing {

// True as soon as `condition()` is, false after `timeout`.
template <typename Condition>
bool WaitUntil(const Condition& condition, absl::Duration timeout = absl::Seconds(10)) {
  const absl::Time end = absl::Now() + timeout;
  while (!condition()) {
    if (absl::Now() > end) return false;
    absl::SleepFor(absl::Milliseconds(5));
  }
  return true;
}

}  // namespace jixiao::testing

#endif  // JIXIAO_COMMON_TESTING_WAIT_UNTIL_H_
