#include "intake/core/review/submission_review.h"

#include <fmt/format.h>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "intake/core/change/change_once.h"
#include "intake/core/change/record_change.h"
#include "intake/core/submission/errors.h"
#include "intake/core/submission/violations.h"

namespace jixiao::intake {
namespace {

using E = v1::SubmissionEvent;

std::string Fingerprint(const ReviewStep& step) {
  std::string content = fmt::format("{}\n{}\n{}", static_cast<int>(step.action), step.version, step.reason);
  for (const v1::ReviewComment& comment : step.comments) content += "\n" + comment.SerializeAsString();
  return "review:" + ContentDigest(content);
}

Task TaskFor(const VersionKey& key, TaskKind kind, const std::string& reason, absl::Time time) {
  Task task;
  task.key = key;
  task.kind = kind;
  task.reason = reason;
  task.create_time = time;
  task.not_before = time;
  return task;
}

// Takes the page of `key` down, after a call that is publishing it right now.
absl::Status TakeDown(SubmissionTransaction& transaction, const VersionKey& key, const ReviewStep& step) {
  Task withdraw = TaskFor(key, TaskKind::kWithdraw, step.reason, step.time);
  JIXIAO_ASSIGN_OR_RETURN(const auto publish, transaction.FindTask(key, TaskKind::kPublish));
  if (publish.has_value() && publish->lease_until > withdraw.not_before) withdraw.not_before = publish->lease_until;
  JIXIAO_RETURN_IF_ERROR(transaction.DeleteTask(key, TaskKind::kPublish));
  return transaction.PutTask(withdraw);
}

absl::Status Withdraw(SubmissionTransaction& transaction, const ReviewStep& step, SubmissionRecord& record) {
  const bool may_be_public = record.submission.state() == v1::Submission::STATE_APPROVED;
  JIXIAO_ASSIGN_OR_RETURN(const std::vector<int> published,
                          transaction.VersionsInState(record.key, v1::Submission::STATE_PUBLISHED));
  JIXIAO_RETURN_IF_ERROR(
      ApplyAction(transaction, E::ACTION_WITHDRAWN, {step.actor, step.reason, step.time, step.request_id}, record));
  JIXIAO_RETURN_IF_ERROR(transaction.DeleteTask(CurrentVersion(record), TaskKind::kScore));
  for (const int version : published) {
    const VersionKey key{record.key, version};
    JIXIAO_RETURN_IF_ERROR(TakeDown(transaction, key, step));
    JIXIAO_RETURN_IF_ERROR(transaction.SetVersionState(key, v1::Submission::STATE_WITHDRAWN));
  }
  if (may_be_public) JIXIAO_RETURN_IF_ERROR(TakeDown(transaction, CurrentVersion(record), step));
  record.submission.clear_page_path();
  record.submission.clear_last_problem();
  record.submission.clear_return_comments();
  return absl::OkStatus();
}

absl::Status Return(SubmissionTransaction& transaction, const ReviewStep& step, SubmissionRecord& record) {
  JIXIAO_RETURN_IF_ERROR(ApplyAction(transaction, E::ACTION_RETURNED,
                                     {step.actor, step.comments.front().text(), step.time, step.request_id}, record));
  for (const v1::ReviewComment& comment : step.comments) *record.submission.add_return_comments() = comment;
  return absl::OkStatus();
}

absl::Status Approve(SubmissionTransaction& transaction, const ReviewStep& step, SubmissionRecord& record) {
  JIXIAO_RETURN_IF_ERROR(StateAfter(record.submission.state(), E::ACTION_APPROVED).status());
  const int blocking = record.submission.finding_counts().blocks();
  if (blocking > 0 && Trim(step.reason).empty()) return OpenBlockingFindings(blocking);
  const int unexplained = record.submission.finding_counts().unexplained();
  if (unexplained > 0 && Trim(step.reason).empty()) return UnexplainedFindings(unexplained);
  return ApproveVersion(transaction, step.actor, step.reason, step.time, record, step.request_id);
}

absl::Status Take(SubmissionTransaction& transaction, const ReviewStep& step, SubmissionRecord& record) {
  switch (step.action) {
    case E::ACTION_APPROVED: return Approve(transaction, step, record);
    case E::ACTION_RETURNED: return Return(transaction, step, record);
    default: return Withdraw(transaction, step, record);
  }
}

void CheckComments(const ReviewStep& step, const PathStep& root, Violations& violations) {
  if (step.comments.empty()) violations.Add(root / "comments", "退回时至少写一条意见，说明需要修改什么");
  if (step.comments.size() > 200) violations.Add(root / "comments", "意见过多，最多 200 条");
  for (size_t i = 0; i < step.comments.size(); ++i) {
    const PathStep path = root.At("comments", static_cast<int>(i));
    const std::string& text = step.comments[i].text();
    if (CheckText(path / "text", text, kMostReasonCharacters, "意见", violations) && Trim(text).empty()) {
      violations.Add(path / "text", "意见应为 1 至 2000 字");
    }
  }
}

}  // namespace

absl::Status ValidateReviewStep(const ReviewStep& step) {
  Violations violations;
  const PathStep root;
  CheckRequest(step.request_id, step.version, violations);
  CheckText(root / "reason", step.reason, kMostReasonCharacters, "理由", violations);
  if (step.action == E::ACTION_WITHDRAWN && Trim(step.reason).empty()) {
    violations.Add(root / "reason", "撤回必须说明理由");
  }
  if (step.action == E::ACTION_RETURNED) CheckComments(step, root, violations);
  return violations.ToStatus();
}

absl::Status ApproveVersion(SubmissionTransaction& transaction, const std::string& actor, const std::string& reason,
                            absl::Time time, SubmissionRecord& record, const std::string& request_id) {
  JIXIAO_RETURN_IF_ERROR(ApplyAction(transaction, E::ACTION_APPROVED, {actor, reason, time, request_id}, record));
  return transaction.PutTask(TaskFor(CurrentVersion(record), TaskKind::kPublish, reason, time));
}

absl::Status TakeReviewStep(SubmissionTransaction& transaction, const ReviewStep& step) {
  return ChangeOnce(transaction, {step.key, step.version, step.request_id, Fingerprint(step)},
                    [&](SubmissionRecord& record) { return Take(transaction, step, record); });
}

}  // namespace jixiao::intake
