#include "common/domain/page_token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"

namespace jixiao {
namespace {

using ::jixiao::testing::StatusIs;

TEST(PageTokenTest, GivesBackThePlaceToGoOnFrom) {
  EXPECT_EQ(*ReadPageToken(MakePageToken("filter", "place"), "filter"), "place");
  EXPECT_EQ(*ReadPageToken("", "filter"), "");
}

TEST(PageTokenTest, RefusesTokensOfAnotherListAndBrokenOnes) {
  const std::string token = MakePageToken("filter", "place");
  EXPECT_THAT(ReadPageToken(token, "other"), StatusIs(absl::StatusCode::kInvalidArgument));
  for (const std::string& broken : {std::string("zz"), token.substr(1), token + "0", std::string(2000, 'a')}) {
    EXPECT_THAT(ReadPageToken(broken, "filter"), StatusIs(absl::StatusCode::kInvalidArgument)) << broken;
  }
}

TEST(PageTokenTest, BoundsPageSizes) {
  EXPECT_EQ(*PageSize(0, 50, 500), 50);
  EXPECT_EQ(*PageSize(7, 50, 500), 7);
  EXPECT_EQ(*PageSize(501, 50, 500), 500);
  EXPECT_THAT(PageSize(-1, 50, 500), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace jixiao
