// For tests: a real redis-server on a free port, that can be stopped, frozen and
// written to behind our back.
#ifndef JIXIAO_COMMON_TESTING_REDIS_SERVER_H_
#define JIXIAO_COMMON_TESTING_REDIS_SERVER_H_

#include <signal.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "common/testing/child_process.h"

namespace jixiao::testing {

class RedisServer {
 public:
  // Running and answering; ends the test with a sentence if redis-server is not
  // installed.
  RedisServer();

  int port() const { return port_; }
  std::string Address() const { return "redis://127.0.0.1:" + std::to_string(port_); }

  void Kill();     // kill -9; all values are lost
  void Restart();  // after Kill, on the same port, empty
  void Freeze() { process_->Signal(SIGSTOP); }
  void Thaw() { process_->Signal(SIGCONT); }

  // One command; replies as text, arrays one line each, `(nil)` for nothing,
  // errors with `ERR` or the like in front.
  std::string Command(const std::vector<std::string>& command);

  // Number in INFO, for example `total_commands_processed`.
  int64_t Info(const std::string& field);

 private:
  void Start();

  int port_;
  TempDir dir_;
  std::unique_ptr<ChildProcess> process_;
};

}  // namespace jixiao::testing

#endif  // JIXIAO_COMMON_TESTING_REDIS_SERVER_H_
