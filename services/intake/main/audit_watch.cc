#include "intake/main/audit_watch.h"

#include <chrono>
#include <utility>

#include "common/base/log.h"
#include "common/base/status_macros.h"

namespace jixiao::intake {
namespace {

// How soon a thousand entries are noticed.
constexpr std::chrono::seconds kAuditInterval{5};

}  // namespace

absl::StatusOr<std::unique_ptr<AuditWatch>> AuditWatch::Start(const std::string& path, SubmissionStore& store,
                                                              const Clock& clock) {
  JIXIAO_ASSIGN_OR_RETURN(AuditCheckpointFile file, AuditCheckpointFile::Open(path));
  JIXIAO_RETURN_IF_ERROR(CheckAgainstCheckpoints(store, file.checkpoints()));
  return std::unique_ptr<AuditWatch>(new AuditWatch(std::move(file), store, clock));
}

AuditWatch::AuditWatch(AuditCheckpointFile file, SubmissionStore& store, const Clock& clock)
    : file_(std::move(file)),
      clock_(clock),
      taker_(store, file_.checkpoints(),
             [this](const v1::AuditCheckpoint& checkpoint) { return file_.Append(checkpoint); }),
      thread_([this] { Loop(); }) {}

AuditWatch::~AuditWatch() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_stopping_ = true;
    stop_.notify_all();
  }
  thread_.join();
}

void AuditWatch::Loop() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (bool is_last = false; !is_last;) {
    is_last = is_stopping_;
    lock.unlock();
    if (const absl::Status status = taker_.Take(clock_.Now(), is_last); !status.ok()) {
      LogError("audit_checkpoint_failed", {{"problem", std::string(status.message())}});
    }
    lock.lock();
    if (!is_last) stop_.wait_for(lock, kAuditInterval, [this] { return is_stopping_; });
  }
}

}  // namespace jixiao::intake
