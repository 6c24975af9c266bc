#include "common/base/text.h"

#include <gtest/gtest.h>

namespace jixiao {
namespace {

TEST(TextTest, RefusesBrokenUtf8AndNul) {
  EXPECT_TRUE(IsCleanUtf8("绩效abc𪚥"));
  EXPECT_FALSE(IsCleanUtf8(std::string_view("a\0b", 3)));
  EXPECT_FALSE(IsCleanUtf8("\xC0\x80"));          // overlong NUL
  EXPECT_FALSE(IsCleanUtf8("\xED\xA0\x80"));      // surrogate
  EXPECT_FALSE(IsCleanUtf8("\xF4\x90\x80\x80"));  // above U+10FFFF
  EXPECT_FALSE(IsCleanUtf8("\xE7\xBB"));          // cut short
}

TEST(TextTest, TrimsFullWidthAndZeroWidthBlanks) {
  EXPECT_EQ(Trim("\u3000\u200B 无偏差 \u3000\n"), "无偏差");
  EXPECT_EQ(Trim("\u3000"), "");
}

TEST(TextTest, JoinsLabelsBrokenOverLines) { EXPECT_EQ(RemoveBlanks("年度预\n算 申\u3000请"), "年度预算申请"); }

TEST(TextTest, FoldsFullWidthForms) { EXPECT_EQ(FoldWidth("（５０分）≧９８％：═"), "(50分)≥98%:="); }

TEST(TextTest, RoundTripsCodePoints) {
  const std::string text = "aé绩𪚥";
  EXPECT_EQ(ToUtf8(ToCodePoints(text)), text);
  EXPECT_EQ(CodePointCount(text), 4);
}

TEST(TextTest, ShortensByCharacters) {
  EXPECT_EQ(Shorten("绩效自评", 2), "绩效…");
  EXPECT_EQ(Shorten("绩效", 2), "绩效");
}

TEST(TextTest, ReplacesEveryOccurrence) { EXPECT_EQ(ReplaceAll("<p>a<p>b", "<p>", ""), "ab"); }

TEST(TextTest, FindsWordsWhereTheStandardLibraryDoes) {
  const std::string text = "成立绩效自评工作小组，小组由 3 人组成。";
  for (const char* word : {"成立", "小组", "组成", "。", "组", "3", "工作组", "人组成。…", "成"}) {
    for (size_t from = 0; from <= text.size() + 1; ++from) {
      EXPECT_EQ(FindWord(text, word, from), text.find(word, from)) << word << " from " << from;
    }
  }
  EXPECT_EQ(FindWord("", "组"), std::string::npos);
}

}  // namespace
}  // namespace jixiao
