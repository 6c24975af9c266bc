// Keeps rendered pages in the cache that --cache names.
#ifndef JIXIAO_PUBLISH_ADAPTERS_SHARED_PAGE_CACHE_H_
#define JIXIAO_PUBLISH_ADAPTERS_SHARED_PAGE_CACHE_H_

#include <memory>

#include "common/redis/cache.h"
#include "publish/core/page_cache.h"

namespace jixiao::publish {

// Values are checked by the cache's own digest guard; a page here is nothing that
// could not be rendered again.
class SharedPageCache : public PageCache {
 public:
  explicit SharedPageCache(std::unique_ptr<Cache> cache) : cache_(std::move(cache)) {}

  std::optional<std::string> Get(const std::string& key) override { return cache_->Get(key); }
  void Set(const std::string& key, const std::string& page) override { cache_->Set(key, page, absl::Hours(24)); }

 private:
  const std::unique_ptr<Cache> cache_;
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_ADAPTERS_SHARED_PAGE_CACHE_H_
