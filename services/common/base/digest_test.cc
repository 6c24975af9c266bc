#include "common/base/digest.h"

#include <gtest/gtest.h>

namespace jixiao {
namespace {

TEST(ContentDigestTest, MatchesPublishedVector) {
  EXPECT_EQ(ContentDigest("abc"), "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(ContentDigestTest, IsRecognisedByItsForm) {
  EXPECT_TRUE(IsContentDigest(ContentDigest("")));
  EXPECT_FALSE(IsContentDigest("sha256:abc"));
  EXPECT_FALSE(IsContentDigest(std::string(71, 'a')));
}

TEST(RandomHexTest, GivesFreshDigits) {
  EXPECT_EQ(RandomHex(16).size(), 32u);
  EXPECT_NE(RandomHex(16), RandomHex(16));
}

}  // namespace
}  // namespace jixiao
