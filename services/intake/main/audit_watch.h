// Takes checkpoints of the audit log while intake serves, and refuses a store
// that is behind one when it starts.
#ifndef JIXIAO_INTAKE_MAIN_AUDIT_WATCH_H_
#define JIXIAO_INTAKE_MAIN_AUDIT_WATCH_H_

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "intake/adapters/store/audit_checkpoint_file.h"
#include "intake/core/audit/audit_checkpoints.h"

namespace jixiao::intake {

class AuditWatch {
 public:
  // Fails as AuditCheckpointFile::Open and CheckAgainstCheckpoints do. `store`
  // and `clock` outlive this.
  static absl::StatusOr<std::unique_ptr<AuditWatch>> Start(const std::string& path, SubmissionStore& store,
                                                           const Clock& clock);
  // Takes a last one of each chain with new entries.
  ~AuditWatch();

 private:
  AuditWatch(AuditCheckpointFile file, SubmissionStore& store, const Clock& clock);

  void Loop();

  AuditCheckpointFile file_;
  const Clock& clock_;
  CheckpointTaker taker_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_MAIN_AUDIT_WATCH_H_
