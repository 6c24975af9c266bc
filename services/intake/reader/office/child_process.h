// Programs that take strange files apart run as children: own process group, no
// environment, no network, bounded time, memory and output.
#ifndef JIXIAO_INTAKE_READER_OFFICE_CHILD_PROCESS_H_
#define JIXIAO_INTAKE_READER_OFFICE_CHILD_PROCESS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace jixiao::intake {

struct ChildProcess {
  std::vector<std::string> arguments;    // the program's path first
  std::vector<std::string> environment;  // all of it
  std::string folder = "/";              // where it runs
  std::string_view input;                // what it reads
  absl::Duration time;                   // then its whole group is killed
  int64_t memory_bytes = 0;              // address space
  int64_t file_bytes = 0;                // of any file it writes, its output included
};

struct ChildResult {
  int exit_code = -1;  // -1 if a signal ended it
  std::string output;
};

// Runs `child` to its end. DEADLINE_EXCEEDED if it had to be killed, INTERNAL if it
// could not be started. Blocks; any thread.
absl::StatusOr<ChildResult> RunChild(const ChildProcess& child);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_OFFICE_CHILD_PROCESS_H_
