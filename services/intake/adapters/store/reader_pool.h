// Bounds how many reads a store does at a time: a read borrows one of its readers,
// and waits if all are out.
#ifndef JIXIAO_INTAKE_ADAPTERS_STORE_READER_POOL_H_
#define JIXIAO_INTAKE_ADAPTERS_STORE_READER_POOL_H_

#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace jixiao::intake {

// Thread-safe.
template <typename Reader>
class ReaderPool {
 public:
  // Readers may be null, for whom `use` opens one.
  void Add(std::vector<std::unique_ptr<Reader>> readers) {
    for (std::unique_ptr<Reader>& reader : readers) GiveBack(std::move(reader));
  }

  // What `use` gives, which gets a reader and may replace it.
  template <typename Use>
  auto With(Use use) {
    std::unique_ptr<Reader> reader = Take();
    auto result = use(reader);
    GiveBack(std::move(reader));
    return result;
  }

 private:
  std::unique_ptr<Reader> Take() {
    std::unique_lock<std::mutex> lock(mutex_);
    is_free_.wait(lock, [this] { return !free_.empty(); });
    std::unique_ptr<Reader> reader = std::move(free_.back());
    free_.pop_back();
    return reader;
  }
  void GiveBack(std::unique_ptr<Reader> reader) {
    const std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(std::move(reader));
    is_free_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable is_free_;
  std::vector<std::unique_ptr<Reader>> free_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_STORE_READER_POOL_H_
