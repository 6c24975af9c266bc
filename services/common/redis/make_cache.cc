#include "common/redis/make_cache.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <string_view>

#include "common/base/errors.h"
#include "common/redis/guarded_cache.h"
#include "common/redis/memory_cache.h"
#include "common/redis/redis_cache.h"

namespace jixiao {
namespace {

constexpr std::string_view kRedisPrefix = "redis://";

// Keeps nothing.
class NoCache : public Cache {
 public:
  std::optional<std::string> Get(const std::string&) override { return std::nullopt; }
  void Set(const std::string&, std::string_view, absl::Duration) override {}
  void Remove(const std::string&) override {}
};

std::optional<int> ReadNumber(std::string_view text, int low, int high) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < low || number > high) return std::nullopt;
  return number;
}

}  // namespace

absl::StatusOr<CacheAddress> ParseCacheAddress(const std::string& text) {
  if (text == "none") return CacheAddress{};
  if (text == "memory") return CacheAddress{CacheAddress::Kind::kMemory, {}, 0, 0};
  const absl::Status wrong = MakeError(
      absl::StatusCode::kInvalidArgument, "BAD_CACHE",
      fmt::format("`{}` is no cache: write none, memory or redis://host:port[/db], for example redis://127.0.0.1:6379",
                  text));
  if (!text.starts_with(kRedisPrefix)) return wrong;
  std::string_view rest = std::string_view(text).substr(kRedisPrefix.size());
  CacheAddress address{CacheAddress::Kind::kRedis, {}, 0, 0};
  if (const size_t slash = rest.find('/'); slash != std::string_view::npos) {
    const auto database = ReadNumber(rest.substr(slash + 1), 0, 15);
    if (!database) return wrong;
    address.database = *database;
    rest = rest.substr(0, slash);
  }
  const size_t colon = rest.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return wrong;
  const auto port = ReadNumber(rest.substr(colon + 1), 1, 65535);
  if (!port) return wrong;
  address.port = *port;
  address.host = rest.substr(0, colon);
  return address;
}

std::unique_ptr<Cache> MakeCache(const CacheOptions& options, CacheMetrics& metrics) {
  const CacheAddress& address = options.address;
  switch (address.kind) {
    case CacheAddress::Kind::kNone: break;
    case CacheAddress::Kind::kMemory:
      return std::make_unique<MemoryCache>(options.memory_bytes, SystemClock(), metrics);
    case CacheAddress::Kind::kRedis: {
      auto redis = std::make_unique<RedisCache>(RedisAddress{address.host, address.port, address.database},
                                                SystemClock(), metrics);
      return std::make_unique<GuardedCache>(std::move(redis), options.secret, metrics);
    }
  }
  return std::make_unique<NoCache>();
}

}  // namespace jixiao
