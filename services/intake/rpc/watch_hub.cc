#include "intake/rpc/watch_hub.h"

#include <chrono>
#include <utility>

#include "intake/core/submission/workflow.h"

namespace jixiao::intake {
WatchHub::WatchHub(SubmissionStore& store, SubmissionChanges& changes, Options options)
    : store_(store), changes_(changes), options_(options) {
  changes_.Listen([this](const SubmissionKey& key) { Changed(key); });
  thread_ = std::thread([this] { Loop(); });
}

WatchHub::~WatchHub() {
  changes_.Listen(nullptr);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_stopping_ = true;
    wake_.notify_all();
  }
  thread_.join();
}

void WatchHub::Add(const SubmissionKey& key, std::shared_ptr<SubmissionWatcher> watcher) {
  const std::lock_guard<std::mutex> lock(mutex_);
  watchers_[key].push_back(std::move(watcher));
  changed_.insert(key);
  wake_.notify_all();
}

void WatchHub::Remove(const SubmissionKey& key, const SubmissionWatcher* watcher) {
  std::shared_ptr<SubmissionWatcher> removed;  // destroyed outside the lock
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = watchers_.find(key);
  if (found == watchers_.end()) return;
  Watchers& watchers = found->second;
  for (auto it = watchers.begin(); it != watchers.end(); ++it) {
    if (it->get() != watcher) continue;
    removed = std::move(*it);
    watchers.erase(it);
    break;
  }
  if (!watchers.empty()) return;
  watchers_.erase(found);
  changed_.erase(key);
}

void WatchHub::Changed(const SubmissionKey& key) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!watchers_.contains(key)) return;
  changed_.insert(key);
  wake_.notify_all();
}

void WatchHub::Loop() {
  using std::chrono::steady_clock;
  const auto interval = absl::ToChronoNanoseconds(options_.poll_interval);
  auto next_poll = steady_clock::now() + interval;
  std::unique_lock<std::mutex> lock(mutex_);
  while (!is_stopping_) {
    wake_.wait_until(lock, next_poll, [this] { return is_stopping_ || !changed_.empty(); });
    if (steady_clock::now() >= next_poll) {
      for (const auto& [key, watchers] : watchers_) changed_.insert(key);
      next_poll = steady_clock::now() + interval;
    }
    const std::set<SubmissionKey> changed = std::exchange(changed_, {});
    lock.unlock();
    for (const SubmissionKey& key : changed) Look(key);
    lock.lock();
  }
}

WatchHub::Watchers WatchHub::WatchersOf(const SubmissionKey& key) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = watchers_.find(key);
  return found == watchers_.end() ? Watchers() : found->second;
}

void WatchHub::Look(const SubmissionKey& key) {
  const Watchers watchers = WatchersOf(key);
  if (watchers.empty()) return;
  absl::StatusOr<SubmissionRecord> record = ReadFrom(
      store_, ReadOperation::kSubmission, [&key](SubmissionReads& reads) { return Found(reads.FindSubmission(key)); });
  // A store that cannot be read now is asked again with the next poll.
  if (!record.ok() && !absl::IsNotFound(record.status())) return;
  if (record.ok()) record->submission.set_next_step(NextStep(record->submission));
  for (const auto& watcher : watchers) {
    absl::Status status = watcher->CheckAllowed();
    if (status.ok()) status = record.status();
    if (status.ok()) {
      watcher->Offer(record->submission);
    } else {
      watcher->End(status);
    }
  }
}

}  // namespace jixiao::intake
