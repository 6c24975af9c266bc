// RedisCache against a real redis-server that is killed, frozen and overwritten.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "absl/time/clock.h"
#include "common/redis/make_cache.h"
#include "common/testing/redis_server.h"
#include "common/testing/wait_until.h"

namespace jixiao {
namespace {

using ::testing::Eq;
using ::testing::Optional;
using testing::RedisServer;
using testing::WaitUntil;

class RedisCacheTest : public ::testing::Test {
 protected:
  RedisCacheTest() {
    std::signal(SIGPIPE, SIG_IGN);
    CacheOptions options;
    options.address = *ParseCacheAddress(redis_.Address() + "/2");
    cache_ = MakeCache(options, cache_metrics_);
  }

  double Gets(const std::string& outcome) {
    return metrics_.ValueOf("jixiao_cache_gets_total", {{"outcome", outcome}});
  }
  double Sets(const std::string& outcome) {
    return metrics_.ValueOf("jixiao_cache_sets_total", {{"outcome", outcome}});
  }
  absl::Duration TimeOfGet() {
    const absl::Time start = absl::Now();
    EXPECT_EQ(cache_->Get("key"), std::nullopt);
    return absl::Now() - start;
  }
  // The values live in database 2, a new connection begins in 0.
  std::string In2(const std::string& script) {
    return redis_.Command({"EVAL", "redis.call('SELECT', 2) return " + script, "0"});
  }

  RedisServer redis_;
  Metrics metrics_;
  CacheMetrics cache_metrics_{metrics_};
  std::unique_ptr<Cache> cache_;
};

TEST_F(RedisCacheTest, KeepsBytesUntilTheirTime) {
  const std::string bytes("a\0b\xff", 4);
  cache_->Set("key", bytes, absl::Minutes(5));

  EXPECT_THAT(cache_->Get("key"), Optional(Eq(bytes)));
  EXPECT_EQ(cache_->Get("other"), std::nullopt);
  EXPECT_EQ(Gets("hit"), 1);
  EXPECT_EQ(Gets("miss"), 1);
  EXPECT_EQ(Sets("stored"), 1);
  const int ttl = std::stoi(In2("redis.call('PTTL', 'key')"));
  EXPECT_GT(ttl, 200'000);
  EXPECT_LE(ttl, 300'000);
  cache_->Remove("key");
  EXPECT_EQ(cache_->Get("key"), std::nullopt);
}

TEST_F(RedisCacheTest, ADeadRedisCostsLittleAndComesBackByItself) {
  cache_->Set("key", "value", absl::Minutes(5));
  redis_.Kill();

  for (int i = 0; i < 20; ++i) EXPECT_LT(TimeOfGet(), absl::Milliseconds(250));
  EXPECT_GE(Gets("error"), 3);
  EXPECT_GE(Gets("skipped"), 10);

  redis_.Restart();
  EXPECT_TRUE(WaitUntil([this] {
    cache_->Set("key", "again", absl::Minutes(5));
    return cache_->Get("key") == "again";
  }));
}

TEST_F(RedisCacheTest, AFrozenRedisIsWaitedForOnlyBriefly) {
  cache_->Set("key", "value", absl::Minutes(5));
  redis_.Freeze();

  const absl::Time start = absl::Now();
  for (int i = 0; i < 1'000; ++i) EXPECT_EQ(cache_->Get("key"), std::nullopt);
  // Three waits of 50 to 100 ms, and one more per half second or longer.
  EXPECT_LT(absl::Now() - start, absl::Seconds(2));
  EXPECT_GE(Gets("error"), 3);
  EXPECT_LE(Gets("error"), 10);
  EXPECT_GE(Gets("skipped"), 900);
  redis_.Thaw();

  // No late answer of before is taken for a new one.
  EXPECT_TRUE(WaitUntil([this] { return cache_->Get("key").has_value(); }));
  EXPECT_THAT(cache_->Get("key"), Optional(Eq("value")));
  EXPECT_EQ(Gets("poisoned"), 0);
}

TEST_F(RedisCacheTest, APausedRedisIsWaitedForOnlyBriefly) {
  cache_->Set("key", "value", absl::Minutes(5));
  ASSERT_EQ(redis_.Command({"CLIENT", "PAUSE", "1500", "ALL"}), "OK");

  for (int i = 0; i < 10; ++i) EXPECT_LT(TimeOfGet(), absl::Milliseconds(250));
  EXPECT_GE(Gets("error"), 3);
}

TEST_F(RedisCacheTest, WhatStrangersWroteIsNotBelieved) {
  cache_->Set("key", "value", absl::Minutes(5));
  cache_->Set("other", "another unit's", absl::Minutes(5));

  In2("redis.call('SET', 'key', 'planted')");
  EXPECT_EQ(cache_->Get("key"), std::nullopt);
  cache_->Set("key", "value", absl::Minutes(5));
  In2("redis.call('COPY', 'other', 'key', 'REPLACE')");
  EXPECT_EQ(cache_->Get("key"), std::nullopt);
  EXPECT_EQ(Gets("poisoned"), 2);
  In2("redis.call('LPUSH', 'key', 'a list')");
  EXPECT_EQ(cache_->Get("key"), std::nullopt);
  EXPECT_EQ(Gets("error"), 1);
  cache_->Set("key", "value", absl::Minutes(5));
  EXPECT_THAT(cache_->Get("key"), Optional(Eq("value")));
}

TEST_F(RedisCacheTest, AHugeValueIsNotReadWhole) {
  In2("redis.call('SETRANGE', 'key', 60000000, 'x')");

  EXPECT_EQ(cache_->Get("key"), std::nullopt);

  // Poisoned if its first 8 MiB came within the time, else an error.
  EXPECT_EQ(Gets("poisoned") + Gets("error"), 1);
  EXPECT_LT(redis_.Info("total_net_output_bytes"), 9'000'000);
}

TEST_F(RedisCacheTest, AFullRedisForgetsAndGoesOn) {
  ASSERT_EQ(redis_.Command({"CONFIG", "SET", "maxmemory", "1"}), "OK");

  for (int i = 0; i < 10; ++i) cache_->Set("key", "value", absl::Minutes(5));

  EXPECT_EQ(Sets("error"), 10);
  EXPECT_EQ(Sets("skipped"), 0);
  EXPECT_EQ(cache_->Get("key"), std::nullopt);
  EXPECT_EQ(Gets("miss"), 1);
}

TEST_F(RedisCacheTest, ManyThreadsShareIt) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([this, t] {
      for (int i = 0; i < 50; ++i) {
        const std::string key = "key" + std::to_string(t) + ":" + std::to_string(i);
        cache_->Set(key, key, absl::Minutes(5));
        const auto value = cache_->Get(key);
        // Slow machines may run into a timeout; a wrong value never comes.
        if (value) {
          EXPECT_EQ(*value, key);
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GT(Gets("hit"), 300);
  EXPECT_EQ(Gets("poisoned"), 0);
}

}  // namespace
}  // namespace jixiao
