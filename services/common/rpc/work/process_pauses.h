// Notices that the whole process stood still: stopped, swapped out, or starved.
// What arrived meanwhile is read in the order in which it came, so a call is read
// before the message that its caller gave it up long ago.
#ifndef JIXIAO_COMMON_RPC_WORK_PROCESS_PAUSES_H_
#define JIXIAO_COMMON_RPC_WORK_PROCESS_PAUSES_H_

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

namespace jixiao {

// Thread-safe.
class ProcessPauses {
 public:
  ProcessPauses();
  ~ProcessPauses();

  // Returns at once, but in the first moments after a pause of a second or more:
  // then when what was received meanwhile had time to be read.
  void WaitOut();

 private:
  void Loop();

  std::atomic<int64_t> ticked_nanos_;
  std::atomic<int64_t> quiet_nanos_{0};  // until then, after a pause
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_RPC_WORK_PROCESS_PAUSES_H_
