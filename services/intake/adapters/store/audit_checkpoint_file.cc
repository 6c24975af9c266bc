#include "intake/adapters/store/audit_checkpoint_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "intake/core/audit/audit_checkpoints.h"

namespace jixiao::intake {
namespace {

absl::Status Unusable(const std::string& path, const std::string& problem) {
  return MakeError(absl::StatusCode::kFailedPrecondition, "CHECKPOINTS_UNUSABLE",
                   fmt::format("checkpoints of the audit log, {}: {}", path, problem));
}

absl::Status Failed(const std::string& path, const char* what) {
  return Unusable(path, fmt::format("cannot {}: {}", what, std::strerror(errno)));
}

absl::StatusOr<std::string> ReadAll(int descriptor, const std::string& path) {
  std::string bytes;
  char buffer[65536];
  for (;;) {
    const ssize_t count = read(descriptor, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Failed(path, "read");
    if (count == 0) return bytes;
    bytes.append(buffer, static_cast<size_t>(count));
  }
}

}  // namespace

AuditCheckpointFile::AuditCheckpointFile(int descriptor, std::string path, std::vector<v1::AuditCheckpoint> checkpoints)
    : descriptor_(descriptor), path_(std::move(path)), checkpoints_(std::move(checkpoints)) {}

AuditCheckpointFile::AuditCheckpointFile(AuditCheckpointFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      checkpoints_(std::move(other.checkpoints_)) {}

AuditCheckpointFile::~AuditCheckpointFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

absl::StatusOr<AuditCheckpointFile> AuditCheckpointFile::Open(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
  if (descriptor < 0) return Failed(path, "open");
  AuditCheckpointFile file(descriptor, path, {});
  JIXIAO_ASSIGN_OR_RETURN(std::string bytes, ReadAll(descriptor, path));
  const size_t whole = bytes.rfind('\n') == std::string::npos ? 0 : bytes.rfind('\n') + 1;
  if (whole < bytes.size()) {
    if (ftruncate(descriptor, static_cast<off_t>(whole)) != 0) return Failed(path, "take away half a line");
    bytes.resize(whole);
  }
  auto checkpoints = ParseCheckpoints(bytes);
  if (!checkpoints.ok()) return Unusable(path, std::string(checkpoints.status().message()));
  file.checkpoints_ = *std::move(checkpoints);
  return file;
}

absl::Status AuditCheckpointFile::Append(const v1::AuditCheckpoint& checkpoint) {
  const std::string line = FormatCheckpoint(checkpoint) + "\n";
  const ssize_t count = write(descriptor_, line.data(), line.size());
  if (count != static_cast<ssize_t>(line.size())) {
    absl::Status failure = Failed(path_, "write");
    // Half a line would be a bad line once another follows it.
    const off_t end = lseek(descriptor_, 0, SEEK_END);
    if (count > 0 && end >= count) static_cast<void>(ftruncate(descriptor_, end - count) == 0);
    return failure;
  }
  return fdatasync(descriptor_) == 0 ? absl::OkStatus() : Failed(path_, "flush");
}

}  // namespace jixiao::intake
