#include "intake/core/change/change_once.h"

#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "intake/core/submission/errors.h"

namespace jixiao::intake {

absl::Status ChangeOnce(SubmissionTransaction& transaction, const RequestedChange& request,
                        const std::function<absl::Status(SubmissionRecord&)>& change) {
  JIXIAO_ASSIGN_OR_RETURN(auto record, transaction.FindSubmission(request.key));
  if (!record.has_value()) return NotFound();
  JIXIAO_ASSIGN_OR_RETURN(const auto answered, transaction.FindRequest(request.key, request.request_id));
  if (answered.has_value()) {
    return answered->fingerprint == request.fingerprint ? absl::OkStatus() : RequestIdReused(request.request_id);
  }
  if (record->submission.current_version() != request.version) {
    return StaleBaseVersion(request.version, record->submission.current_version());
  }
  JIXIAO_RETURN_IF_ERROR(change(*record));
  JIXIAO_RETURN_IF_ERROR(transaction.PutSubmission(*record));
  return transaction.InsertRequest(request.key,
                                   {request.request_id, request.fingerprint, request.version, /*is_identical=*/false});
}

void CheckRequest(const std::string& request_id, int version, Violations& violations) {
  const PathStep root;
  if (!IsRequestId(request_id)) {
    violations.Add(root / "request_id", kRequestIdAdvice);
  }
  if (version < 1) violations.Add(root / "version", "请填写所审阅的版本号，从 1 开始");
}

bool CheckText(const PathStep& path, const std::string& text, int64_t max_chars, std::string_view what,
               Violations& violations) {
  if (!IsCleanUtf8(text)) {
    violations.Add(path, fmt::format("{}不是有效的文字，请用 UTF-8 编码重新提交", what));
    return false;
  }
  if (CodePointCount(text) > max_chars) {
    violations.Add(path, fmt::format("{}过长，上限 {} 字", what, max_chars));
    return false;
  }
  return true;
}

}  // namespace jixiao::intake
