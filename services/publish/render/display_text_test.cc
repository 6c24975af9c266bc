#include "publish/render/display_text.h"

#include <gtest/gtest.h>

namespace jixiao::publish {
namespace {

TEST(DisplayTextTest, ShowsWhatTurnsTheDirectionAndDropsWhatPrintsNothing) {
  EXPECT_EQ(DisplayText("a\u202Eb\u200Bc\x01"
                        "d\n"),
            "a[U+202E]bcd\n");
  EXPECT_EQ(DisplayText("\xff"), "\uFFFD");
}

TEST(DisplayTextTest, WritesIntervalsWithEqualDecimals) {
  EXPECT_EQ(IntervalText(92100, 96000), "92.1–96.0");
  EXPECT_EQ(IntervalText(96000, 96000), "96");
  EXPECT_EQ(IntervalText(std::nullopt, 96000), "—");
}

}  // namespace
}  // namespace jixiao::publish
