#include "common/domain/decimal.h"

#include <gtest/gtest.h>

namespace jixiao {
namespace {

TEST(DecimalTest, ReadsPlainGroupedAndSignedNumbers) {
  EXPECT_EQ(ParseDecimal("1576.75")->coefficient, 157675);
  EXPECT_EQ(ParseDecimal("1576.75")->scale, 2);
  EXPECT_EQ(ParseDecimal("120,000.00")->coefficient, 12000000);
  EXPECT_EQ(ParseDecimal("-5")->coefficient, -5);
  EXPECT_EQ(ParseDecimal("0.0")->scale, 1);
}

TEST(DecimalTest, RefusesWhatIsNotANumber) {
  for (const char* text : {"", "无", ".", "1.", ".5", "1,5", "12,34", "1 2", "--1", "1e5", "1.2.3", "1234,567",
                           "1234567890123456789", "0.1234567890"}) {
    EXPECT_FALSE(ParseDecimal(text).has_value()) << text;
  }
}

TEST(DecimalTest, FindsTheNumberInFront) {
  EXPECT_EQ(DecimalPrefixLength("116.95万元"), 6u);
  EXPECT_EQ(DecimalPrefixLength("2024年12月"), 4u);
  EXPECT_EQ(DecimalPrefixLength("约290人"), 0u);
}

TEST(DecimalTest, RescalesHalfUp) {
  EXPECT_EQ(Rescale({12345, 3}, 2), 1235);  // 12.345
  EXPECT_EQ(Rescale({-12345, 3}, 2), -1235);
  EXPECT_EQ(Rescale({12344, 3}, 2), 1234);
  EXPECT_EQ(Rescale({1576750000000000000 / 10, 0}, 9), std::nullopt);
}

TEST(DecimalTest, DividesHalfUpWithoutOverflow) {
  EXPECT_EQ(MulDiv(10'000, 11695, 11798), 9913);  // 9.9127 points in 1/1000
  EXPECT_EQ(MulDiv(1, 1, 2), 1);
  EXPECT_EQ(MulDiv(-1, 1, 2), -1);
  EXPECT_EQ(MulDiv(1'000'000'000'000'000, 1'000'000, 1'000'000'000'000'000), 1'000'000);
}

TEST(DecimalTest, AgreesWithWideArithmeticWhereTheQuickWayApplies) {
  for (int64_t a = -3; a < 4'000; a += 7) {
    for (const int64_t c : {1, 2, 3, 7, 100, 4'001, 999'983}) {
      const __int128 exact = (static_cast<__int128>(a) * 104'729 * 2 + (a < 0 ? -c : c)) / (2 * c);
      ASSERT_EQ(MulDiv(a, 104'729, c), static_cast<int64_t>(exact)) << a << " " << c;
    }
  }
  EXPECT_EQ(MulDiv(INT64_MAX, INT64_MAX, 1), INT64_MAX);
  EXPECT_EQ(MulDiv(INT64_MAX, -2, 1), INT64_MIN);
}

TEST(DecimalTest, RoundsToAStepInOneGo) {
  EXPECT_EQ(MulDivToStep(11'500, 2'450'000, 4'165'000, 10), 6'760);  // 6.7647, by way of thousandths 6.77
  EXPECT_EQ(MulDivToStep(1, 5, 1, 10), 10);
  EXPECT_EQ(MulDivToStep(1, -5, 1, 10), -10);
  EXPECT_EQ(MulDivToStep(1, 4, 1, 10), 0);
  EXPECT_EQ(MulDivToStep(1'000'000'000, 999'999'999'999'999'999, 1'000'000'000'000'000'000, 10), 1'000'000'000);
}

TEST(DecimalTest, FormatsForPeople) {
  EXPECT_EQ(FormatPoints(9910), "9.91");
  EXPECT_EQ(FormatPoints(10000), "10");
  EXPECT_EQ(FormatPoints(-500), "-0.5");
  EXPECT_EQ(FormatWanYuan(1576'750'000), "1576.75万元");
  EXPECT_EQ(FormatWanYuan(0), "0万元");
  EXPECT_EQ(FormatRatePercent(944'669), "94.47%");
  EXPECT_EQ(FormatRatePercent(1'000'000), "100%");
  EXPECT_EQ(FormatScaled(9100, 3, 2), "9.10");
  EXPECT_EQ(FormatScaled(5, 6), "0.000005");
  EXPECT_EQ(FormatScaled(-7, 0), "-7");
  EXPECT_EQ(FormatScaled(0, 3, 3), "0.000");
  EXPECT_EQ(FormatScaled(INT64_MIN, 6), "-9223372036854.775808");
}

}  // namespace
}  // namespace jixiao
