#include "common/domain/working_calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "common/base/errors.h"
#include "common/base/text.h"

namespace jixiao {
namespace {

using absl::CivilDay;
using ::testing::HasSubstr;

std::string Shipped() {
  const char* root = std::getenv("JIXIAO_SOURCE_DIR");
  std::ifstream in(std::string(root == nullptr ? "." : root) + "/rulesets/calendar/working_days.textproto");
  EXPECT_TRUE(in.good());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

const WorkingCalendar& Calendar() {
  static const WorkingCalendar* const calendar = new WorkingCalendar(*WorkingCalendar::Parse(Shipped()));
  return *calendar;
}

std::string Problems(const std::string& text) {
  std::string all;
  const auto violations = ViolationsOf(WorkingCalendar::Parse(text).status());
  for (const auto& violation : violations.field_violations()) {
    all += violation.field() + ": " + violation.description() + "\n";
  }
  return all;
}

// The shipped calendar with one text replaced, which must be there.
std::string ProblemsWith(std::string_view from, std::string_view to) {
  const std::string text = Shipped();
  EXPECT_NE(text.find(from), std::string::npos) << from;
  return Problems(ReplaceAll(text, from, to));
}

int64_t Late(const std::string& deadline, const std::string& filed) {
  return WorkingDaysLate(*ParseDay(deadline), *ParseDay(filed), Calendar()).working_days;
}

TEST(WorkingCalendarTest, ShippedYearsAreConsistentFrom2021On) {
  EXPECT_EQ(Problems(Shipped()), "");
  ASSERT_GE(Calendar().data().years_size(), 6);
  EXPECT_EQ(Calendar().data().years(0).year(), 2021);
}

// 365 or 366 days less weekends and statutory days, which shifting does not
// change: an arithmetic of its own, beside the check at load.
TEST(WorkingCalendarTest, ShiftingLeavesTheNumberOfWorkingDaysAlone) {
  for (const auto& year : Calendar().data().years()) {
    int working = 0;
    int weekdays = 0;
    for (CivilDay day(year.year(), 1, 1); day.year() == year.year(); ++day) {
      const absl::Weekday weekday = absl::GetWeekday(day);
      weekdays += weekday != absl::Weekday::saturday && weekday != absl::Weekday::sunday ? 1 : 0;
      working += Calendar().KindOf(day).is_working ? 1 : 0;
    }
    EXPECT_EQ(working, weekdays - (year.year() >= 2025 ? 13 : 11)) << year.year();
  }
}

TEST(WorkingCalendarTest, KnowsDaysByHeart) {
  const auto is_working = [](const char* day) { return Calendar().KindOf(*ParseDay(day)).is_working; };
  for (const char* off : {"2021-02-17", "2022-04-05", "2022-12-31", "2023-10-06", "2024-02-17", "2025-02-04",
                          "2025-06-02", "2025-10-08", "2026-02-23"}) {
    EXPECT_FALSE(is_working(off)) << off;
  }
  for (const char* worked : {"2021-02-07", "2022-04-02", "2023-06-25", "2024-02-18", "2024-02-09", "2025-04-27",
                             "2025-04-07", "2026-01-04", "2026-02-14"}) {
    EXPECT_TRUE(is_working(worked)) << worked;
  }
}

TEST(WorkingDaysLateTest, CountsFromTheDayAfterTheDeadline) {
  EXPECT_EQ(Late("2025-04-08", "2025-04-08"), 0);
  EXPECT_EQ(Late("2025-04-08", "2025-04-01"), 0);
  EXPECT_EQ(Late("2025-04-08", "2025-04-09"), 1);
  EXPECT_EQ(Late("2025-04-08", "2025-04-15"), 5);
}

TEST(WorkingDaysLateTest, LeavesWeekendsAndHolidaysOut) {
  EXPECT_EQ(Late("2025-04-11", "2025-04-13"), 0);
  EXPECT_EQ(Late("2025-04-11", "2025-04-14"), 1);
  EXPECT_EQ(Late("2025-04-30", "2025-05-05"), 0);
  EXPECT_EQ(Late("2025-04-30", "2025-05-06"), 1);
}

TEST(WorkingDaysLateTest, CountsMakeUpDays) {
  // Friday, then a Sunday that is worked for 劳动节.
  EXPECT_EQ(Late("2025-04-25", "2025-04-26"), 0);
  EXPECT_EQ(Late("2025-04-25", "2025-04-27"), 1);
  EXPECT_EQ(Late("2025-04-25", "2025-04-28"), 2);
  // Friday before a worked Saturday.
  EXPECT_EQ(Late("2024-05-10", "2024-05-11"), 1);
  EXPECT_EQ(Late("2024-05-10", "2024-05-13"), 2);
}

TEST(WorkingDaysLateTest, LetsADeadlineOnADayOffRunOn) {
  EXPECT_EQ(Late("2025-04-05", "2025-04-07"), 0);
  EXPECT_EQ(Late("2025-04-05", "2025-04-08"), 1);
  EXPECT_EQ(Late("2025-04-27", "2025-04-28"), 1) << "a worked Sunday is a deadline like any other";
  EXPECT_EQ(WorkingDaysLate(CivilDay(2025, 4, 5), CivilDay(2025, 4, 20), Calendar()).last_day_in_time,
            CivilDay(2025, 4, 7));
}

TEST(WorkingDaysLateTest, CountsAcrossYears) {
  // 2023 lends 2022 its last Saturday.
  EXPECT_EQ(Late("2022-12-30", "2023-01-03"), 1);
  EXPECT_EQ(Late("2024-12-31", "2025-01-02"), 1);
}

TEST(WorkingDaysLateTest, SaysThatAYearWithoutArrangementIsProvisional) {
  const int64_t unknown = Calendar().data().years().rbegin()->year() + 1;
  EXPECT_FALSE(WorkingDaysLate(CivilDay(2025, 4, 8), CivilDay(2025, 4, 15), Calendar()).is_provisional);
  EXPECT_TRUE(WorkingDaysLate(CivilDay(unknown, 4, 8), CivilDay(unknown, 4, 15), Calendar()).is_provisional);
  EXPECT_TRUE(WorkingDaysLate(CivilDay(unknown - 1, 12, 30), CivilDay(unknown, 1, 4), Calendar()).is_provisional);
  EXPECT_FALSE(WorkingDaysLate(CivilDay(unknown, 4, 8), CivilDay(unknown, 4, 8), Calendar()).is_provisional)
      << "in time by any calendar";
  // Thursday 2031-05-01 is 劳动节, Friday 05-02 since 2025 as well.
  EXPECT_EQ(WorkingDaysLate(CivilDay(2031, 4, 30), CivilDay(2031, 5, 5), Calendar()).working_days, 1);
}

TEST(WorkingCalendarTest, NamesWhatIsWrongWithAnArrangement) {
  EXPECT_THAT(Problems("years { yaer: 2021 }"), HasSubstr("1:"));
  EXPECT_THAT(ProblemsWith("make_up_days: \"2025-04-27\"", "make_up_days: \"2025-04-28\""),
              HasSubstr("2025-04-28 is made up on a weekday"));
  EXPECT_THAT(ProblemsWith("make_up_days: \"2025-04-27\"", ""),
              HasSubstr("3 weekdays off less 0 made up are not 2 statutory days"));
  EXPECT_THAT(ProblemsWith("2025-05-05", "2025-05-04"), HasSubstr("years[2025].holidays[劳动节]"));
  EXPECT_THAT(ProblemsWith("2025-02-08", "2025-02-30"), HasSubstr("`2025-02-30` is no day"));
  EXPECT_THAT(ProblemsWith("2026-10-10", "2026-09-20"), HasSubstr("2026-09-20 stands twice"));
  EXPECT_THAT(ProblemsWith("year: 2024", "year: 2020"), HasSubstr("does not follow the year before it"));
  EXPECT_THAT(ProblemsWith("first_day: \"2024-06-10\" last_day: \"2024-06-10\" statutory_day_count: 1",
                           "first_day: \"2024-06-08\" last_day: \"2024-06-09\" statutory_day_count: 0"),
              HasSubstr("has 10 statutory days, not 11"));
}

TEST(ParseDayTest, ReadsOnlyDaysThatExist) {
  EXPECT_EQ(ParseDay("2024-02-29"), CivilDay(2024, 2, 29));
  for (const char* text : {"", "2025-02-29", "2025-13-01", "2025-00-10", "2025-4-8", "2025/04/08", "20250408  ",
                           "2025-04-0x", "0000-01-01"}) {
    EXPECT_FALSE(ParseDay(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace jixiao
