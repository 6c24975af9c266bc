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

// U+FDD0..U+FDEF and the last two code points of each plane.
bool IsNoncharacter(char32_t c) { return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE; }

// As the standard defines it, one character after the other.
bool IsCleanByDefinition(std::string_view text) {
  while (!text.empty()) {
    const size_t length = Utf8SequenceLength(text);
    if (length == 0 || text.front() == '\0' || IsNoncharacter(FrontCodePoint(text))) return false;
    text.remove_prefix(length);
  }
  return true;
}

TEST(TextTest, TellsEveryTwoBytesLikeTheDefinitionWhereverTheyStand) {
  // Across the ends of blocks of sixteen bytes, in front of what may complete a
  // character and of what does not.
  const std::string kHan = "绩效自评报告整体支出";
  for (const size_t before : {0, 13, 14, 15, 16, 29, 30}) {
    for (const char* behind : {"", "\x80", "\xBF\xBF", "a", "绩效自评报告"}) {
      for (int bytes = 0; bytes < 1 << 16; ++bytes) {
        std::string text = kHan.substr(0, before / 3 * 3) + std::string(before % 3, 'a');
        text += static_cast<char>(bytes >> 8);
        text += static_cast<char>(bytes & 0xFF);
        text += behind;
        ASSERT_EQ(IsCleanUtf8(text), IsCleanByDefinition(text)) << before << " " << bytes << behind;
      }
    }
  }
}

TEST(TextTest, RefusesEveryNoncharacterAndNoOtherCodePoint) {
  int refused_count = 0;
  for (char32_t c = 1; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    // Alone, and across the end of a block of sixteen bytes.
    for (const size_t before : {0, 13, 14, 15}) {
      const std::string text = std::string(before, 'a') + ToUtf8(std::u32string(1, c)) + (before == 0 ? "" : "绩效");
      ASSERT_EQ(IsCleanUtf8(text), !IsNoncharacter(c)) << static_cast<uint32_t>(c) << " behind " << before;
    }
    refused_count += IsNoncharacter(c) ? 1 : 0;
  }
  EXPECT_EQ(refused_count, 66);  // as the Unicode standard counts them
}

TEST(TextTest, TrimsFullWidthAndZeroWidthBlanks) {
  EXPECT_EQ(Trim("\u3000\u200B 无偏差 \u3000\n"), "无偏差");
  EXPECT_EQ(Trim("\u3000"), "");
}

TEST(TextTest, JoinsLabelsBrokenOverLines) { EXPECT_EQ(RemoveBlanks("年度预\n算 申\u3000请"), "年度预算申请"); }

TEST(TextTest, FoldsFullWidthForms) { EXPECT_EQ(FoldWidth("（５０分）≧９８％：═"), "(50分)≥98%:="); }

TEST(TextTest, FoldsAndRemovesBlanksInOnePassAsInTwo) {
  const std::string texts[] = {
      "",        "≥９８．５ ％", "（５０ 分）\u3000\u200B绩效", "\u00A0 95%\n以上",
      "2024 年", "a\tb\x7f c",   "\u2550\uFE66\uFE6A\u2267𪚥",  std::string("绩\xE7\xBB 效\xFF ")};
  for (const std::string& text : texts) EXPECT_EQ(FoldAndRemoveBlanks(text), RemoveBlanks(FoldWidth(text))) << text;
}

TEST(TextTest, RoundTripsCodePoints) {
  const std::string text = "aé绩𪚥";
  EXPECT_EQ(ToUtf8(ToCodePoints(text)), text);
  EXPECT_EQ(CodePointCount(text), 4);
  EXPECT_EQ(CodePointCount("绩" + text + text + "效a"), 11);
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
