// For any service: the cache that --cache names.
#ifndef JIXIAO_COMMON_REDIS_MAKE_CACHE_H_
#define JIXIAO_COMMON_REDIS_MAKE_CACHE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/redis/cache.h"
#include "common/redis/cache_metrics.h"

namespace jixiao {

// Where cached values live.
struct CacheAddress {
  enum class Kind { kNone, kMemory, kRedis };
  Kind kind = Kind::kNone;
  std::string host;
  int port = 0;
  int database = 0;
};

// `none`, `memory` or `redis://host:port[/db]`. INVALID_ARGUMENT says what is
// wrong.
absl::StatusOr<CacheAddress> ParseCacheAddress(const std::string& text);

struct CacheOptions {
  CacheAddress address;
  int64_t memory_bytes = 64 << 20;
  // Values in Redis are authenticated with this; replicas that share a Redis
  // share it. Empty: guards against accidents and stray writers, not against
  // somebody who knows this code and can write to Redis.
  std::string secret;
};

// Values from Redis are checked against a digest before they are used. Never
// fails and does not connect: an unreachable Redis is a cache that forgets.
// `metrics` outlives it.
std::unique_ptr<Cache> MakeCache(const CacheOptions& options, CacheMetrics& metrics);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_REDIS_MAKE_CACHE_H_
