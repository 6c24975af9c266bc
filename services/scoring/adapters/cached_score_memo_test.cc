#include "scoring/adapters/cached_score_memo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/redis/memory_cache.h"
#include "common/testing/fake_clock.h"

namespace jixiao::scoring {
namespace {

using ::testing::Eq;
using ::testing::Optional;

const ScoreKey kKey{"sha256:aa", "sha256:bb", "sha256:cc"};

class CachedScoreMemoTest : public ::testing::Test {
 protected:
  jixiao::testing::FakeClock clock_;
  Metrics metrics_;
  CacheMetrics cache_metrics_{metrics_};
  MemoryCache cache_{1 << 20, clock_, cache_metrics_};
  CachedScoreMemo memo_{cache_};
};

TEST_F(CachedScoreMemoTest, KeyNamesAllThatACardDependsOn) {
  EXPECT_EQ(ScoreCacheKey(kKey), "jixiao:1:score:aa:bb:2:cc");
}

TEST_F(CachedScoreMemoTest, GivesBackWhatItKept) {
  memo_.Keep(kKey, "card");

  EXPECT_THAT(memo_.Find(kKey), Optional(Eq("card")));
}

TEST_F(CachedScoreMemoTest, FindsNothingForAnotherReportRuleSetOrContext) {
  memo_.Keep(kKey, "card");

  EXPECT_EQ(memo_.Find({"sha256:ab", "sha256:bb", "sha256:cc"}), std::nullopt);
  EXPECT_EQ(memo_.Find({"sha256:aa", "sha256:bc", "sha256:cc"}), std::nullopt);
  EXPECT_EQ(memo_.Find({"sha256:aa", "sha256:bb", "sha256:cd"}), std::nullopt);
}

}  // namespace
}  // namespace jixiao::scoring
