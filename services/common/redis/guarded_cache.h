// For any service: believes a cached value only if it is what was stored under
// this very key. Whatever else is found there is a miss, counted and logged.
#ifndef JIXIAO_COMMON_REDIS_GUARDED_CACHE_H_
#define JIXIAO_COMMON_REDIS_GUARDED_CACHE_H_

#include <memory>
#include <string>

#include "common/redis/cache.h"
#include "common/redis/cache_metrics.h"

namespace jixiao {

// Stores `JX1` + HMAC-SHA-256 over key and payload + payload. Another key's
// value, other bytes, a cut value and a value of another format all fail.
class GuardedCache : public Cache {
 public:
  // `secret` may be empty; see CacheOptions.
  GuardedCache(std::unique_ptr<Cache> inner, std::string secret, CacheMetrics& metrics);

  std::optional<std::string> Get(const std::string& key) override;
  void Set(const std::string& key, std::string_view value, absl::Duration ttl) override;
  void Remove(const std::string& key) override;

 private:
  std::string Seal(const std::string& key, std::string_view payload) const;

  const std::unique_ptr<Cache> inner_;
  const std::string secret_;
  CacheMetrics& metrics_;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_REDIS_GUARDED_CACHE_H_
