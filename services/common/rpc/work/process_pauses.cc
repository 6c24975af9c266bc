#include "common/rpc/work/process_pauses.h"

#include <algorithm>
#include <chrono>

#include "common/base/log.h"

namespace jixiao {
namespace {

using std::chrono::nanoseconds;

constexpr nanoseconds kTick = std::chrono::milliseconds(100);
constexpr nanoseconds kPause = std::chrono::seconds(1);
// Long enough to read what a few hundred calls left in their sockets.
constexpr nanoseconds kReading = std::chrono::milliseconds(300);

int64_t Now() {
  return std::chrono::duration_cast<nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

ProcessPauses::ProcessPauses() : ticked_nanos_(Now()), thread_([this] { Loop(); }) {}

ProcessPauses::~ProcessPauses() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_stopping_ = true;
    stopped_.notify_all();
  }
  thread_.join();
}

void ProcessPauses::Loop() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!stopped_.wait_for(lock, kTick, [this] { return is_stopping_; })) {
    const int64_t now = Now();
    const int64_t gap = now - ticked_nanos_.load();
    if (gap >= kPause.count()) {
      quiet_nanos_.store(now + kReading.count());
      LogWarning("process_stood_still", {{"milliseconds", gap / 1'000'000}});
    }
    ticked_nanos_.store(now);
  }
}

void ProcessPauses::WaitOut() {
  const int64_t now = Now();
  // The thread that ticks may not have run yet.
  const bool is_unnoticed = now - ticked_nanos_.load() >= kPause.count();
  const int64_t until = is_unnoticed ? now + kReading.count() : quiet_nanos_.load();
  if (until > now) std::this_thread::sleep_for(nanoseconds(std::min(until - now, kReading.count())));
}

}  // namespace jixiao
