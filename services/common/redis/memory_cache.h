// For any service: a cache in this process, the least recently used forgotten
// first.
#ifndef JIXIAO_COMMON_REDIS_MEMORY_CACHE_H_
#define JIXIAO_COMMON_REDIS_MEMORY_CACHE_H_

#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

#include "common/base/clock.h"
#include "common/redis/cache.h"
#include "common/redis/cache_metrics.h"

namespace jixiao {

class MemoryCache : public Cache {
 public:
  // Keeps keys and values of at most `max_bytes` together. References outlive it.
  MemoryCache(int64_t max_bytes, const Clock& clock, CacheMetrics& metrics);

  std::optional<std::string> Get(const std::string& key) override;
  void Set(const std::string& key, std::string_view value, absl::Duration ttl) override;
  void Remove(const std::string& key) override;

 private:
  struct Entry {
    std::string key;
    std::string value;
    absl::Time expire_time;
  };
  using Entries = std::list<Entry>;  // most recently used first

  void Erase(Entries::iterator entry);
  std::optional<std::string> Find(const std::string& key);

  const int64_t max_bytes_;
  const Clock& clock_;
  CacheMetrics& metrics_;
  std::mutex mutex_;
  Entries entries_;
  std::unordered_map<std::string_view, Entries::iterator> by_key_;  // keys live in entries_
  int64_t bytes_ = 0;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_REDIS_MEMORY_CACHE_H_
