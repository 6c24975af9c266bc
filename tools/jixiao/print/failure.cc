#include "print/failure.h"

#include <fmt/format.h>

#include "common/base/errors.h"
#include "common/base/log.h"

namespace jixiao::cli {
namespace {

struct Advice {
  std::string_view reason;
  std::string_view what;
  std::string_view how;
};

// What the clerk or reviewer does next, by the stable reason of the failure.
constexpr Advice kByReason[] = {
    {"REQUEST_ID_REUSED", "这个请求编号已用于另一份内容", "换一个 --request-id，或不写，由程序生成"},
    {"STALE_BASE_VERSION", "已经有了更新的版本", "用 status 查看当前版本，核对后再办理"},
    {"UNDER_PUBLICATION", "当前版本已通过审核，正在公开", "等公开完成后再报送，或先撤回"},
    {"NO_IDENTITY", "没有出示身份凭证", "用 --token-file 指定凭证文件，或设置环境变量 JIXIAO_TOKEN_FILE"},
    {"INVALID_TOKEN", "身份凭证无效或已过期", "重新登录取得凭证，换用新的凭证文件"},
    {"UNKNOWN_IDENTITY", "身份尚未登记或已停用", "请联系本级财政部门开通权限"},
    {"INVALID_CERTIFICATE", "客户端证书不合要求", "请向证书签发部门申请重新签发"},
    {"ROLE_NOT_ALLOWED", "您的角色不能办理此项业务", "换用有权限的账号，或联系本级财政部门调整权限"},
    {"WRONG_STATE", "当前状态不能这样办理", "用 status 查看状态和下一步"},
    {"OPEN_BLOCKING_FINDINGS", "还有未解决的严重问题",
     "退回单位更正；确需公开的，用 --reason 写明理由，理由随报告公开"},
    {"UNEXPLAINED_FINDINGS", "还有没有说明的问题",
     "由单位更正，或用 explain 逐项说明；确需公开的，用 --reason 写明理由，理由随报告公开"},
    {"NO_SUCH_FINDING", "这个问题不能说明", "用 jixiao explain 名称 查看需要说明的问题"},
    {"PREVIEW_OUTDATED", "符合条件的份数与预览时不同", "重新预览，核对后再办理"},
    {"UNIT_NOT_ON_ROSTER", "名录中没有这个单位", "核对单位代码、名称、区划和年度；确需报送的，请财政部门列入名录"},
    {"WRONG_UNIT", "单位不对", "核对单位代码和单位名称，更正后重新报送"},
    {"WRONG_YEAR", "年度不对", "核对报告年度，更正后重新报送"},
    {"WRONG_KIND", "报告类型不对", "核对应报送部门整体还是项目、项目名称是否与名录一致"},
    {"NO_SEASON", "没有设置报送期", "请本级财政部门设置报送期后再报送"},
    {"SEASON_NOT_OPEN", "报送期尚未开始", "到开始时间后用同一条命令报送"},
    {"SEASON_CLOSED", "报送期已关闭", "确需补报的，请联系财政部门重新开放"},
    {"RULE_SET_PINNED", "评分规则不能再改", "其余各项照改，--rule-set 用原来的"},
    {"OTHER_SEASON_APPLIES", "该单位适用另一个报送期", "在所列报送期办理延期"},
    {"NOT_LATER", "延期后的时间不晚于现在的", "用 season get 查看，改为更晚的时间"},
    {"FILE_NOT_FOUND", "文件读不了", "核对文件夹和文件名"},
    {"FILE_UNREADABLE", "文件读不了", "用有权限的账号运行，或另存一份"},
    {"NOT_A_FILE", "文件读不了", "写出文件名，例如 报告.txt"},
    {"FILE_TOO_LARGE", "文件读不了", "另存为文本文件后再试"},
    {"FILE_NOT_WRITTEN", "文件写不了", "核对文件夹是否存在、有没有写入权限"},
    {"PINNED_VERSION_NOT_LOADED", "这里没有当时的评分规则或引擎版本，无法核验",
     "用 --rulesets 指定当时的评分规则文件夹，或用当时的版本核验"},
    {"NO_SCORE_CARD", "还没有评分卡", "等评分完成后再试"},
    {"DIVISIONS_UNREADABLE", "读不到行政区划表", "用 --rulesets 指定含有 divisions.textproto 的评分规则文件夹"},
    {"BAD_DIVISIONS", "行政区划表有错", "按所列位置更正 divisions.textproto，或换用随程序发布的那一份"},
    {"BAD_RULE_SET", "评分规则有错", "用 jixiao rules lint 查看全部问题"},
    {"NO_RULE_SET", "没有适用的评分规则", "核对区划代码和年度，用 rules list 查看现有规则"},
};

struct CodeAdvice {
  absl::StatusCode code;
  std::string_view what;
  std::string_view how;
};

constexpr CodeAdvice kByCode[] = {
    {absl::StatusCode::kUnavailable, "连不上服务",
     "查看服务是否已启动、--server 地址和 --ca 证书是否正确，然后用同一条命令重试"},
    {absl::StatusCode::kDeadlineExceeded, "服务没有在限时内答复", "稍后用同一条命令重试，不会重复受理"},
    {absl::StatusCode::kResourceExhausted, "服务正忙，暂不受理", "稍后用同一条命令重试"},
    {absl::StatusCode::kUnauthenticated, "没有证明身份", "用 --token-file 指定有效的凭证文件"},
    {absl::StatusCode::kPermissionDenied, "没有权限", "请联系本级财政部门调整权限"},
    {absl::StatusCode::kNotFound, "没有找到", "核对名称，用 status 查看"},
    {absl::StatusCode::kInvalidArgument, "内容不合要求", "按所列位置改正后重新办理"},
    {absl::StatusCode::kUnimplemented, "这项功能尚未开通", "升级服务后再试"},
    {absl::StatusCode::kDataLoss, "存储的数据已损坏", "请联系系统管理员"},
    {absl::StatusCode::kInternal, "系统内部错误", "请联系系统管理员，并提供命令和时间"},
};

Advice AdviceFor(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  for (const Advice& advice : kByReason) {
    if (advice.reason == reason) return advice;
  }
  for (const CodeAdvice& advice : kByCode) {
    if (advice.code == status.code()) return {"", advice.what, advice.how};
  }
  return {"", "办理失败", ""};
}

}  // namespace

std::string PrintFailure(const std::string& about, const absl::Status& status, const Style& style) {
  const Advice advice = AdviceFor(status);
  std::string out = fmt::format("{}{}：{}\n", Red(style, "错误  "), SafeText(about), advice.what);
  const auto violations = ViolationsOf(status);
  for (const auto& violation : violations.field_violations()) {
    out += fmt::format("  {}：{}\n", SafeText(violation.field()), SafeText(violation.description()));
  }
  const std::string detail = SafeText(std::string(status.message()));
  if (violations.field_violations().empty() && !detail.empty()) out += fmt::format("  说明：{}\n", detail);
  if (!advice.how.empty()) out += fmt::format("  办法：{}\n", advice.how);
  return out;
}

std::string FailureJson(const std::string& about, const absl::Status& status) {
  std::string problems;
  const auto violations = ViolationsOf(status);
  for (const auto& violation : violations.field_violations()) {
    problems += fmt::format("{}{{\"field\":{},\"description\":{}}}", problems.empty() ? "" : ",",
                            JsonQuote(violation.field()), JsonQuote(violation.description()));
  }
  return fmt::format("{{\"about\":{},\"error\":{{\"code\":{},\"reason\":{},\"message\":{},\"fieldProblems\":[{}]}}}}\n",
                     JsonQuote(about), JsonQuote(absl::StatusCodeToString(status.code())), JsonQuote(ReasonOf(status)),
                     JsonQuote(std::string(status.message())), problems);
}

}  // namespace jixiao::cli
