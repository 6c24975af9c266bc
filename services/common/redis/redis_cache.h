// For any service: keeps values in Redis, as long as Redis answers fast.
//
// Every command has 50 ms to connect and 50 ms until its whole reply, of at most
// 8 MiB, is there, however it drips. After three failures in a row Redis is left
// alone for a while (0.5 s, doubling to 5 s), so that a dead one costs nothing; then
// one caller tries again.
#ifndef JIXIAO_COMMON_REDIS_REDIS_CACHE_H_
#define JIXIAO_COMMON_REDIS_REDIS_CACHE_H_

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/redis/cache.h"
#include "common/redis/cache_metrics.h"
#include "common/redis/circuit_breaker.h"

namespace jixiao {

// Where Redis listens.
struct RedisAddress {
  std::string host;
  int port = 0;
  int database = 0;
};

// Values as they are; wrap in GuardedCache before believing them. Counts
// misses, errors and skipped commands; hits are for the guard to count. Process
// must ignore SIGPIPE (PrepareSignals does).
class RedisCache : public Cache {
 public:
  // Does not connect yet. References outlive it.
  RedisCache(RedisAddress address, const Clock& clock, CacheMetrics& metrics);
  ~RedisCache() override;

  std::optional<std::string> Get(const std::string& key) override;
  void Set(const std::string& key, std::string_view value, absl::Duration ttl) override;
  void Remove(const std::string& key) override;

 private:
  class Connection;
  struct Reply;

  std::unique_ptr<Connection> Borrow();
  void GiveBack(std::unique_ptr<Connection> connection);
  Reply Ask(const std::vector<std::string_view>& command);

  const RedisAddress address_;
  CacheMetrics& metrics_;
  CircuitBreaker breaker_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_REDIS_REDIS_CACHE_H_
