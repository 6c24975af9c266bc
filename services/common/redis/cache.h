// For any service: values that may be forgotten at any moment. A cache saves
// time and nothing else: it never fails its caller, and whoever reads from it
// must get the same answer as without it.
#ifndef JIXIAO_COMMON_REDIS_CACHE_H_
#define JIXIAO_COMMON_REDIS_CACHE_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace jixiao {

// Thread-safe. No method throws, or blocks for much more than 100 ms.
class Cache {
 public:
  virtual ~Cache() = default;

  // The value last set for `key`, or empty: forgotten, expired, unreachable.
  virtual std::optional<std::string> Get(const std::string& key) = 0;

  // Keeps `value` for at most `ttl`, which is positive. May do nothing.
  virtual void Set(const std::string& key, std::string_view value, absl::Duration ttl) = 0;

  // Forgets `key`, if it can. Not a way to take something back for certain: put
  // what changes into the key.
  virtual void Remove(const std::string& key) = 0;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_REDIS_CACHE_H_
