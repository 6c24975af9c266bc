#include "common/base/errors.h"

#include <gtest/gtest.h>

namespace jixiao {
namespace {

TEST(ErrorsTest, KeepsReason) {
  const absl::Status status = MakeError(absl::StatusCode::kAborted, "STALE_BASE_VERSION", "读到的版本已过期");

  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ReasonOf(status), "STALE_BASE_VERSION");
}

TEST(ErrorsTest, ListsEveryBrokenField) {
  const absl::Status status = InvalidFields({{"a.b", "缺少"}, {"c", "过长"}});

  const auto violations = ViolationsOf(status);
  ASSERT_EQ(violations.field_violations_size(), 2);
  EXPECT_EQ(violations.field_violations(1).field(), "c");
  EXPECT_EQ(std::string(status.message()), "a.b：缺少（另有 1 处，见明细）");
}

// Found by ./dev fuzz: a parser quoted half a character, and no reason was left.
TEST(ErrorsTest, KeepsReasonsThatQuoteBrokenText) {
  const auto violations = ViolationsOf(InvalidFields({{"x", "got: \xe4"}, {"y", "缺少"}}));

  ASSERT_EQ(violations.field_violations_size(), 2);
  EXPECT_EQ(violations.field_violations(0).description(), "got: \xef\xbf\xbd");
}

TEST(ErrorsTest, HasNoReasonUnlessGiven) { EXPECT_EQ(ReasonOf(absl::NotFoundError("x")), ""); }

}  // namespace
}  // namespace jixiao
