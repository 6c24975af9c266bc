// For any service: time as a value that tests can hand in.
#ifndef JIXIAO_COMMON_BASE_CLOCK_H_
#define JIXIAO_COMMON_BASE_CLOCK_H_

#include "absl/time/time.h"

namespace jixiao {

// Wall clock. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

// The machine's clock; lives for ever.
const Clock& SystemClock();

}  // namespace jixiao

#endif  // JIXIAO_COMMON_BASE_CLOCK_H_
