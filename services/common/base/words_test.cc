#include "common/base/words.h"

#include <gtest/gtest.h>

namespace jixiao {
namespace {

TEST(WordsTest, FindsAnyOfSeveral) {
  EXPECT_TRUE(HasAny("比上年压减支出", {"节约", "压减"}));
  EXPECT_FALSE(HasAny("比上年增加", {"节约", "压减"}));
  EXPECT_FALSE(HasAny("", {"节约"}));
}

TEST(WordsTest, TellsShortForms) {
  EXPECT_TRUE(IsShortFormOf(U"江口区农业局", U"湖阳市江口区农业农村局"));
  EXPECT_TRUE(IsShortFormOf(U"", U"局"));
  EXPECT_FALSE(IsShortFormOf(U"农业局江口区", U"江口区农业局")) << "in their order";
  EXPECT_FALSE(IsShortFormOf(U"财政局", U"农业局"));
}

TEST(WordsTest, SeparatesItemsOnly) {
  std::string list;
  AddItem("数量", list);
  EXPECT_EQ(list, "数量");
  AddItem("质量", list);
  AddItem("时效", list, "；");
  EXPECT_EQ(list, "数量、质量；时效");
}

}  // namespace
}  // namespace jixiao
