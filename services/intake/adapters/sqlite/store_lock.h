// Keeps a second process away from a store on disk.
#ifndef JIXIAO_INTAKE_ADAPTERS_SQLITE_STORE_LOCK_H_
#define JIXIAO_INTAKE_ADAPTERS_SQLITE_STORE_LOCK_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace jixiao::intake {

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

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_SQLITE_STORE_LOCK_H_
