#include "common/rpc/work/work_pool.h"

#include <utility>

namespace jixiao {

WorkPool::WorkPool(int threads, int max_queue) : max_queue_(static_cast<size_t>(max_queue)) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Loop(); });
}

WorkPool::~WorkPool() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool WorkPool::TryPost(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    // Tasks that an idle thread is about to take do not wait.
    if (queue_.size() >= max_queue_ + idle_threads_) return false;
    queue_.push_back(std::move(task));
  }
  wake_.notify_one();
  return true;
}

int WorkPool::queue_length() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(queue_.size());
}

void WorkPool::Loop() {
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_threads_;
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    --idle_threads_;
    if (queue_.empty()) return;
    std::function<void()> task = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    task();
    task = nullptr;  // what it holds must not wait for the next task
    lock.lock();
  }
}

}  // namespace jixiao
