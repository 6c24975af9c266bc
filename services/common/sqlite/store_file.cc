#include "common/sqlite/store_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "common/base/errors.h"

namespace jixiao {

absl::StatusOr<std::unique_ptr<StoreLock>> StoreLock::Acquire(const std::string& path) {
  const std::string lock_path = path + ".lock";
  const int file = open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "STORE_UNUSABLE",
                     fmt::format("cannot open {}: {}", lock_path, std::strerror(errno)));
  }
  std::unique_ptr<StoreLock> lock(new StoreLock(file));
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "STORE_IN_USE",
                     fmt::format("another process uses the store {}; only one may", path));
  }
  return lock;
}

StoreLock::~StoreLock() { close(file_); }

void CreatePrivateFile(const std::string& path) { close(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)); }

absl::Status SyncFolderOf(const std::string& path) {
  const std::string folder = std::filesystem::absolute(path).parent_path().string();
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const int error = descriptor >= 0 && fsync(descriptor) == 0 ? 0 : errno;
  if (descriptor >= 0) close(descriptor);
  if (error == 0) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, "STORE_UNUSABLE",
                   fmt::format("cannot flush the folder {} ({}), so a power cut could take the store away with "
                               "everything acknowledged: put the store on a local disk that is sound",
                               folder, std::strerror(error)));
}

}  // namespace jixiao
