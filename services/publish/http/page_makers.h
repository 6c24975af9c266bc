// Threads that make answers which have to ask the cache or be rendered, so that the
// threads that serve all connections never wait for that.
#ifndef JIXIAO_PUBLISH_HTTP_PAGE_MAKERS_H_
#define JIXIAO_PUBLISH_HTTP_PAGE_MAKERS_H_

#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <utility>

namespace jixiao::publish {

class PageMakers {
 public:
  // Each waits for at most one exchange with the cache, 100 ms, and renders.
  static constexpr int kMostPending = 256;

  explicit PageMakers(int threads) : pool_(static_cast<size_t>(threads)) {}

  // False if kMostPending are waiting or being made already.
  template <typename Job>
  bool TryRun(Job job) {
    if (pending_.fetch_add(1) >= kMostPending) {
      --pending_;
      return false;
    }
    boost::asio::post(pool_, [this, job = std::move(job)]() mutable {
      if (!is_stopping_) job();
      --pending_;
    });
    return true;
  }

  // Waits for those that were begun, drops the others.
  void Stop() {
    is_stopping_ = true;
    pool_.join();
  }

 private:
  std::atomic<int> pending_{0};
  std::atomic<bool> is_stopping_{false};
  boost::asio::thread_pool pool_;
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_HTTP_PAGE_MAKERS_H_
