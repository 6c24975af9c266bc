#include "common/redis/guarded_cache.h"

#include <cstdint>
#include <utility>

#include "common/base/keyed_digest.h"
#include "common/base/log.h"

namespace jixiao {
namespace {

constexpr std::string_view kFormat = "JX1";
constexpr size_t kSealBytes = 32;
constexpr size_t kHeadBytes = kFormat.size() + kSealBytes;

}  // namespace

GuardedCache::GuardedCache(std::unique_ptr<Cache> inner, std::string secret, CacheMetrics& metrics)
    : inner_(std::move(inner)), secret_(std::move(secret)), metrics_(metrics) {}

std::string GuardedCache::Seal(const std::string& key, std::string_view payload) const {
  // The length keeps key and payload apart.
  std::string message = std::to_string(key.size()) + ":" + key;
  message += payload;
  return KeyedDigest(secret_, message);
}

std::optional<std::string> GuardedCache::Get(const std::string& key) {
  std::optional<std::string> stored = inner_->Get(key);
  if (!stored) return std::nullopt;
  if (stored->size() >= kHeadBytes && stored->starts_with(kFormat)) {
    const std::string_view payload = std::string_view(*stored).substr(kHeadBytes);
    if (IsSameDigest(Seal(key, payload), std::string_view(*stored).substr(kFormat.size(), kSealBytes))) {
      metrics_.gets.Increment("hit");
      stored->erase(0, kHeadBytes);
      return stored;
    }
  }
  metrics_.gets.Increment("poisoned");
  LogWarning("cache_value_poisoned", {{"key", key}, {"size_bytes", static_cast<int64_t>(stored->size())}});
  // Or every reader would find it again until somebody stores anew.
  inner_->Remove(key);
  return std::nullopt;
}

void GuardedCache::Set(const std::string& key, std::string_view value, absl::Duration ttl) {
  std::string stored(kFormat);
  stored += Seal(key, value);
  stored += value;
  inner_->Set(key, stored, ttl);
}

void GuardedCache::Remove(const std::string& key) { inner_->Remove(key); }

}  // namespace jixiao
