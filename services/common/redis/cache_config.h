// For any service's main: --cache and --cache_secret_file.
#ifndef JIXIAO_COMMON_REDIS_CACHE_CONFIG_H_
#define JIXIAO_COMMON_REDIS_CACHE_CONFIG_H_

#include <string>
#include <vector>

#include "common/redis/make_cache.h"

namespace jixiao {

// What the flags say, as they say it.
struct CacheConfig {
  std::string cache;
  std::string secret_file;
};

// After flags were parsed.
CacheConfig CacheConfigFromFlags();

// All problems, empty if none; fills `options` if there are none.
std::vector<std::string> Validate(const CacheConfig& config, CacheOptions& options);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_REDIS_CACHE_CONFIG_H_
