// For tests: matchers for statuses, in the spelling of newer abseil.
#ifndef JIXIAO_COMMON_TESTING_STATUS_MATCHERS_H_
#define JIXIAO_COMMON_TESTING_STATUS_MATCHERS_H_

#include <gmock/gmock.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/errors.h"

namespace jixiao::testing {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& value) {
  return value.status();
}

// EXPECT_THAT(Insert(report), IsOk());
MATCHER(IsOk, negation ? "is not OK" : "is OK") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}

// EXPECT_THAT(Find(name), StatusIs(absl::StatusCode::kNotFound));
MATCHER_P(StatusIs, code, "has status " + absl::StatusCodeToString(code)) {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).code() == code;
}

// EXPECT_THAT(Find(name), FailsWith(absl::StatusCode::kNotFound, "NO_RULE_SET"));
MATCHER_P2(FailsWith, code, reason, absl::StatusCodeToString(code) + " with reason " + reason) {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).code() == code && ReasonOf(StatusOf(arg)) == reason;
}

// EXPECT_THAT(Read(text), IsOkAndHolds(Eq(7)));
MATCHER_P(IsOkAndHolds, value_matcher, "is OK and holds a value that fits") {
  *result_listener << arg.status().ToString();
  return arg.ok() && ::testing::ExplainMatchResult(value_matcher, *arg, result_listener);
}

}  // namespace jixiao::testing

#endif  // JIXIAO_COMMON_TESTING_STATUS_MATCHERS_H_
