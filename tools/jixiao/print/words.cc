#include "print/words.h"

#include <fmt/format.h>

#include "absl/time/time.h"
#include "common/domain/decimal.h"

namespace jixiao::cli {

// Values of a later contract fall through to a word of their own, never to a
// wrong one.
std::string WordFor(report::v1::ReportKind kind) {
  switch (kind) {
    case report::v1::REPORT_KIND_UNSPECIFIED: break;
    case report::v1::REPORT_KIND_DEPARTMENT: return "部门整体支出";
    case report::v1::REPORT_KIND_PROJECT: return "项目支出";
  }
  return "（类型不明）";
}

std::string WordFor(scoring::v1::Verdict verdict) {
  switch (verdict) {
    case scoring::v1::VERDICT_UNSPECIFIED: return "";
    case scoring::v1::VERDICT_MET: return "达标";
    case scoring::v1::VERDICT_MISSED: return "未达标";
    case scoring::v1::VERDICT_TIERED: return "定性，按档";
    case scoring::v1::VERDICT_TIER_SUGGESTED: return "定性，档次待确认";
    case scoring::v1::VERDICT_UNCLASSIFIED: return "定性，不在三档用语内";
    case scoring::v1::VERDICT_NO_EVIDENCE: return "没有完成情况";
    case scoring::v1::VERDICT_UNVERIFIABLE: return "无法核对";
    case scoring::v1::VERDICT_NOT_SCORED: return "不计分";
    case scoring::v1::VERDICT_NOT_APPLICABLE: return "不适用";
  }
  return "（结论不明）";
}

std::string WordFor(scoring::v1::Severity severity) {
  switch (severity) {
    case scoring::v1::SEVERITY_UNSPECIFIED: break;
    case scoring::v1::SEVERITY_BLOCKS: return "严重";
    case scoring::v1::SEVERITY_EXPLAIN: return "一般";
    case scoring::v1::SEVERITY_NOTE: return "提示";
  }
  return "不明";
}

std::string WordFor(scoring::v1::Likelihood likelihood) {
  switch (likelihood) {
    case scoring::v1::LIKELIHOOD_UNSPECIFIED: break;
    case scoring::v1::LIKELIHOOD_HIGH: return "很可能";
    case scoring::v1::LIKELIHOOD_MEDIUM: return "可能";
    case scoring::v1::LIKELIHOOD_TIED: return "并列可能";
  }
  return "";
}

std::string WordFor(scoring::v1::QuantitativeFormula formula) {
  switch (formula) {
    case scoring::v1::QUANTITATIVE_FORMULA_UNSPECIFIED: break;
    case scoring::v1::QUANTITATIVE_FORMULA_PLAIN: return "未达标的，分值 × 实际 ÷ 目标；超过上限的，由审核人员认定";
    case scoring::v1::QUANTITATIVE_FORMULA_RATIO: return "未达标的，分值 × 实际 ÷ 目标；超过上限的，分值 × 目标 ÷ 实际";
    case scoring::v1::QUANTITATIVE_FORMULA_LINEAR:
      return "未达标的，分值 × 实际 ÷ 目标；超过上限的，按比例递减，到目标的两倍为 0 分";
    case scoring::v1::QUANTITATIVE_FORMULA_HAND_GIVEN: return "未达标的，由单位说明理由扣分，由审核人员认定";
  }
  return "（公式不明）";
}

std::string WordFor(scoring::v1::WorkScoreBasis basis) {
  switch (basis) {
    case scoring::v1::WORK_SCORE_BASIS_UNSPECIFIED: return "";
    case scoring::v1::WORK_SCORE_BASIS_COMPUTED: return "计算";
    case scoring::v1::WORK_SCORE_BASIS_PROPOSED: return "建议";
    case scoring::v1::WORK_SCORE_BASIS_CONFIRMED: return "确认";
  }
  return "（依据不明）";
}

std::string WordFor(intake::v1::Submission::State state) {
  using S = intake::v1::Submission;
  switch (state) {
    case S::STATE_UNSPECIFIED: break;
    case S::STATE_ACCEPTED: return "已受理，待评分";
    case S::STATE_SCORED: return "已评分，待审核";
    case S::STATE_RETURNED: return "已退回";
    case S::STATE_APPROVED: return "已通过，待公开";
    case S::STATE_PUBLISHED: return "已公开";
    case S::STATE_WITHDRAWN: return "已撤回";
    case S::STATE_SCORING_FAILED: return "未能评分";
  }
  return "（状态不明）";
}

std::string WordFor(intake::v1::SubmissionEvent::Action action) {
  using E = intake::v1::SubmissionEvent;
  switch (action) {
    case E::ACTION_UNSPECIFIED: break;
    case E::ACTION_SUBMITTED: return "报送";
    case E::ACTION_SCORED: return "评分";
    case E::ACTION_SCORING_FAILED: return "评分失败";
    case E::ACTION_RETURNED: return "退回";
    case E::ACTION_APPROVED: return "审核通过";
    case E::ACTION_PUBLISHED: return "公开";
    case E::ACTION_WITHDRAWN: return "撤回";
    case E::ACTION_FINDING_EXPLAINED: return "说明";
    case E::ACTION_WORK_CONFIRMED: return "确认考核得分";
  }
  return "（操作不明）";
}

std::string SeverityMark(const Style& style, scoring::v1::Severity severity) {
  const std::string mark = fmt::format("【{}】", WordFor(severity));
  switch (severity) {
    case scoring::v1::SEVERITY_BLOCKS: return Red(style, mark);
    case scoring::v1::SEVERITY_EXPLAIN: return Yellow(style, mark);
    default: return Cyan(style, mark);
  }
}

std::string Interval(int64_t low_milli, int64_t high_milli) {
  if (low_milli == high_milli) return FormatPoints(low_milli);
  return fmt::format("{}—{}", FormatPoints(low_milli), FormatPoints(high_milli));
}

std::string BeijingTime(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", absl::FromUnixSeconds(time.seconds()), absl::FixedTimeZone(8 * 3600));
}

std::string Place(const report::v1::Address& address) {
  const std::string label = address.label().empty() ? "（位置不明）" : SafeText(address.label());
  return address.has_source_line() ? fmt::format("{}（原文第 {} 行）", label, address.source_line()) : label;
}

}  // namespace jixiao::cli
