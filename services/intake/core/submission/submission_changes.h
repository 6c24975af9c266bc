// Passes on which submissions were changed by this process, to whoever watches
// them. A hint that something is worth reading again, never the truth: changes of
// other processes are not heard here.
#ifndef JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_CHANGES_H_
#define JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_CHANGES_H_

#include <functional>
#include <mutex>
#include <utility>

#include "intake/core/submission/submission_name.h"

namespace jixiao::intake {

// Thread-safe.
class SubmissionChanges {
 public:
  using Listener = std::function<void(const SubmissionKey&)>;

  // After the change was committed. Returns soon: the caller is the store's thread.
  void Tell(const SubmissionKey& key) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (listener_) listener_(key);
  }

  // Replaces the listener; none if empty. The former one is not called any more
  // once this returns.
  void Listen(Listener listener) {
    const std::lock_guard<std::mutex> lock(mutex_);
    listener_ = std::move(listener);
  }

 private:
  std::mutex mutex_;
  Listener listener_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_CHANGES_H_
