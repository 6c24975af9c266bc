#include "print/terminal_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "print/table.h"

namespace jixiao::cli {
namespace {

TEST(DisplayWidthTest, CountsChineseAsTwoColumns) {
  EXPECT_EQ(DisplayWidth(""), 0);
  EXPECT_EQ(DisplayWidth("abc"), 3);
  EXPECT_EQ(DisplayWidth("绩效 a"), 6);
  EXPECT_EQ(DisplayWidth("（１）"), 6);
  EXPECT_EQ(DisplayWidth("𠮷"), 2);
}

TEST(DisplayWidthTest, CountsCombiningAndInvisibleMarksAsNone) {
  EXPECT_EQ(DisplayWidth("e\u0301"), 1);
  EXPECT_EQ(DisplayWidth("\u200Ba\uFEFF"), 1);
}

TEST(SafeTextTest, JoinsLinesAndRunsOfBlanks) { EXPECT_EQ(SafeText("\t年初\n  预算数 \r\n"), "年初 预算数"); }

TEST(SafeTextTest, TakesAwayWhatSteersATerminal) {
  EXPECT_EQ(SafeText("a\x1b[2Jb"), "a\uFFFD[2Jb");
  EXPECT_EQ(SafeText("a\u202Eb\u2066c\u0085"), "a\uFFFDb\uFFFDc\uFFFD");
}

TEST(SafeTextTest, MakesAnyBytesWellFormed) {
  EXPECT_EQ(SafeText("\xC4\xE3.txt"), "\uFFFD\uFFFD.txt");
  EXPECT_EQ(SafeText(std::string_view("a\0b", 3)), "a\uFFFDb");
}

TEST(CutToWidthTest, LeavesRoomForTheEllipsis) {
  EXPECT_EQ(CutToWidth("绩效自评", 8), "绩效自评");
  EXPECT_EQ(CutToWidth("绩效自评", 7), "绩效自…");
  EXPECT_EQ(CutToWidth("绩效自评", 6), "绩效…");
}

TEST(WrapTest, NeverStartsALineWithClosingPunctuation) {
  EXPECT_EQ(Wrap("一二三四五六七八九十，十一", 0, 20), "一二三四五六七八九\n十，十一");
}

TEST(WrapTest, KeepsNumbersWhole) {
  EXPECT_EQ(Wrap("一二三四五六七八九1576.75万元", 0, 20), "一二三四五六七八九\n1576.75万元");
}

TEST(WrapTest, IndentsFollowingLines) {
  EXPECT_EQ(Wrap("一二三四五六七八九十十一", 4, 24), "一二三四五六七八九十\n    十一");
}

TEST(WrapTest, LeavesTextWholeWithoutAWidth) { EXPECT_EQ(Wrap(std::string(300, 'x'), 4, 0), std::string(300, 'x')); }

TEST(WrapTest, BreaksAWordThatIsLongerThanTheLine) {
  EXPECT_EQ(Wrap("aaaaabbbbbcccccddddd12345", 0, 20), "aaaaabbbbbcccccddddd\n12345");
}

TEST(TableTest, AlignsColumnsOfChineseAndLatin) {
  Table table({{"指标", Table::Align::kLeft}, {"分值", Table::Align::kRight}, {"结论", Table::Align::kLeft}});
  table.AddRow({"质量达标率", "10", "达标"});
  table.AddRow({"a", "7.5"});

  EXPECT_EQ(table.Print({}, 1),
            " 指标        分值  结论\n"
            " 质量达标率    10  达标\n"
            " a            7.5\n");
}

}  // namespace
}  // namespace jixiao::cli
