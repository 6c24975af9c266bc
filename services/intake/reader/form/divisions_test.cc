#include "intake/reader/form/divisions.h"

#include <gtest/gtest.h>

namespace jixiao::intake {
namespace {

TEST(DivisionCodeOfTest, TakesTheMostPreciseName) {
  EXPECT_EQ(DivisionCodeOf("岳阳市君山区网格中心"), "430611");
  EXPECT_EQ(DivisionCodeOf("岳阳市财政局"), "430600");
  EXPECT_EQ(DivisionCodeOf("湖南省财政厅"), "430000");
  EXPECT_EQ(DivisionCodeOf("中共上街区委"), "410106");
}

TEST(DivisionCodeOfTest, HealsOneWrongCharacterBehindThePrefecture) {
  EXPECT_EQ(DivisionCodeOf("株洲市芦凇区街道办事处"), "430203");
  EXPECT_EQ(DivisionCodeOf("株洲市某某区街道办事处"), "430200");
}

TEST(DivisionCodeOfTest, GuessesNothing) {
  EXPECT_EQ(DivisionCodeOf("某单位"), "");
  EXPECT_EQ(DivisionCodeOf(""), "");
}

}  // namespace
}  // namespace jixiao::intake
