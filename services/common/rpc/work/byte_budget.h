// For any service: bounds what the requests it works on hold together, whatever
// their number: sixty small reports are nothing, sixty large files are.
#ifndef JIXIAO_COMMON_RPC_WORK_BYTE_BUDGET_H_
#define JIXIAO_COMMON_RPC_WORK_BYTE_BUDGET_H_

#include <atomic>
#include <cstdint>
#include <memory>

namespace jixiao {

// Thread-safe; outlives what it gave.
class ByteBudget {
 public:
  explicit ByteBudget(int64_t max_bytes) : max_bytes_(max_bytes) {}

  // Room for `bytes` until the last copy of the answer is gone; null if there is
  // none. One that is larger than all room is taken when there is nothing else.
  std::shared_ptr<void> TryTake(int64_t bytes);

  int64_t taken() const { return taken_.load(); }

 private:
  const int64_t max_bytes_;
  std::atomic<int64_t> taken_{0};
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_RPC_WORK_BYTE_BUDGET_H_
