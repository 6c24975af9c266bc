#include "intake/core/tasks/task_results.h"

#include <utility>

#include "common/base/digest.h"
#include "common/base/status_macros.h"
#include "intake/core/change/record_change.h"
#include "intake/core/review/finding_explanation.h"
#include "intake/core/review/findings_to_explain.h"
#include "intake/core/review/submission_review.h"

namespace jixiao::intake {
namespace {

using E = v1::SubmissionEvent;

// The submission `lease` is about. Nothing if the lease is void, so that a
// result that comes too late changes nothing.
absl::StatusOr<std::optional<SubmissionRecord>> FindUnderLease(SubmissionTransaction& transaction, const Task& lease) {
  JIXIAO_ASSIGN_OR_RETURN(const auto task, transaction.FindTask(lease.key, lease.kind));
  if (!task.has_value() || task->lease_owner != lease.lease_owner || task->attempts != lease.attempts) {
    return std::optional<SubmissionRecord>();
  }
  return transaction.FindSubmission(lease.key.submission);
}

bool IsCurrent(const SubmissionRecord& record, const Task& lease) {
  return record.submission.current_version() == lease.key.version;
}

// What people said about this version before it was scored again.
struct Reviewed {
  bool is_confirmed = false;
  int unexplained = 0;
};

absl::StatusOr<Reviewed> KeepNotes(SubmissionTransaction& transaction, const VersionKey& key,
                                   const ScoreResult& result) {
  JIXIAO_ASSIGN_OR_RETURN(ReviewNotes notes, transaction.FindReviewNotes(key));
  const size_t explained = notes.explanations.size();
  Reviewed reviewed;
  reviewed.is_confirmed = !notes.confirmations.empty();
  reviewed.unexplained = KeepExplanationsOf(result.findings_to_explain, notes);
  if (notes.explanations.size() != explained) JIXIAO_RETURN_IF_ERROR(transaction.PutReviewNotes(key, notes));
  return reviewed;
}

absl::Status Reschedule(SubmissionTransaction& transaction, Task task, absl::Time retry_time) {
  task.not_before = retry_time;
  // lease_until stays: a call of an owner that died may still be on its way.
  task.lease_owner.clear();
  return transaction.PutTask(task);
}

}  // namespace

absl::Status LeaseTask(SubmissionTransaction& transaction, Task& task, const std::string& owner, absl::Time until) {
  ++task.attempts;
  task.lease_owner = owner;
  task.lease_until = until;
  return transaction.PutTask(task);
}

absl::StatusOr<bool> RecordScore(SubmissionTransaction& transaction, const Task& lease, const ScoreResult& result,
                                 absl::Time now) {
  JIXIAO_ASSIGN_OR_RETURN(auto record, FindUnderLease(transaction, lease));
  if (!record.has_value()) return false;
  JIXIAO_RETURN_IF_ERROR(transaction.DeleteTask(lease.key, lease.kind));
  if (!IsCurrent(*record, lease)) return true;
  JIXIAO_RETURN_IF_ERROR(transaction.PutScoreCard(lease.key, result.score_card_bytes));
  JIXIAO_ASSIGN_OR_RETURN(const Reviewed reviewed, KeepNotes(transaction, lease.key, result));
  const std::string reason = reviewed.is_confirmed
                                 ? "按审核确认的考核得分重新评分，评分卡 " + ContentDigest(result.score_card_bytes)
                                 : std::string();
  JIXIAO_RETURN_IF_ERROR(ApplyAction(transaction, E::ACTION_SCORED, {kScoringActor, reason, now}, *record));
  v1::FindingCounts& counts = *record->submission.mutable_finding_counts();
  counts = result.counts;
  counts.set_unexplained(reviewed.unexplained);
  record->submission.clear_last_problem();
  // An explanation is for a reviewer to judge, so the policy does not wait for one.
  if (result.is_auto_approved && counts.blocks() == 0 && counts.unexplained() == 0) {
    JIXIAO_RETURN_IF_ERROR(ApproveVersion(transaction, kPolicyActor, "", now, *record));
  }
  JIXIAO_RETURN_IF_ERROR(transaction.PutSubmission(*record));
  return true;
}

absl::StatusOr<bool> RecordScoringFailure(SubmissionTransaction& transaction, const Task& lease,
                                          const std::string& problem, absl::Time now, absl::Time retry_time) {
  JIXIAO_ASSIGN_OR_RETURN(auto record, FindUnderLease(transaction, lease));
  if (!record.has_value()) return false;
  if (!IsCurrent(*record, lease) || retry_time == absl::InfiniteFuture()) {
    JIXIAO_RETURN_IF_ERROR(transaction.DeleteTask(lease.key, lease.kind));
  } else {
    JIXIAO_RETURN_IF_ERROR(Reschedule(transaction, lease, retry_time));
  }
  if (!IsCurrent(*record, lease)) return true;
  if (record->submission.state() == v1::Submission::STATE_ACCEPTED) {
    JIXIAO_RETURN_IF_ERROR(ApplyAction(transaction, E::ACTION_SCORING_FAILED, {kScoringActor, problem, now}, *record));
  }
  record->submission.set_last_problem(problem);
  JIXIAO_RETURN_IF_ERROR(transaction.PutSubmission(*record));
  return true;
}

absl::StatusOr<bool> RecordPublished(SubmissionTransaction& transaction, const Task& lease,
                                     const std::string& page_path, absl::Time now) {
  JIXIAO_ASSIGN_OR_RETURN(auto record, FindUnderLease(transaction, lease));
  if (!record.has_value()) return false;
  JIXIAO_RETURN_IF_ERROR(transaction.DeleteTask(lease.key, lease.kind));
  // An approved version stays current until it is public or withdrawn, and a
  // withdrawal deletes the task; so the action may follow here.
  JIXIAO_RETURN_IF_ERROR(ApplyAction(transaction, E::ACTION_PUBLISHED, {kPublishActor, "", now}, *record));
  record->submission.set_page_path(page_path);
  record->submission.clear_last_problem();
  JIXIAO_RETURN_IF_ERROR(transaction.PutSubmission(*record));
  return true;
}

absl::StatusOr<bool> RecordTakenDown(SubmissionTransaction& transaction, const Task& lease) {
  JIXIAO_ASSIGN_OR_RETURN(auto record, FindUnderLease(transaction, lease));
  if (!record.has_value()) return false;
  JIXIAO_RETURN_IF_ERROR(transaction.DeleteTask(lease.key, lease.kind));
  if (IsCurrent(*record, lease) && record->submission.has_last_problem()) {
    record->submission.clear_last_problem();
    JIXIAO_RETURN_IF_ERROR(transaction.PutSubmission(*record));
  }
  return true;
}

absl::StatusOr<bool> RecordRetry(SubmissionTransaction& transaction, const Task& lease, const std::string& problem,
                                 absl::Time retry_time) {
  JIXIAO_ASSIGN_OR_RETURN(auto record, FindUnderLease(transaction, lease));
  if (!record.has_value()) return false;
  JIXIAO_RETURN_IF_ERROR(Reschedule(transaction, lease, retry_time));
  if (IsCurrent(*record, lease)) {
    record->submission.set_last_problem(problem);
    JIXIAO_RETURN_IF_ERROR(transaction.PutSubmission(*record));
  }
  return true;
}

absl::StatusOr<ScoreResult> ReadScoreResult(std::string score_card_bytes) {
  JIXIAO_ASSIGN_OR_RETURN(const scoring::v1::ScoreCard card, ParseScoreCard(score_card_bytes));
  ScoreResult result;
  result.counts.set_blocks(0);
  result.counts.set_explain(0);
  result.counts.set_note(0);
  for (const scoring::v1::Finding& finding : card.findings()) {
    v1::FindingCounts& counts = result.counts;
    switch (finding.severity()) {
      case scoring::v1::SEVERITY_BLOCKS: counts.set_blocks(counts.blocks() + 1); break;
      case scoring::v1::SEVERITY_EXPLAIN: counts.set_explain(counts.explain() + 1); break;
      case scoring::v1::SEVERITY_NOTE: counts.set_note(counts.note() + 1); break;
      case scoring::v1::SEVERITY_UNSPECIFIED: break;
    }
  }
  for (const scoring::v1::Finding* finding : FindingsToExplain(card)) {
    result.findings_to_explain.push_back(finding->id());
  }
  result.score_card_bytes = std::move(score_card_bytes);
  return result;
}

}  // namespace jixiao::intake
