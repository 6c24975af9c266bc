#include "publish/http/page_memory.h"

#include "common/base/digest.h"

namespace jixiao::publish {

std::shared_ptr<const Page> PageMemory::Get(const std::string& key) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  by_use_.splice(by_use_.begin(), by_use_, found->second);
  return found->second->page;
}

void PageMemory::Set(const std::string& key, std::shared_ptr<const Page> page) {
  const auto size = static_cast<int64_t>(page->body.size() + key.size());
  if (size > max_bytes_) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  if (by_key_.contains(key)) return;  // the key names the content
  by_use_.push_front({key, std::move(page)});
  by_key_[key] = by_use_.begin();
  bytes_ += size;
  while (bytes_ > max_bytes_) {
    const Entry& last = by_use_.back();
    bytes_ -= static_cast<int64_t>(last.page->body.size() + last.key.size());
    by_key_.erase(last.key);
    by_use_.pop_back();
  }
}

int64_t PageMemory::bytes() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return bytes_;
}

std::shared_ptr<const Page> MakePage(std::string body) {
  auto page = std::make_shared<Page>();
  page->etag = "\"" + ContentDigest(body).substr(7, 32) + "\"";
  page->body = std::move(body);
  return page;
}

}  // namespace jixiao::publish
