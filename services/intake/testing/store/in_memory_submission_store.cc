#include "intake/testing/store/in_memory_submission_store.h"

#include "intake/testing/store/in_memory_transaction.h"

namespace jixiao::intake::testing {

void InMemorySubmissionStore::Write(WriteTopic, Work work, Done done) {
  absl::Status status;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    auto changed = std::make_shared<InMemoryTables>(*tables_);
    InMemoryTransaction transaction(*changed);
    status = work(transaction);
    if (status.ok()) tables_ = std::move(changed);
  }
  done(std::move(status));
}

absl::Status InMemorySubmissionStore::Read(ReadOperation, const ReadWork& work) {
  std::shared_ptr<const InMemoryTables> tables;
  std::function<void()> event;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    tables = tables_;
    event = std::exchange(event_, nullptr);
  }
  InMemoryReads reads(*tables, [&event] {
    if (event) std::exchange(event, nullptr)();
  });
  return work(reads);
}

void InMemorySubmissionStore::HappensBetweenLooks(std::function<void()> event) {
  const std::lock_guard<std::mutex> lock(mutex_);
  event_ = std::move(event);
}

void InMemorySubmissionStore::DamageReport(const VersionKey& key) {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto changed = std::make_shared<InMemoryTables>(*tables_);
  changed->documents[key].report_bytes += "?";
  tables_ = std::move(changed);
}

std::vector<Task> InMemorySubmissionStore::Tasks() {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<Task> tasks;
  for (const auto& [key, task] : tables_->tasks) tasks.push_back(task);
  return tasks;
}

}  // namespace jixiao::intake::testing
