// What a clerk typed and sees, out of what Excel stored.
#include "intake/reader/office/xlsx_numbers.h"

#include <gtest/gtest.h>

#include <string>

namespace jixiao::intake {
namespace {

constexpr bool kTyped = false;
constexpr bool kFormula = true;

std::string Typed(std::string_view stored, std::string_view format) {
  return ShowNumber(stored, format, kTyped, false).text;
}

TEST(XlsxNumbersTest, DropsTheNoiseOfBinaryNumbers) {
  EXPECT_EQ(Typed("0.94499999999999995", ""), "0.945");
  EXPECT_EQ(Typed("1401.0099999999999", ""), "1401.01");
  EXPECT_EQ(Typed("0.1", ""), "0.1");
  EXPECT_EQ(Typed("4774760.72", ""), "4774760.72");
  EXPECT_EQ(Typed("1.5E-3", ""), "0.0015");
  EXPECT_EQ(Typed("1E+2", ""), "100");
  EXPECT_EQ(Typed("-3.2000000000000002", ""), "-3.2");
  EXPECT_EQ(Typed("99.999999999999999", ""), "100");
  EXPECT_EQ(Typed("0", ""), "0");
}

TEST(XlsxNumbersTest, ShowsPercentagesAsTyped) {
  EXPECT_EQ(Typed("0.94499999999999995", "0.00%"), "94.50%");
  EXPECT_EQ(Typed("0.99129999999999996", "0%"), "99.13%");  // more than is shown: never cut
  EXPECT_EQ(Typed("1", "0%"), "100%");
  EXPECT_EQ(Typed("1.0065999999999999", "0.00%"), "100.66%");
}

TEST(XlsxNumbersTest, KeepsEveryTypedDigitAndAddsTheZerosThatAreShown) {
  EXPECT_EQ(Typed("451.05558000000002", "0.00"), "451.05558");
  EXPECT_EQ(Typed("340", "0.00"), "340.00");
  EXPECT_EQ(Typed("120000", "#,##0.00"), "120,000.00");
  EXPECT_EQ(Typed("1234567.5", "#,##0"), "1,234,567.5");
  EXPECT_EQ(Typed("7", "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ "), "7.00");
  EXPECT_EQ(Typed("-7.5", "0.00_ ;[Red]-0.00\\ "), "-7.50 ");
}

TEST(XlsxNumbersTest, RoundsOnlyWhatAFormulaGave) {
  const ShownNumber rate = ShowNumber("0.94466666666666665", "0.00%", kFormula, false);
  EXPECT_EQ(rate.text, "94.47%");
  EXPECT_TRUE(rate.was_rounded);
  const ShownNumber exact = ShowNumber("9.4499999999999993", "0.00", kFormula, false);
  EXPECT_EQ(exact.text, "9.45");
  EXPECT_FALSE(exact.was_rounded);
  EXPECT_EQ(ShowNumber("0.3333333333333333", "", kFormula, false).text, "0.333333333333333");
  EXPECT_EQ(ShowNumber("2.675", "0.0#", kFormula, false).text, "2.68");
}

TEST(XlsxNumbersTest, ShowsWordsOfTheFormat) {
  EXPECT_EQ(Typed("5", "0\"次\""), "5次");
  EXPECT_EQ(Typed("95", "\"≥\"0\"%\""), "≥95%");
  EXPECT_EQ(Typed("3", "[$¥-804]#,##0.00"), "¥3.00");
  EXPECT_EQ(Typed("12", "General"), "12");
  EXPECT_EQ(Typed("12", "G/通用格式"), "12");
  EXPECT_EQ(Typed("12", "@"), "12");
  EXPECT_EQ(Typed("0.5", "# ?/?"), "0.5");
  EXPECT_EQ(Typed("1500", "0.00E+00"), "1500");
}

TEST(XlsxNumbersTest, TellsNumbersThatAreShownDivided) {
  const ShownNumber wan = ShowNumber("1169500", "0!.0,", kTyped, false);
  EXPECT_TRUE(wan.is_scaled);
  EXPECT_EQ(wan.text, "1169500");
  EXPECT_TRUE(ShowNumber("1169500", "#,##0.00,", kTyped, false).is_scaled);
  EXPECT_FALSE(ShowNumber("1169500", "#,##0.00", kTyped, false).is_scaled);
}

TEST(XlsxNumbersTest, ReadsDatesFromSerials) {
  EXPECT_EQ(Typed("45657", "yyyy\"年\"m\"月\"d\"日\""), "2024年12月31日");
  EXPECT_EQ(Typed("45657", "yyyy/m/d"), "2024/12/31");
  EXPECT_EQ(Typed("45657", "yyyy-mm-dd;@"), "2024-12-31");
  EXPECT_EQ(Typed("45657.5", "yyyy\"年\"m\"月\";@"), "2024年12月");
  EXPECT_EQ(Typed("45657", "[$-804]m\"月\"d\"日\""), "12月31日");
  EXPECT_EQ(Typed("45657.25", "yyyy/m/d h:mm"), "2024年12月31日");
  EXPECT_EQ(Typed("60", "yyyy/m/d"), "1900/2/29");
  EXPECT_EQ(Typed("59", "yyyy/m/d"), "1900/2/28");
  EXPECT_EQ(Typed("61", "yyyy/m/d"), "1900/3/1");
  EXPECT_EQ(ShowNumber("44195", "yyyy/m/d", kTyped, true).text, "2024/12/31");
  EXPECT_EQ(Typed("45657", BuiltInFormat(14)), "2024/12/31");
  EXPECT_EQ(Typed("99999999", "yyyy/m/d"), "99999999");
}

TEST(XlsxNumbersTest, LeavesWhatIsNoNumberAlone) {
  for (const std::string_view text : {"", "-", "1.2.3", "1e", "1e999", "NaN", "0x10", "1,000"}) {
    EXPECT_EQ(Typed(text, "0.00"), text);
  }
}

}  // namespace
}  // namespace jixiao::intake
