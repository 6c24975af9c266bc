// Pretends to be a store: all in memory, each write a transaction of its own,
// answered before Write returns. It passes the store contract, so what a test
// sees with it holds for the real ones; it survives nothing.
#ifndef JIXIAO_INTAKE_TESTING_STORE_IN_MEMORY_SUBMISSION_STORE_H_
#define JIXIAO_INTAKE_TESTING_STORE_IN_MEMORY_SUBMISSION_STORE_H_

#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "intake/core/submission/submission_store.h"
#include "intake/testing/store/in_memory_reads.h"

namespace jixiao::intake::testing {

class InMemorySubmissionStore : public SubmissionStore {
 public:
  using SubmissionStore::Write;
  void Write(WriteTopic topic, Work work, Done done) override;
  absl::Status Read(ReadOperation operation, const ReadWork& work) override;

  // Something that happens once, while the next read has found a submission and
  // has not looked further yet.
  void HappensBetweenLooks(std::function<void()> event);
  // Behind everybody's back: the report of `key` as a damaged disk would give it.
  void DamageReport(const VersionKey& key);
  // Open tasks, for assertions.
  std::vector<Task> Tasks();

 private:
  std::mutex mutex_;
  // Replaced by each write, so that a read keeps the ones it began with.
  std::shared_ptr<const InMemoryTables> tables_ = std::make_shared<InMemoryTables>();
  std::function<void()> event_;
};

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_STORE_IN_MEMORY_SUBMISSION_STORE_H_
