#include "intake/core/filing/submit_limits.h"

#include <gmock/gmock.h>

#include "common/testing/status_matchers.h"
#include "google/rpc/error_details.pb.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::IsOk;
using ::jixiao::testing::StatusIs;
using ::testing::HasSubstr;

constexpr auto kExhausted = absl::StatusCode::kResourceExhausted;
// 2025-06-16 00:00 in China.
const absl::Time kMidnight = absl::FromUnixSeconds(1'750'003'200);

Resource Unit(const std::string& unit) { return {.division_code = "430611", .unit_code = unit, .fiscal_year = 2024}; }

Subject Clerk(const std::string& id, const std::string& unit) {
  return {.id = id,
          .grants = {{Role::kClerk, {.kind = Scope::Kind::kUnit, .division_code = "430611", .unit_code = unit}}}};
}

Subject System(const std::string& id) {
  return {
      .id = id,
      .grants = {{Role::kBudgetSystem, {.kind = Scope::Kind::kSubtree, .division_code = "430600", .unit_code = {}}}}};
}

int Admitted(SubmitLimits& limits, const Subject& subject, const Resource& resource, absl::Time now, int tries) {
  int count = 0;
  for (int i = 0; i < tries; ++i) count += limits.Admit(subject, resource, now).ok() ? 1 : 0;
  return count;
}

TEST(SubmitLimitsTest, AllClerksOfAUnitShareABurstAndSixAMinute) {
  SubmitLimits limits({});
  EXPECT_EQ(Admitted(limits, Clerk("person/a", "U1"), Unit("U1"), kMidnight, 6), 6);
  EXPECT_EQ(Admitted(limits, Clerk("person/b", "U1"), Unit("U1"), kMidnight, 20), 4);
  EXPECT_EQ(Admitted(limits, Clerk("person/c", "U2"), Unit("U2"), kMidnight, 20), 10);

  EXPECT_EQ(Admitted(limits, Clerk("person/a", "U1"), Unit("U1"), kMidnight + absl::Seconds(9), 20), 0);
  EXPECT_EQ(Admitted(limits, Clerk("person/a", "U1"), Unit("U1"), kMidnight + absl::Seconds(10), 20), 1);
  EXPECT_EQ(Admitted(limits, Clerk("person/a", "U1"), Unit("U1"), kMidnight + absl::Minutes(10), 20), 10);
}

TEST(SubmitLimitsTest, SaysWhenToComeBackAndThenLetsIn) {
  SubmitLimits limits({});
  const Subject clerk = Clerk("person/a", "U1");
  EXPECT_EQ(Admitted(limits, clerk, Unit("U1"), kMidnight, 10), 10);
  const absl::Status refused = limits.Admit(clerk, Unit("U1"), kMidnight);
  ASSERT_THAT(refused, StatusIs(kExhausted));
  google::rpc::RetryInfo retry;
  const auto payload = refused.GetPayload("type.googleapis.com/google.rpc.RetryInfo");
  ASSERT_TRUE(payload.has_value() && retry.ParseFromString(std::string(*payload)));
  const absl::Duration delay =
      absl::Seconds(retry.retry_delay().seconds()) + absl::Nanoseconds(retry.retry_delay().nanos());
  EXPECT_LE(delay, absl::Seconds(11));
  EXPECT_THAT(limits.Admit(clerk, Unit("U1"), kMidnight + delay), IsOk());
}

TEST(SubmitLimitsTest, AUnitHasTwoHundredADayInChina) {
  SubmitLimits limits({});
  const Subject clerk = Clerk("person/a", "U1");
  int filed = 0;
  for (int minute = 0; minute < 24 * 60; ++minute) {
    filed += Admitted(limits, clerk, Unit("U1"), kMidnight + absl::Minutes(minute), 6);
  }
  EXPECT_EQ(filed, 200);
  const absl::Status refused = limits.Admit(clerk, Unit("U1"), kMidnight + absl::Hours(24) - absl::Seconds(1));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("每日上限"));
  EXPECT_THAT(limits.Admit(clerk, Unit("U1"), kMidnight + absl::Hours(24)), IsOk());
}

TEST(SubmitLimitsTest, ABudgetSystemHasItsOwnForAllItsUnits) {
  SubmitLimits limits(
      {.unit = {.per_minute = 1, .burst = 1, .per_day = 1}, .system = {.per_minute = 60, .burst = 100, .per_day = 0}});
  EXPECT_EQ(Admitted(limits, System("system/x"), Unit("U1"), kMidnight, 80), 80);
  EXPECT_EQ(Admitted(limits, System("system/x"), Unit("U2"), kMidnight, 80), 20);
  EXPECT_EQ(Admitted(limits, System("system/y"), Unit("U1"), kMidnight, 10), 10);
  EXPECT_EQ(Admitted(limits, Clerk("person/a", "U1"), Unit("U1"), kMidnight, 10), 1);
  EXPECT_EQ(Admitted(limits, System("system/x"), Unit("U1"), kMidnight + absl::Seconds(30), 80), 30);
}

TEST(SubmitLimitsTest, AClockThatIsSetBackGivesNothingAway) {
  SubmitLimits limits({});
  const Subject clerk = Clerk("person/a", "U1");
  EXPECT_EQ(Admitted(limits, clerk, Unit("U1"), kMidnight + absl::Hours(2), 20), 10);
  EXPECT_EQ(Admitted(limits, clerk, Unit("U1"), kMidnight + absl::Hours(1), 20), 0);
}

TEST(SubmitLimitsTest, RemembersNoMoreThanItMay) {
  SubmitLimits limits({.unit = {.per_minute = 1, .burst = 1, .per_day = 1}, .system = {}});
  for (int i = 0; i < 100'050; ++i) {
    const std::string unit = "U" + std::to_string(i);
    ASSERT_THAT(limits.Admit(Clerk("person/a", unit), Unit(unit), kMidnight), IsOk());
  }
  EXPECT_THAT(limits.Admit(Clerk("person/a", "U100049"), Unit("U100049"), kMidnight), StatusIs(kExhausted));
}

}  // namespace
}  // namespace jixiao::intake
