#include "common/redis/cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "common/redis/cache_config.h"
#include "common/redis/circuit_breaker.h"
#include "common/redis/guarded_cache.h"
#include "common/redis/make_cache.h"
#include "common/redis/memory_cache.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace jixiao {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using testing::FailsWith;
using testing::FakeClock;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::Optional;
using testing::TempDir;
using testing::WriteFile;

double Gets(const Metrics& metrics, const std::string& outcome) {
  return metrics.ValueOf("jixiao_cache_gets_total", {{"outcome", outcome}});
}

class MemoryCacheTest : public ::testing::Test {
 protected:
  FakeClock clock_;
  Metrics metrics_;
  CacheMetrics cache_metrics_{metrics_};
  MemoryCache cache_{10'000, clock_, cache_metrics_};
};

TEST_F(MemoryCacheTest, GivesTheValueLastSet) {
  cache_.Set("key", "old", absl::Hours(1));
  cache_.Set("key", "new", absl::Hours(1));

  EXPECT_THAT(cache_.Get("key"), Optional(Eq("new")));
  EXPECT_EQ(cache_.Get("other"), std::nullopt);
  EXPECT_EQ(Gets(metrics_, "hit"), 1);
  EXPECT_EQ(Gets(metrics_, "miss"), 1);
}

TEST_F(MemoryCacheTest, ForgetsWhatExpired) {
  cache_.Set("key", "value", absl::Seconds(10));
  clock_.Advance(absl::Milliseconds(9'999));
  EXPECT_NE(cache_.Get("key"), std::nullopt);
  clock_.Advance(absl::Milliseconds(1));
  EXPECT_EQ(cache_.Get("key"), std::nullopt);
}

TEST_F(MemoryCacheTest, ForgetsTheLeastRecentlyUsedFirst) {
  const std::string value(3'000, 'x');
  cache_.Set("a", value, absl::Hours(1));
  cache_.Set("b", value, absl::Hours(1));
  cache_.Set("c", value, absl::Hours(1));
  EXPECT_NE(cache_.Get("a"), std::nullopt);

  cache_.Set("d", value, absl::Hours(1));

  EXPECT_NE(cache_.Get("a"), std::nullopt);
  EXPECT_EQ(cache_.Get("b"), std::nullopt);
  EXPECT_NE(cache_.Get("c"), std::nullopt);
  EXPECT_NE(cache_.Get("d"), std::nullopt);
}

TEST_F(MemoryCacheTest, TooLargeAValueReplacesTheOldOneByNothing) {
  cache_.Set("key", "small", absl::Hours(1));
  cache_.Set("key", std::string(20'000, 'x'), absl::Hours(1));

  EXPECT_EQ(cache_.Get("key"), std::nullopt);
}

TEST_F(MemoryCacheTest, ForgetsWhatWasRemoved) {
  cache_.Set("key", "value", absl::Hours(1));
  cache_.Remove("key");
  cache_.Remove("never there");

  EXPECT_EQ(cache_.Get("key"), std::nullopt);
}

// Pretends to be a store that strangers write to.
class OpenStore : public Cache {
 public:
  std::optional<std::string> Get(const std::string& key) override {
    const auto found = values.find(key);
    if (found == values.end()) return std::nullopt;
    return found->second;
  }
  void Set(const std::string& key, std::string_view value, absl::Duration) override { values[key] = value; }
  void Remove(const std::string& key) override { values.erase(key); }

  std::map<std::string, std::string> values;
};

class GuardedCacheTest : public ::testing::Test {
 protected:
  GuardedCacheTest() {
    auto store = std::make_unique<OpenStore>();
    store_ = store.get();
    cache_ = std::make_unique<GuardedCache>(std::move(store), "secret of this installation", cache_metrics_);
    cache_->Set("key", "value", absl::Hours(1));
  }

  // Neither believed nor found a second time.
  void ExpectPoisoned(const std::string& stored) {
    store_->values["key"] = stored;
    const double before = Gets(metrics_, "poisoned");
    EXPECT_EQ(cache_->Get("key"), std::nullopt);
    EXPECT_EQ(Gets(metrics_, "poisoned"), before + 1);
    EXPECT_FALSE(store_->values.contains("key"));
  }

  Metrics metrics_;
  CacheMetrics cache_metrics_{metrics_};
  OpenStore* store_;
  std::unique_ptr<GuardedCache> cache_;
};

TEST_F(GuardedCacheTest, GivesBackWhatWasSet) {
  EXPECT_THAT(cache_->Get("key"), Optional(Eq("value")));
  cache_->Set("empty", "", absl::Hours(1));
  EXPECT_THAT(cache_->Get("empty"), Optional(Eq("")));
  EXPECT_EQ(Gets(metrics_, "hit"), 2);
  EXPECT_EQ(cache_->Get("other"), std::nullopt);
  EXPECT_EQ(Gets(metrics_, "poisoned"), 0);
}

TEST_F(GuardedCacheTest, EveryChangedByteIsNoticed) {
  const std::string good = store_->values["key"];
  for (size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    ExpectPoisoned(bad);
  }
}

TEST_F(GuardedCacheTest, EveryCutAndEveryAdditionIsNoticed) {
  const std::string good = store_->values["key"];
  for (size_t length = 0; length < good.size(); ++length) ExpectPoisoned(good.substr(0, length));
  ExpectPoisoned(good + "x");
}

TEST_F(GuardedCacheTest, AnotherKeysValueIsNoticed) {
  cache_->Set("other", "another unit's card", absl::Hours(1));
  ExpectPoisoned(store_->values["other"]);
}

TEST_F(GuardedCacheTest, AValueSealedWithAnotherSecretIsNoticed) {
  auto store = std::make_unique<OpenStore>();
  OpenStore* const raw = store.get();
  GuardedCache other(std::move(store), "", cache_metrics_);
  other.Set("key", "value", absl::Hours(1));
  ExpectPoisoned(raw->values["key"]);
}

class CircuitBreakerTest : public ::testing::Test {
 protected:
  void FailTimes(int count) {
    for (int i = 0; i < count; ++i) breaker_.Failed();
  }

  FakeClock clock_;
  CircuitBreaker breaker_{clock_};
};

TEST_F(CircuitBreakerTest, OpensAfterThreeFailuresInARow) {
  FailTimes(2);
  breaker_.Succeeded();
  FailTimes(2);
  EXPECT_TRUE(breaker_.Allows());
  FailTimes(1);
  EXPECT_FALSE(breaker_.Allows());
  EXPECT_TRUE(breaker_.is_open());
}

TEST_F(CircuitBreakerTest, LetsOneCallerTryAfterThePause) {
  FailTimes(3);
  clock_.Advance(absl::Milliseconds(500));

  EXPECT_TRUE(breaker_.Allows());
  EXPECT_FALSE(breaker_.Allows());
  breaker_.Succeeded();
  EXPECT_TRUE(breaker_.Allows());
}

TEST_F(CircuitBreakerTest, WaitsTwiceAsLongAfterEachVainTryUpToFiveSeconds) {
  FailTimes(3);
  for (const int milliseconds : {500, 1'000, 2'000, 4'000, 5'000, 5'000}) {
    clock_.Advance(absl::Milliseconds(milliseconds - 1));
    EXPECT_FALSE(breaker_.Allows()) << milliseconds;
    clock_.Advance(absl::Milliseconds(1));
    EXPECT_TRUE(breaker_.Allows()) << milliseconds;
    breaker_.Failed();
  }
}

TEST_F(CircuitBreakerTest, LateFailuresDoNotLengthenThePause) {
  FailTimes(16);
  clock_.Advance(absl::Milliseconds(500));
  EXPECT_TRUE(breaker_.Allows());
}

TEST(CacheAddressTest, ReadsTheThreeForms) {
  EXPECT_EQ(ParseCacheAddress("none")->kind, CacheAddress::Kind::kNone);
  EXPECT_EQ(ParseCacheAddress("memory")->kind, CacheAddress::Kind::kMemory);
  const auto redis = ParseCacheAddress("redis://cache.internal:6380/3");
  ASSERT_THAT(redis, IsOk());
  EXPECT_EQ(redis->kind, CacheAddress::Kind::kRedis);
  EXPECT_EQ(redis->host, "cache.internal");
  EXPECT_EQ(redis->port, 6380);
  EXPECT_EQ(redis->database, 3);
}

TEST(CacheAddressTest, RefusesEverythingElse) {
  for (const char* text : {"", "redis", "redis://", "redis://host", "redis://host:", "redis://:1", "redis://h:0",
                           "redis://h:65536", "redis://h:1/", "redis://h:1/16", "redis://h:1/x", "memory "}) {
    EXPECT_THAT(ParseCacheAddress(text), FailsWith(absl::StatusCode::kInvalidArgument, "BAD_CACHE")) << text;
  }
}

TEST(CacheConfigTest, ListsAllProblemsAndReadsTheSecret) {
  const TempDir dir;
  WriteFile(dir.File("short"), "abc");
  WriteFile(dir.File("good"), "0123456789abcdef");
  CacheOptions options;

  EXPECT_THAT(Validate(CacheConfig{"nonsense", dir.File("short")}, options),
              ElementsAre(HasSubstr("--cache:"), HasSubstr("fewer than 16 bytes")));
  EXPECT_THAT(Validate(CacheConfig{"memory", dir.File("absent")}, options), ElementsAre(HasSubstr("cannot read")));
  EXPECT_THAT(Validate(CacheConfig{"memory", dir.File("good")}, options), IsEmpty());
  EXPECT_EQ(options.secret, "0123456789abcdef");
}

}  // namespace
}  // namespace jixiao
