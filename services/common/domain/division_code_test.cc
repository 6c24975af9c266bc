#include "common/domain/division_code.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jixiao {
namespace {

using ::testing::ElementsAre;

TEST(DivisionCodeTest, IsSixDigitsAndNoLeadingZero) {
  EXPECT_TRUE(IsDivisionCode("430611"));
  EXPECT_TRUE(IsDivisionCode("999999")) << "listed or not";
  for (const char* text : {"", "43061", "4306111", "43061a", "030611", "000000", "４３０６１１"}) {
    EXPECT_FALSE(IsDivisionCode(text)) << text;
  }
}

TEST(DivisionCodeTest, FindsWhatStandsBelowADivision) {
  EXPECT_EQ(DivisionPrefix("430000"), "43");
  EXPECT_EQ(DivisionPrefix("430600"), "4306");
  EXPECT_EQ(DivisionPrefix("431000"), "4310") << "digits count in pairs";
  EXPECT_EQ(DivisionPrefix("430611"), "430611");
}

TEST(DivisionCodeTest, FindsWhatStandsAbove) {
  EXPECT_EQ(ParentDivision("430611"), "430600");
  EXPECT_EQ(ParentDivision("430600"), "430000");
  EXPECT_EQ(ParentDivision("430000"), "");
  EXPECT_EQ(ParentDivision("4306"), "");
  EXPECT_THAT(DivisionAndAbove("430611"), ElementsAre("430611", "430600", "430000"));
  EXPECT_THAT(DivisionAndAbove("430000"), ElementsAre("430000"));
}

}  // namespace
}  // namespace jixiao
