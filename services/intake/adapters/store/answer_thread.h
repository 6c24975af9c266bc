// Answers writes on a thread of its own, in the order in which they were committed.
#ifndef JIXIAO_INTAKE_ADAPTERS_STORE_ANSWER_THREAD_H_
#define JIXIAO_INTAKE_ADAPTERS_STORE_ANSWER_THREAD_H_

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

// A write on its way through a store.
struct PendingWrite {
  WriteTopic topic;
  SubmissionStore::Work work;
  SubmissionStore::Done done;
  absl::Status outcome;
};
using WriteBatch = std::vector<PendingWrite>;

// Thread-safe.
class AnswerThread {
 public:
  AnswerThread() : thread_([this] { Loop(); }) {}
  // Answers what is there, then ends. Nobody hands over batches any more.
  ~AnswerThread();

  // `done` of each gets its outcome.
  void Answer(WriteBatch batch);

 private:
  void Loop();

  std::mutex mutex_;
  std::condition_variable answers_wait_;
  std::deque<WriteBatch> answers_;
  bool is_ending_ = false;
  std::thread thread_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_STORE_ANSWER_THREAD_H_
