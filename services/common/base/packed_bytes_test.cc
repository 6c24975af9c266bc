#include "common/base/packed_bytes.h"

#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"

namespace jixiao {
namespace {

using testing::FailsWith;
using testing::IsOk;

std::string Sample() {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "部门整体支出绩效自评表 · 第" + std::to_string(i) + "项 · 年度指标值";
  return text;
}

TEST(PackedBytesTest, GivesBackWhatItWasGiven) {
  for (const std::string& bytes : {std::string(), std::string("a"), std::string(3, '\0'), Sample()}) {
    EXPECT_EQ(UnpackBytes(PackBytes(bytes)).value_or("?"), bytes);
  }
}

TEST(PackedBytesTest, MakesReportsSmaller) { EXPECT_LT(PackBytes(Sample()).size() * 5, Sample().size()); }

TEST(PackedBytesTest, RefusesWhatIsNoFrame) {
  for (const std::string& bytes : {std::string("\x0a\x05report"), std::string("\x04\x22"), Sample()}) {
    EXPECT_THAT(UnpackBytes(bytes), FailsWith(absl::StatusCode::kDataLoss, "PACKED_BYTES_DAMAGED"));
  }
}

// What a changed bit leaves readable, the reader's digest of the whole has to tell.
TEST(PackedBytesTest, SurvivesDamageAndGivesNothingBackAsItWas) {
  const std::string packed = PackBytes(Sample());
  size_t refused = 0;
  for (size_t at = 0; at < packed.size(); ++at) {
    std::string changed = packed;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    const auto unpacked = UnpackBytes(changed);
    EXPECT_NE(unpacked.value_or(""), Sample());
    refused += !unpacked.ok();
  }
  EXPECT_GT(refused, 0u);
  EXPECT_THAT(UnpackBytes(packed.substr(0, packed.size() - 1)),
              FailsWith(absl::StatusCode::kDataLoss, "PACKED_BYTES_DAMAGED"));
}

TEST(PackedBytesTest, RefusesAFrameThatHoldsMoreThanItMay) {
  const std::string packed = PackBytes(std::string(1'000'000, 'x'));
  EXPECT_LT(packed.size(), 10'000u);
  EXPECT_THAT(UnpackBytes(packed, 999'999), FailsWith(absl::StatusCode::kDataLoss, "PACKED_BYTES_DAMAGED"));
  EXPECT_THAT(UnpackBytes(packed, 1'000'000), IsOk());
}

}  // namespace
}  // namespace jixiao
