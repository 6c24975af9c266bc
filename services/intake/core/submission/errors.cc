#include "intake/core/submission/errors.h"

#include <fmt/format.h>

#include "common/base/errors.h"
#include "intake/core/submission/workflow.h"

namespace jixiao::intake {

absl::Status NotSo(std::string_view reason, const std::string& message) {
  return MakeError(absl::StatusCode::kFailedPrecondition, reason, message);
}

absl::Status RequestIdReused(std::string_view request_id) {
  return MakeError(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED",
                   fmt::format("请求编号 {} 已用于另一份内容，请换用新的请求编号重新提交", request_id));
}

absl::Status StaleBaseVersion(int given, int current) {
  const std::string now = current == 0 ? "尚未报送过" : fmt::format("当前为第 {} 版", current);
  return MakeError(absl::StatusCode::kAborted, "STALE_BASE_VERSION",
                   fmt::format("所依据的第 {} 版不是当前版本（{}），请先查看当前版本再提交", given, now));
}

absl::Status Abandoned() {
  return MakeError(absl::StatusCode::kDeadlineExceeded, "DEADLINE_PASSED",
                   "等候时间已过，本次报送未予受理；请用同一请求编号重试");
}

absl::Status UnderPublication() {
  return MakeError(absl::StatusCode::kFailedPrecondition, "UNDER_PUBLICATION",
                   "当前版本已审核通过、正在公开，请待公开后再报更正版本，或者先撤回");
}

absl::Status WrongState(std::string_view wanted_action, v1::Submission::State state) {
  return MakeError(absl::StatusCode::kFailedPrecondition, "WRONG_STATE",
                   fmt::format("当前状态为“{}”，不能{}", StateTitle(state), wanted_action));
}

absl::Status OpenBlockingFindings(int count) {
  return MakeError(absl::StatusCode::kFailedPrecondition, "OPEN_BLOCKING_FINDINGS",
                   fmt::format("尚有 {} 项影响公开的问题未消除；如仍需公开，请填写理由，理由将随报告一并公开", count));
}

absl::Status UnexplainedFindings(int count) {
  return MakeError(absl::StatusCode::kFailedPrecondition, "UNEXPLAINED_FINDINGS",
                   fmt::format("尚有 {} 项问题单位没有说明；请退回由单位更正或说明，如仍需公开，请填写理由，"
                               "理由将随报告一并公开",
                               count));
}

absl::Status NoSuchFinding(std::string_view finding_id, const std::string& why) {
  return MakeError(absl::StatusCode::kNotFound, "NO_SUCH_FINDING", fmt::format("问题 {} {}", finding_id, why));
}

absl::Status PreviewOutdated(int expected, int matched) {
  return MakeError(
      absl::StatusCode::kAborted, "PREVIEW_OUTDATED",
      fmt::format("预览时符合条件的有 {} 份，现在是 {} 份，没有办理任何一份；请重新预览后再办理", expected, matched));
}

absl::Status ChangedMeanwhile() {
  return MakeError(absl::StatusCode::kAborted, "CHANGED_MEANWHILE",
                   "办理期间这份报送有了变化，没有办理；请查看后单独办理");
}

absl::Status NotFound() {
  return MakeError(absl::StatusCode::kNotFound, "NOT_FOUND",
                   "没有找到，或不在您的权限范围内；请核对名称中的区划、单位、年度和类型");
}

absl::Status StoredBytesDamaged(const std::string& name) {
  return MakeError(absl::StatusCode::kDataLoss, "STORED_BYTES_DAMAGED",
                   fmt::format("{} 的存储内容与回执摘要不一致，请联系系统管理员核查存储", name));
}

}  // namespace jixiao::intake
