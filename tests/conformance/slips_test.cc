#include "conformance/slips.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace jixiao::conformance {
namespace {

using ::testing::UnorderedElementsAre;

// Everything a slip may make of `text`.
std::set<std::string> All(const std::string& text, Slip slip) {
  std::set<std::string> found;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    Random random(seed);
    if (const auto other = WithSlip(text, slip, random)) found.insert(*other);
  }
  return found;
}

TEST(SlipsTest, MakesEachSlipOfOneFigure) {
  EXPECT_THAT(All("14.06", Slip::kDigitsExchanged), UnorderedElementsAre("41.06", "14.60"));
  EXPECT_THAT(All("1401.01", Slip::kZeroLost), UnorderedElementsAre("141.01", "1401.1"));
  EXPECT_THAT(All("52.07", Slip::kDigitLost), UnorderedElementsAre("2.07", "5.07", "52.0"));
  EXPECT_THAT(All("5.07万元", Slip::kDigitDoubled), UnorderedElementsAre("55.07万元", "5.007万元", "5.077万元"));
  EXPECT_THAT(All("116.95", Slip::kTimesTen), UnorderedElementsAre("1169.5"));
  EXPECT_THAT(All("116.95", Slip::kTenth), UnorderedElementsAre("11.695"));
  EXPECT_THAT(All("116.95", Slip::kTimesHundred), UnorderedElementsAre("11695"));
  EXPECT_THAT(All("116.95万元", Slip::kTimesTenThousand), UnorderedElementsAre("1169500万元"));
  EXPECT_THAT(All("0.5", Slip::kSign), UnorderedElementsAre("-0.5"));
  EXPECT_EQ(All("7", Slip::kDigitMistyped).size(), 8u);
}

TEST(SlipsTest, MakesNoneWhereNothingWouldChange) {
  EXPECT_THAT(All("0", Slip::kTimesTen), UnorderedElementsAre());
  EXPECT_THAT(All("55.5", Slip::kDigitsExchanged), UnorderedElementsAre());
  EXPECT_THAT(All("0.50", Slip::kZeroLost), UnorderedElementsAre());
  EXPECT_THAT(All("无", Slip::kDigitLost), UnorderedElementsAre());
}

TEST(SlipsTest, KnowsWhatOneSlipReachesEitherWay) {
  EXPECT_TRUE(IsOneSlipApart("1401.1", "1401.01"));
  EXPECT_TRUE(IsOneSlipApart("1401.01万元", "1401.1"));
  EXPECT_TRUE(IsOneSlipApart("45.67", "45.76"));
  EXPECT_TRUE(IsOneSlipApart("477.48", "4774800"));
  EXPECT_FALSE(IsOneSlipApart("45.67", "54.76"));
  EXPECT_FALSE(IsOneSlipApart("45.67", "98.21"));
}

}  // namespace
}  // namespace jixiao::conformance
