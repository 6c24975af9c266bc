#include "common/base/encoding.h"

#include <gmock/gmock.h>

#include "common/testing/status_matchers.h"

namespace jixiao {
namespace {

using ::jixiao::testing::IsOkAndHolds;
using ::jixiao::testing::StatusIs;
using ::testing::Eq;

TEST(DecodeTextTest, LeavesUtf8AsItIsButForTheByteOrderMark) {
  EXPECT_THAT(DecodeText("区划代码"), IsOkAndHolds(Eq("区划代码")));
  EXPECT_THAT(DecodeText("\xEF\xBB\xBF区划代码"), IsOkAndHolds(Eq("区划代码")));
  EXPECT_THAT(DecodeText(""), IsOkAndHolds(Eq("")));
}

TEST(DecodeTextTest, ReadsWhatSpreadsheetsWriteInChina) {
  EXPECT_THAT(DecodeText("\xC7\xF8\xBB\xAE,430611"), IsOkAndHolds(Eq("区划,430611")));
  // 㐀 takes four bytes in GB 18030.
  EXPECT_THAT(DecodeText("\x81\x39\xEE\x40"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(DecodeText("\x81\x39\xEE\x39\xC7\xF8"), IsOkAndHolds(Eq("㐀区")));
}

TEST(DecodeTextTest, RefusesWhatIsNoText) {
  EXPECT_THAT(DecodeText("\xC7"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(DecodeText(std::string_view("a\0b", 3)), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(DecodeText(std::string_view("\xFF\xFE\x3A\x53", 4)), StatusIs(absl::StatusCode::kInvalidArgument))
      << "UTF-16";
}

TEST(DecodeTextTest, HasRoomForTheWorstCase) {
  std::string all_two_bytes;
  for (int i = 0; i < 10'000; ++i) all_two_bytes += "\xC7\xF8";
  const auto text = DecodeText(all_two_bytes);
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(text->size(), 30'000U);
}

}  // namespace
}  // namespace jixiao
