#include "intake/core/submission/workflow.h"

#include <fmt/format.h>

#include "intake/core/submission/errors.h"

namespace jixiao::intake {
namespace {

using S = v1::Submission;
using E = v1::SubmissionEvent;

struct Transition {
  State from;
  Action action;
  State to;
};

// The whole life cycle. A state and an action without a line here do not meet.
constexpr Transition kTransitions[] = {
    {S::STATE_UNSPECIFIED, E::ACTION_SUBMITTED, S::STATE_ACCEPTED},
    {S::STATE_ACCEPTED, E::ACTION_SUBMITTED, S::STATE_ACCEPTED},
    {S::STATE_SCORED, E::ACTION_SUBMITTED, S::STATE_ACCEPTED},
    {S::STATE_RETURNED, E::ACTION_SUBMITTED, S::STATE_ACCEPTED},
    {S::STATE_PUBLISHED, E::ACTION_SUBMITTED, S::STATE_ACCEPTED},
    {S::STATE_WITHDRAWN, E::ACTION_SUBMITTED, S::STATE_ACCEPTED},
    {S::STATE_SCORING_FAILED, E::ACTION_SUBMITTED, S::STATE_ACCEPTED},

    {S::STATE_ACCEPTED, E::ACTION_SCORED, S::STATE_SCORED},
    {S::STATE_SCORING_FAILED, E::ACTION_SCORED, S::STATE_SCORED},  // a rule set came
    {S::STATE_ACCEPTED, E::ACTION_SCORING_FAILED, S::STATE_SCORING_FAILED},

    {S::STATE_SCORED, E::ACTION_RETURNED, S::STATE_RETURNED},
    {S::STATE_SCORED, E::ACTION_APPROVED, S::STATE_APPROVED},
    {S::STATE_APPROVED, E::ACTION_PUBLISHED, S::STATE_PUBLISHED},
    {S::STATE_SCORED, E::ACTION_FINDING_EXPLAINED, S::STATE_SCORED},
    {S::STATE_SCORED, E::ACTION_WORK_CONFIRMED, S::STATE_ACCEPTED},  // scored again

    {S::STATE_ACCEPTED, E::ACTION_WITHDRAWN, S::STATE_WITHDRAWN},
    {S::STATE_SCORED, E::ACTION_WITHDRAWN, S::STATE_WITHDRAWN},
    {S::STATE_RETURNED, E::ACTION_WITHDRAWN, S::STATE_WITHDRAWN},
    {S::STATE_APPROVED, E::ACTION_WITHDRAWN, S::STATE_WITHDRAWN},
    {S::STATE_PUBLISHED, E::ACTION_WITHDRAWN, S::STATE_WITHDRAWN},
    {S::STATE_SCORING_FAILED, E::ACTION_WITHDRAWN, S::STATE_WITHDRAWN},
};

std::string_view ActionTitle(Action action) {
  switch (action) {
    case E::ACTION_SUBMITTED: return "报送新版本";
    case E::ACTION_SCORED: return "登记评分";
    case E::ACTION_SCORING_FAILED: return "登记评分失败";
    case E::ACTION_RETURNED: return "退回";
    case E::ACTION_APPROVED: return "审核通过";
    case E::ACTION_PUBLISHED: return "公开";
    case E::ACTION_WITHDRAWN: return "撤回";
    case E::ACTION_FINDING_EXPLAINED: return "说明问题";
    case E::ACTION_WORK_CONFIRMED: return "确认自评工作考核得分";
    case E::ACTION_UNSPECIFIED: break;
  }
  return "办理";
}

// Explanations are about one version; the next one may not need them.
std::string WithoutFormerExplanations(std::string step, const v1::Submission& submission) {
  if (submission.current_version() > 1) step += "对以前版本的说明不沿用到本版，问题仍在的请重新说明。";
  return step;
}

std::string ScoredStep(const v1::Submission& submission) {
  const v1::FindingCounts& counts = submission.finding_counts();
  if (counts.blocks() > 0) {
    return fmt::format(
        "评分完成，有 {} 项问题影响公开。请填报单位按检查发现逐项更正后重新报送；"
        "财政部门也可退回，或写明理由后审核通过。",
        counts.blocks());
  }
  if (counts.unexplained() > 0) {
    return WithoutFormerExplanations(
        fmt::format("评分完成，有 {} 项问题需要更正或说明。请填报单位更正后重新报送，或逐项说明情况，说明随报告公开；"
                    "全部说明后由财政部门审核，财政部门也可退回。",
                    counts.unexplained()),
        submission);
  }
  if (counts.explain() > 0) {
    return "评分完成，需要说明的问题填报单位均已说明。请财政部门审核说明是否充分；填报单位仍可更正后重新报送。";
  }
  return "评分完成，未发现影响公开的问题，请财政部门审核。";
}

std::string WithProblem(std::string step, const v1::Submission& submission) {
  if (submission.has_last_problem()) step += fmt::format("（{}）", submission.last_problem());
  return step;
}

}  // namespace

absl::StatusOr<State> StateAfter(State from, Action action) {
  for (const Transition& transition : kTransitions) {
    if (transition.from == from && transition.action == action) return transition.to;
  }
  if (from == S::STATE_APPROVED && action == E::ACTION_SUBMITTED) return UnderPublication();
  return WrongState(ActionTitle(action), from);
}

std::vector<Action> ActionsAfter(State state) {
  std::vector<Action> actions;
  for (int number = v1::SubmissionEvent::Action_MIN; number <= v1::SubmissionEvent::Action_MAX; ++number) {
    const auto action = static_cast<Action>(number);
    if (StateAfter(state, action).ok()) actions.push_back(action);
  }
  return actions;
}

Party PartyOf(Action action) {
  switch (action) {
    case E::ACTION_SUBMITTED:
    case E::ACTION_FINDING_EXPLAINED: return Party::kUnit;
    case E::ACTION_RETURNED:
    case E::ACTION_WORK_CONFIRMED:
    case E::ACTION_APPROVED: return Party::kReviewer;
    case E::ACTION_WITHDRAWN: return Party::kUnitOrReviewer;
    default: return Party::kSystem;
  }
}

std::string_view StateTitle(State state) {
  switch (state) {
    case S::STATE_ACCEPTED: return "已受理";
    case S::STATE_SCORED: return "待审核";
    case S::STATE_RETURNED: return "已退回";
    case S::STATE_APPROVED: return "审核通过，正在公开";
    case S::STATE_PUBLISHED: return "已公开";
    case S::STATE_WITHDRAWN: return "已撤回";
    case S::STATE_SCORING_FAILED: return "未能评分";
    case S::STATE_UNSPECIFIED: break;
  }
  return "未报送";
}

std::string NextStep(const v1::Submission& submission) {
  switch (submission.state()) {
    case S::STATE_ACCEPTED: return WithProblem("已受理，系统正在评分，请稍后查看结果，无需重复报送。", submission);
    case S::STATE_SCORED: return ScoredStep(submission);
    case S::STATE_RETURNED: return "财政部门已退回，请填报单位按退回意见修改后重新报送。";
    case S::STATE_APPROVED:
      return submission.has_last_problem()
                 ? fmt::format("审核已通过，但暂未能公开：{}。系统将自动重试；如需修改内容，请先撤回再重新报送。",
                               submission.last_problem())
                 : "审核已通过，系统正在公开，请稍后查看公开页面。";
    case S::STATE_PUBLISHED:
      return fmt::format("已在 {} 公开。如发现差错，请报送更正版本，原版本仍可查阅。", submission.page_path());
    case S::STATE_WITHDRAWN: return WithProblem("本版本已撤回。如仍需报送，请填报单位重新提交报告。", submission);
    case S::STATE_SCORING_FAILED:
      return fmt::format("未能评分：{}。请更正后重新报送，或请财政部门配置适用的评分规则。", submission.last_problem());
    case S::STATE_UNSPECIFIED: break;
  }
  return "尚未报送，请填报单位提交报告。";
}

}  // namespace jixiao::intake
