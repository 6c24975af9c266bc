#include "common/base/keyed_digest.h"

#include <gtest/gtest.h>

#include "common/base/digest.h"

namespace jixiao {
namespace {

// RFC 4231, test case 2.
TEST(KeyedDigestTest, IsHmacSha256) {
  EXPECT_EQ(HexOf(KeyedDigest("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(KeyedDigestTest, TakesAnEmptyKey) {
  EXPECT_EQ(HexOf(KeyedDigest("", "")), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
  EXPECT_EQ(HexOf(KeyedDigest({}, "")), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(KeyedDigestTest, ComparesWholeDigests) {
  EXPECT_TRUE(IsSameDigest("abc", "abc"));
  EXPECT_FALSE(IsSameDigest("abc", "abd"));
  EXPECT_FALSE(IsSameDigest("abc", "ab"));
}

}  // namespace
}  // namespace jixiao
