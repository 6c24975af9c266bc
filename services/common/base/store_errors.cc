#include "common/base/store_errors.h"

#include "common/base/errors.h"

namespace jixiao {

absl::Status StoreFull() { return Overloaded("存储空间不足，暂不能受理，请稍后用同一请求编号重试", absl::Seconds(5)); }

absl::Status StoreUnavailable() {
  return WithRetryDelay(
      MakeError(absl::StatusCode::kUnavailable, "STORE_UNAVAILABLE", "数据库暂时不可用，请稍后用同一请求编号重试"),
      absl::Seconds(1));
}

absl::Status StoreFailed() {
  return MakeError(absl::StatusCode::kInternal, "STORE_FAILED", "数据库拒绝了这次操作，请联系管理员查看服务日志");
}

}  // namespace jixiao
