#include "intake/reader/form/divisions.h"

#include <gtest/gtest.h>

#include "common/testing/shipped_divisions.h"

namespace jixiao::intake {
namespace {

std::string CodeOf(std::string_view names, int year = 2024) {
  return DivisionCodeOf(names, year, ::jixiao::testing::ShippedDivisions());
}

TEST(DivisionCodeOfTest, TakesTheMostPreciseName) {
  EXPECT_EQ(CodeOf("岳阳市君山区网格中心"), "430611");
  EXPECT_EQ(CodeOf("岳阳市财政局"), "430600");
  EXPECT_EQ(CodeOf("湖南省财政厅"), "430000");
  EXPECT_EQ(CodeOf("中共上街区委"), "410106");
}

TEST(DivisionCodeOfTest, HealsOneWrongCharacterBehindThePrefecture) {
  EXPECT_EQ(CodeOf("株洲市芦凇区街道办事处"), "430203");
  EXPECT_EQ(CodeOf("株洲市某某区街道办事处"), "430200");
}

TEST(DivisionCodeOfTest, KnowsTheWholeCountry) {
  EXPECT_EQ(CodeOf("四川省遂宁市大英县民政局"), "510923");
  EXPECT_EQ(CodeOf("北京市东城区财政局"), "110101");
  EXPECT_EQ(CodeOf("济源市水利局"), "419001");
  EXPECT_EQ(CodeOf("喀什地区塔什库尔干塔吉克自治县林草局"), "653131");
}

TEST(DivisionCodeOfTest, TakesNamesOfTheYearOfTheReport) {
  EXPECT_EQ(CodeOf("长沙市宁乡县水利局", 2015), "430124");
  EXPECT_EQ(CodeOf("长沙市宁乡市水利局", 2024), "430182");
  EXPECT_EQ(CodeOf("长沙市宁乡县水利局", 2024), "430182") << "one character off";
  EXPECT_EQ(CodeOf("襄樊市财政局", 2008), "420600");
  EXPECT_EQ(CodeOf("襄樊市财政局", 2024), "");
}

TEST(DivisionCodeOfTest, GuessesNoCountyAmongSeveral) {
  EXPECT_EQ(CodeOf("鼓楼区教育局"), "");
  EXPECT_EQ(CodeOf("徐州市鼓楼区教育局"), "320302");
  EXPECT_EQ(CodeOf("江苏省鼓楼区教育局"), "320000") << "Nanjing and Xuzhou have one each";
}

TEST(DivisionCodeOfTest, TakesNoOrdinaryWordForACounty) {
  EXPECT_EQ(CodeOf("老城区改造项目"), "");
  EXPECT_EQ(CodeOf("洛阳市老城区教育局"), "410302");
  EXPECT_EQ(CodeOf("河南省财政厅老城区改造专项"), "410000");
}

TEST(DivisionCodeOfTest, GuessesNothing) {
  EXPECT_EQ(CodeOf("某单位"), "");
  EXPECT_EQ(CodeOf(""), "");
}

}  // namespace
}  // namespace jixiao::intake
