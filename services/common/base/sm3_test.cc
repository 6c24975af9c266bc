#include "common/base/sm3.h"

#include <gtest/gtest.h>

#include "common/base/digest.h"

namespace jixiao {
namespace {

// The examples of GB/T 32905, annex A.
TEST(Sm3Test, GivesTheDigestsOfTheStandard) {
  EXPECT_EQ(HexOf(Sm3("abc")), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  std::string long_text;
  for (int i = 0; i < 16; ++i) long_text += "abcd";
  EXPECT_EQ(Sm3Digest(long_text), "sm3:debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

TEST(Sm3Test, GivesTheDigestOfNothing) {
  EXPECT_EQ(HexOf(Sm3("")), "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b");
}

}  // namespace
}  // namespace jixiao
