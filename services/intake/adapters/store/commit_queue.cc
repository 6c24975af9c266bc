#include "intake/adapters/store/commit_queue.h"

#include <utility>

#include "common/base/errors.h"

namespace jixiao::intake {

CommitQueue::CommitQueue(const CommitQueueLimits& limits, AnswerThread& answers,
                         std::function<void(WriteBatch&)> commit, std::function<void()> rest)
    : limits_(limits), answers_(answers), commit_(std::move(commit)), rest_(std::move(rest)), thread_([this] {
        Loop();
      }) {}

CommitQueue::~CommitQueue() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_closing_ = true;
    work_waits_.notify_all();
  }
  thread_.join();
}

void CommitQueue::Add(PendingWrite write) {
  absl::Status refusal = Take(write);
  if (!refusal.ok()) write.done(std::move(refusal));
}

absl::Status CommitQueue::Take(PendingWrite& write) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (is_closing_) {
    return MakeError(absl::StatusCode::kUnavailable, "STORE_CLOSING", "服务正在停止，请稍后用同一请求编号重试");
  }
  const size_t bytes = write.topic.bytes;
  // One that is larger than all that may be is taken when there is nothing else.
  const bool is_too_much = bytes_in_flight_ > 0 && bytes_in_flight_ + bytes > limits_.max_bytes;
  if (is_too_much || queue_.size() >= limits_.max_queue) {
    return Overloaded("系统繁忙，请稍后用同一请求编号重试", absl::Seconds(1));
  }
  bytes_in_flight_ += bytes;
  queue_.push_back(std::move(write));
  if (queue_.size() == 1) work_waits_.notify_one();
  return absl::OkStatus();
}

bool CommitQueue::is_closing() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return is_closing_;
}

WriteBatch CommitQueue::TakeBatch() {
  std::unique_lock<std::mutex> lock(mutex_);
  work_waits_.wait(lock, [this] { return is_closing_ || !queue_.empty(); });
  WriteBatch batch;
  while (!queue_.empty() && batch.size() < limits_.max_batch) {
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return batch;
}

// Writes that arrive during a commit form the next batch, so a slow disk makes
// batches larger and needs no timer.
void CommitQueue::Loop() {
  for (WriteBatch batch = TakeBatch(); !batch.empty(); batch = TakeBatch()) {
    commit_(batch);
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      for (const PendingWrite& write : batch) bytes_in_flight_ -= write.topic.bytes;
    }
    answers_.Answer(std::move(batch));
    rest_();
  }
}

}  // namespace jixiao::intake
