// Holds pages ready to be sent, in this process, up to a number of bytes; forgets
// those unread for longest.
#ifndef JIXIAO_PUBLISH_HTTP_PAGE_MEMORY_H_
#define JIXIAO_PUBLISH_HTTP_PAGE_MEMORY_H_

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace jixiao::publish {

// A body with the tag that says when it changed.
struct Page {
  std::string body;
  std::string etag;  // with its quotes
};

// Thread-safe.
class PageMemory {
 public:
  explicit PageMemory(int64_t max_bytes) : max_bytes_(max_bytes) {}

  // Null if not held.
  std::shared_ptr<const Page> Get(const std::string& key);
  void Set(const std::string& key, std::shared_ptr<const Page> page);

  int64_t bytes() const;

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const Page> page;
  };

  const int64_t max_bytes_;
  mutable std::mutex mutex_;
  int64_t bytes_ = 0;
  std::list<Entry> by_use_;  // last used first
  std::map<std::string, std::list<Entry>::iterator> by_key_;
};

// `body` with the tag made of its digest.
std::shared_ptr<const Page> MakePage(std::string body);

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_HTTP_PAGE_MEMORY_H_
