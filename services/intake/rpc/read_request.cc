#include "intake/rpc/read_request.h"

#include <fmt/format.h>

#include "common/base/errors.h"

namespace jixiao::intake {

absl::Status RequestTooLarge(size_t bytes) {
  return MakeError(absl::StatusCode::kInvalidArgument, "REQUEST_TOO_LARGE",
                   fmt::format("请求过大：{} 字节，上限 1 MiB；请分几次办理", bytes));
}

absl::Status RequestDamaged() {
  return MakeError(absl::StatusCode::kInvalidArgument, "REQUEST_DAMAGED", "报文已损坏，无法读取；请更新客户端后重试");
}

}  // namespace jixiao::intake
