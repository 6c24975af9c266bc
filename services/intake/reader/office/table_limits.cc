#include "intake/reader/office/table_limits.h"

#include "common/base/errors.h"

namespace jixiao::intake {

absl::Status TooComplex(const std::string& what) {
  return MakeError(absl::StatusCode::kInvalidArgument, "DOCUMENT_TOO_COMPLEX",
                   "文件中" + what + "，超出系统能读取的范围；请只保留报告正文和自评表后重新提交");
}

}  // namespace jixiao::intake
