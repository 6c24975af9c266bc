// Keeps rendered pages where other replicas find them.
#ifndef JIXIAO_PUBLISH_CORE_PAGE_CACHE_H_
#define JIXIAO_PUBLISH_CORE_PAGE_CACHE_H_

#include <optional>
#include <string>

namespace jixiao::publish {

// Thread-safe; may forget anything at any moment and never fails its caller. Keys
// name the content they stand for, so that a value never goes stale.
class PageCache {
 public:
  virtual ~PageCache() = default;
  virtual std::optional<std::string> Get(const std::string& key) = 0;
  virtual void Set(const std::string& key, const std::string& page) = 0;
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_CORE_PAGE_CACHE_H_
