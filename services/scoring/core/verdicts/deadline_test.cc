#include "scoring/core/verdicts/deadline.h"

#include <gtest/gtest.h>

namespace jixiao::scoring {
namespace {

struct DayCase {
  const char* words;
  int year;
  int month;
  int day;
};

class DeadlineTest : public ::testing::TestWithParam<DayCase> {};

TEST_P(DeadlineTest, IsRead) {
  const auto day = ReadDeadline(GetParam().words);
  ASSERT_TRUE(day.has_value()) << GetParam().words;
  EXPECT_EQ(day->year, GetParam().year) << GetParam().words;
  EXPECT_EQ(day->month, GetParam().month) << GetParam().words;
  EXPECT_EQ(day->day, GetParam().day) << GetParam().words;
}

INSTANTIATE_TEST_SUITE_P(Catalogue, DeadlineTest,
                         ::testing::Values(DayCase{"年底前", 0, 12, 31}, DayCase{"12月底之前完成", 0, 12, 31},
                                           DayCase{"2024年12月底前", 2024, 12, 31}, DayCase{"2024年底", 2024, 12, 31},
                                           DayCase{"2021年12月完成", 2021, 12, 31},
                                           DayCase{"2021年11月5日前完成资金支付", 2021, 11, 5},
                                           DayCase{"11月底完成100%", 0, 11, 31}, DayCase{"7月中旬", 0, 7, 20}));

TEST(DeadlineTest, RefusesPeriodsAndWhatTurnsTheMeaning) {
  for (const char* words :
       {"1-12月", "2023年1月至12月", "2023.07-2024.01", "全年", "长期", "2021年", "13月底", "6月32日", "12月底未完成",
        "6月后完成", "延期到12月", "12月底完成95%", "2021年12月起每月3次"}) {
    EXPECT_FALSE(ReadDeadline(words).has_value()) << words;
  }
}

TEST(DeadlineTest, ComparesYearsOnlyIfBothAreStated) {
  EXPECT_TRUE(NotAfter({2021, 12, 31}, {2021, 12, 31}));
  EXPECT_TRUE(NotAfter({2020, 12, 31}, {2021, 1, 1}));
  EXPECT_FALSE(NotAfter({2022, 1, 1}, {2021, 12, 31}));
  EXPECT_TRUE(NotAfter({0, 11, 31}, {2021, 12, 31}));
  EXPECT_FALSE(NotAfter({0, 12, 1}, {0, 11, 31}));
}

}  // namespace
}  // namespace jixiao::scoring
