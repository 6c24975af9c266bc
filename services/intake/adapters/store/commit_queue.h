// Holds writes until the thread that commits them takes them, all that wait in one
// batch (group commit).
#ifndef JIXIAO_INTAKE_ADAPTERS_STORE_COMMIT_QUEUE_H_
#define JIXIAO_INTAKE_ADAPTERS_STORE_COMMIT_QUEUE_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "intake/adapters/store/answer_thread.h"

namespace jixiao::intake {

struct CommitQueueLimits {
  size_t max_batch;  // writes in one transaction
  size_t max_queue;  // writes that wait; more are refused
  size_t max_bytes;  // that writes hold until they are committed; likewise
};

// Thread-safe.
class CommitQueue {
 public:
  // Both are called on the queue's thread: `commit` sets the outcomes of a batch, and
  // `rest` comes behind its answers, for what callers need not wait for. `answers`
  // is there until the end.
  CommitQueue(
      const CommitQueueLimits& limits, AnswerThread& answers, std::function<void(WriteBatch&)> commit,
      std::function<void()> rest = [] {});
  // Carries out what waits.
  ~CommitQueue();

  // Answers at once with RESOURCE_EXHAUSTED if too much is waiting, with UNAVAILABLE
  // if it is ending.
  void Add(PendingWrite write);

  bool is_closing();

 private:
  void Loop();
  WriteBatch TakeBatch();
  absl::Status Take(PendingWrite& write);

  const CommitQueueLimits limits_;
  AnswerThread& answers_;
  const std::function<void(WriteBatch&)> commit_;
  const std::function<void()> rest_;

  std::mutex mutex_;
  std::condition_variable work_waits_;
  std::deque<PendingWrite> queue_;
  size_t bytes_in_flight_ = 0;
  bool is_closing_ = false;
  std::thread thread_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_STORE_COMMIT_QUEUE_H_
