// For any service: a few threads for work that blocks, behind a bounded queue.
// The queue is where load is shed; gRPC's own threads never block.
#ifndef JIXIAO_COMMON_RPC_WORK_WORK_POOL_H_
#define JIXIAO_COMMON_RPC_WORK_WORK_POOL_H_

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace jixiao {

// Thread-safe. The destructor finishes what is queued, then joins.
class WorkPool {
 public:
  WorkPool(int threads, int max_queue);
  ~WorkPool();
  WorkPool(const WorkPool&) = delete;
  WorkPool& operator=(const WorkPool&) = delete;

  // False, with `task` dropped, if the queue is full. `task` must not throw.
  bool TryPost(std::function<void()> task);

  // Tasks that wait for a thread.
  int queue_length() const;

 private:
  void Loop();

  const size_t max_queue_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  size_t idle_threads_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_RPC_WORK_WORK_POOL_H_
