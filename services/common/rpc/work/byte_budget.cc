#include "common/rpc/work/byte_budget.h"

namespace jixiao {

std::shared_ptr<void> ByteBudget::TryTake(int64_t bytes) {
  int64_t taken = taken_.load();
  do {
    if (taken > 0 && taken + bytes > max_bytes_) return nullptr;
  } while (!taken_.compare_exchange_weak(taken, taken + bytes));
  // Holds no memory of its own; the deleter gives the room back.
  return {this, [bytes](ByteBudget* budget) { budget->taken_.fetch_sub(bytes); }};
}

}  // namespace jixiao
