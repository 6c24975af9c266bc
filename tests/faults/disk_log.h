// What faulty_disk writes down. One record, then the path, the bytes before and
// the bytes after.
#ifndef JIXIAO_TESTS_FAULTS_DISK_LOG_H_
#define JIXIAO_TESTS_FAULTS_DISK_LOG_H_

#include <cstdint>

namespace jixiao::faults {

struct DiskRecord {
  enum Kind : uint32_t { kWrite = 1, kTruncate, kSync, kFailedSync, kFull, kFrozen, kPlanted, kKilled };

  Kind kind = kWrite;
  uint32_t path_size = 0;
  uint64_t sequence = 0;      // over all files, from 1
  int64_t offset = 0;         // kWrite: where; kTruncate: new size; kSync: sequence that is safe
  int64_t old_file_size = 0;  // before a write or truncation
  uint64_t before_size = 0;
  uint64_t after_size = 0;
};

}  // namespace jixiao::faults

#endif  // JIXIAO_TESTS_FAULTS_DISK_LOG_H_
