// RedisCache against servers that speak Redis to do harm. That these tests end at
// all is what they show first: each server would go on for ever.
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "common/redis/redis_cache.h"
#include "common/testing/fake_clock.h"
#include "common/testing/scripted_server.h"

namespace jixiao {
namespace {

using testing::ScriptedServer;

// Waits for a command, then does what `answer` does.
ScriptedServer::Script AfterACommand(std::function<void(int)> answer) {
  return [answer = std::move(answer)](int socket) {
    char command[4096];
    while (recv(socket, command, sizeof(command), 0) > 0) answer(socket);
  };
}

class LyingRedisTest : public ::testing::Test {
 protected:
  void Serve(std::function<void(int)> answer) {
    server_ = std::make_unique<ScriptedServer>(AfterACommand(std::move(answer)));
    cache_ = std::make_unique<RedisCache>(RedisAddress{"127.0.0.1", server_->port(), 0}, clock_, cache_metrics_);
  }
  double Gets(const std::string& outcome) {
    return metrics_.ValueOf("jixiao_cache_gets_total", {{"outcome", outcome}});
  }

  testing::FakeClock clock_;  // the pause after failures never ends by itself
  Metrics metrics_;
  CacheMetrics cache_metrics_{metrics_};
  std::unique_ptr<RedisCache> cache_;
  std::unique_ptr<ScriptedServer> server_;
};

// Each byte comes well within any limit for a single read.
TEST_F(LyingRedisTest, ADrippingReplyIsGivenUpAndCountsAsAFailure) {
  Serve([](int socket) {
    for (bool is_there = ScriptedServer::Say(socket, "$1000000\r\n"); is_there;) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      is_there = ScriptedServer::Say(socket, "x");
    }
  });

  for (int i = 0; i < 3; ++i) EXPECT_EQ(cache_->Get("key"), std::nullopt);
  EXPECT_EQ(Gets("error"), 3);

  // Three in a row: it is left alone.
  EXPECT_EQ(cache_->Get("key"), std::nullopt);
  EXPECT_EQ(Gets("skipped"), 1);
}

TEST_F(LyingRedisTest, AReplyWithoutEndIsNotReadPastTheLargestValue) {
  std::atomic<int64_t> sent_bytes = 0;
  Serve([&](int socket) {
    const std::string flood(1 << 20, 'x');
    for (bool is_there = ScriptedServer::Say(socket, "$4000000000\r\n"); is_there;) {
      is_there = ScriptedServer::Say(socket, flood);
      if (is_there) sent_bytes += static_cast<int64_t>(flood.size());
    }
  });

  EXPECT_EQ(cache_->Get("key"), std::nullopt);

  cache_.reset();
  server_.reset();
  // The bound and what the sockets' own buffers took besides.
  EXPECT_LT(sent_bytes, 32 << 20);
  EXPECT_EQ(Gets("error"), 1);
}

// hiredis would make room for two thousand million elements.
TEST_F(LyingRedisTest, AListIsRefusedByItsFirstByte) {
  Serve([](int socket) { ScriptedServer::Say(socket, "*2000000000\r\n"); });

  EXPECT_EQ(cache_->Get("key"), std::nullopt);
  EXPECT_EQ(Gets("error"), 1);
}

// What stands behind a reply would be read as the beginning of the next one, past the
// look at its first byte.
TEST_F(LyingRedisTest, AReplyWithMoreBehindItIsRefusedWithItsConnection) {
  for (const char* more : {"*2000000000\r\n", "$5\r\nother\r\n", "$"}) {
    std::atomic<bool> is_first = true;
    Serve([&](int socket) {
      ScriptedServer::Say(socket, is_first.exchange(false) ? "$5\r\nvalue\r\n" + std::string(more) : "$4\r\nnext\r\n");
    });

    EXPECT_EQ(cache_->Get("key"), std::nullopt) << more;
    EXPECT_EQ(cache_->Get("key"), "next") << more;
    EXPECT_EQ(server_->connection_count(), 2) << more;
    cache_.reset();
    server_.reset();
  }
}

TEST_F(LyingRedisTest, WhatIsNoReplyAtAllIsRefused) {
  Serve([](int socket) { ScriptedServer::Say(socket, "HTTP/1.1 200 OK\r\n\r\n"); });

  EXPECT_EQ(cache_->Get("key"), std::nullopt);
  EXPECT_EQ(Gets("error"), 1);
}

TEST_F(LyingRedisTest, AnHonestReplyInManyPiecesIsRead) {
  Serve([](int socket) {
    for (const char* piece : {"$5", "\r\nval", "ue", "\r\n"}) ScriptedServer::Say(socket, piece);
  });

  EXPECT_EQ(cache_->Get("key"), "value");
}

}  // namespace
}  // namespace jixiao
