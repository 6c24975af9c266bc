#include "common/domain/china_time.h"

#include <gtest/gtest.h>

namespace jixiao {
namespace {

absl::Time Utc(int year, int month, int day, int hour, int minute) {
  return absl::FromCivil(absl::CivilMinute(year, month, day, hour, minute), absl::UTCTimeZone());
}

TEST(ChinaTimeTest, TurnsTheDayAtSixteenHoursUtc) {
  EXPECT_EQ(ChinaDay(Utc(2025, 4, 30, 15, 59)), absl::CivilDay(2025, 4, 30));
  EXPECT_EQ(ChinaDay(Utc(2025, 4, 30, 16, 0)), absl::CivilDay(2025, 5, 1));
}

TEST(ChinaTimeTest, EndsADayOneSecondBeforeTheNext) {
  EXPECT_EQ(EndOfChinaDay(absl::CivilDay(2025, 4, 30)), Utc(2025, 4, 30, 16, 0) - absl::Seconds(1));
}

TEST(ChinaTimeTest, NamesTheTimeOfDayUnlessItIsTheEnd) {
  EXPECT_EQ(ChinaTimeText(EndOfChinaDay(absl::CivilDay(2025, 4, 30))), "2025年4月30日");
  EXPECT_EQ(ChinaTimeText(Utc(2025, 4, 30, 10, 0)), "2025年4月30日18:00");
  EXPECT_EQ(ChinaTimeText(Utc(2025, 4, 30, 1, 5)), "2025年4月30日09:05");
}

}  // namespace
}  // namespace jixiao
