// For any service with an embedded store: its file on disk, kept from other users,
// from a second process, and over a power cut.
#ifndef JIXIAO_COMMON_SQLITE_STORE_FILE_H_
#define JIXIAO_COMMON_SQLITE_STORE_FILE_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace jixiao {

// Held until destroyed; the kernel lets it go when the process dies, however it
// dies.
class StoreLock {
 public:
  // Locks `{path}.lock`. FAILED_PRECONDITION (reason STORE_IN_USE) if another
  // process, or another lock of this one, holds it.
  static absl::StatusOr<std::unique_ptr<StoreLock>> Acquire(const std::string& path);
  ~StoreLock();

 private:
  explicit StoreLock(int file) : file_(file) {}
  int file_;
};

// Makes the file at `path` if it is not there, for our own eyes only. SQLite gives
// its log the mode of the file. If this fails, opening the file says why.
void CreatePrivateFile(const std::string& path);

// Makes the names of the files in the folder of `path` outlive a power cut: SQLite
// flushes the folder when it makes its log, and goes on if that fails.
// FAILED_PRECONDITION (reason STORE_UNUSABLE) if it cannot be done.
absl::Status SyncFolderOf(const std::string& path);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_SQLITE_STORE_FILE_H_
