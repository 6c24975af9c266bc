// Keeps checkpoints of the audit log in a file that only grows, one line of JSON
// each, so that another party can copy and keep it.
#ifndef JIXIAO_INTAKE_ADAPTERS_STORE_AUDIT_CHECKPOINT_FILE_H_
#define JIXIAO_INTAKE_ADAPTERS_STORE_AUDIT_CHECKPOINT_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jixiao/intake/v1/audit.pb.h"

namespace jixiao::intake {

class AuditCheckpointFile {
 public:
  // Makes the file if there is none. A last line without line feed is from a
  // crash while it was written: it is taken away. FAILED_PRECONDITION (reason
  // CHECKPOINTS_UNUSABLE) if the file cannot be read or written, or has a line
  // that is no checkpoint.
  static absl::StatusOr<AuditCheckpointFile> Open(const std::string& path);

  AuditCheckpointFile(AuditCheckpointFile&& other) noexcept;
  AuditCheckpointFile& operator=(AuditCheckpointFile&&) = delete;
  ~AuditCheckpointFile();

  // What was in the file when it was opened.
  const std::vector<v1::AuditCheckpoint>& checkpoints() const { return checkpoints_; }

  // OK once it is on disk.
  absl::Status Append(const v1::AuditCheckpoint& checkpoint);

 private:
  AuditCheckpointFile(int descriptor, std::string path, std::vector<v1::AuditCheckpoint> checkpoints);

  int descriptor_;
  std::string path_;
  std::vector<v1::AuditCheckpoint> checkpoints_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_STORE_AUDIT_CHECKPOINT_FILE_H_
