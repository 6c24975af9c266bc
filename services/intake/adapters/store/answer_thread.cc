#include "intake/adapters/store/answer_thread.h"

#include <utility>

#include "common/base/log.h"

namespace jixiao::intake {

AnswerThread::~AnswerThread() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_ending_ = true;
    answers_wait_.notify_all();
  }
  thread_.join();
}

void AnswerThread::Answer(WriteBatch batch) {
  const std::lock_guard<std::mutex> lock(mutex_);
  answers_.push_back(std::move(batch));
  answers_wait_.notify_one();
}

void AnswerThread::Loop() {
  for (;;) {
    std::deque<WriteBatch> ready;
    {
      std::unique_lock<std::mutex> lock(mutex_);
      answers_wait_.wait(lock, [this] { return is_ending_ || !answers_.empty(); });
      if (answers_.empty()) return;
      ready.swap(answers_);
    }
    for (WriteBatch& batch : ready) {
      const LogTogether lines;
      for (PendingWrite& write : batch) write.done(std::move(write.outcome));
    }
  }
}

}  // namespace jixiao::intake
