// For tests: one of our binaries, or another, as a process of its own.
#ifndef JIXIAO_COMMON_TESTING_CHILD_PROCESS_H_
#define JIXIAO_COMMON_TESTING_CHILD_PROCESS_H_

#include <sys/types.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "common/testing/temp_dir.h"

namespace jixiao::testing {

// A port that was free a moment ago. Better: let a server pick, see LoggedNumber.
int FreePort();

// True if something accepts connections on 127.0.0.1:`port`.
bool AcceptsConnections(int port);

// Killed and reaped at the end, and when the test dies.
class ChildProcess {
 public:
  // Starts `argv[0]` (a path) with output and errors collected.
  explicit ChildProcess(std::vector<std::string> argv);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const { return pid_; }

  // SIGTERM, SIGKILL, SIGSTOP, SIGCONT.
  void Signal(int number);

  // Exit code, or 128 + signal; empty if it still runs after `timeout`.
  std::optional<int> WaitForExit(absl::Duration timeout = absl::Seconds(30));

  // All output and errors so far.
  std::string Output() const;

  // Waits for our log line `event` and gives the number under `key`, for example
  // the port of {"event":"serving","port":1234}. Empty if the process ends first
  // or after `timeout`.
  std::optional<int> LoggedNumber(std::string_view event, std::string_view key,
                                  absl::Duration timeout = absl::Seconds(20));

 private:
  TempDir dir_;
  pid_t pid_ = -1;
  std::optional<int> exit_code_;
};

}  // namespace jixiao::testing

#endif  // JIXIAO_COMMON_TESTING_CHILD_PROCESS_H_
