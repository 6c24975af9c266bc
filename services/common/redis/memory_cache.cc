#include "common/redis/memory_cache.h"

#include <utility>

namespace jixiao {
namespace {

// List node, map node and string headers.
constexpr int64_t kOverheadBytes = 200;

int64_t Cost(const std::string& key, std::string_view value) {
  return static_cast<int64_t>(key.size() + value.size()) + kOverheadBytes;
}

}  // namespace

MemoryCache::MemoryCache(int64_t max_bytes, const Clock& clock, CacheMetrics& metrics)
    : max_bytes_(max_bytes), clock_(clock), metrics_(metrics) {}

std::optional<std::string> MemoryCache::Get(const std::string& key) {
  std::optional<std::string> value = Find(key);
  metrics_.gets.Increment(value ? "hit" : "miss");
  return value;
}

std::optional<std::string> MemoryCache::Find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return std::nullopt;
  const Entries::iterator entry = found->second;
  if (entry->expire_time <= clock_.Now()) {
    Erase(entry);
    return std::nullopt;
  }
  entries_.splice(entries_.begin(), entries_, entry);
  return entry->value;
}

void MemoryCache::Set(const std::string& key, std::string_view value, absl::Duration ttl) {
  const int64_t cost = Cost(key, value);
  if (cost > max_bytes_) {
    Remove(key);
    metrics_.sets.Increment("skipped");
    return;
  }
  const absl::Time expire_time = clock_.Now() + ttl;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = by_key_.find(key); found != by_key_.end()) Erase(found->second);
    while (bytes_ + cost > max_bytes_) Erase(std::prev(entries_.end()));
    entries_.push_front({key, std::string(value), expire_time});
    by_key_[entries_.front().key] = entries_.begin();
    bytes_ += cost;
  }
  metrics_.sets.Increment("stored");
}

void MemoryCache::Remove(const std::string& key) {
  const std::lock_guard lock(mutex_);
  if (const auto found = by_key_.find(key); found != by_key_.end()) Erase(found->second);
}

void MemoryCache::Erase(Entries::iterator entry) {
  bytes_ -= Cost(entry->key, entry->value);
  by_key_.erase(entry->key);
  entries_.erase(entry);
}

}  // namespace jixiao
