#include "intake/core/change/record_change.h"

#include "common/base/status_macros.h"
#include "intake/core/audit/audit_chain.h"
#include "intake/core/submission/stored_time.h"

namespace jixiao::intake {

absl::StatusOr<v1::SubmissionEvent> AdvanceSubmission(Action action, const Cause& cause, SubmissionRecord& record) {
  v1::Submission& submission = record.submission;
  const State from = submission.state();
  JIXIAO_ASSIGN_OR_RETURN(const State to, StateAfter(from, action));
  submission.set_state(to);
  *submission.mutable_update_time() = ToTimestamp(cause.time);

  v1::SubmissionEvent event;
  event.set_sequence(++record.event_count);
  event.set_version(submission.current_version());
  event.set_action(action);
  if (from != v1::Submission::STATE_UNSPECIFIED) event.set_from_state(from);
  event.set_to_state(to);
  event.set_actor(cause.actor);
  if (!cause.reason.empty()) event.set_reason(cause.reason);
  *event.mutable_event_time() = ToTimestamp(cause.time);
  return event;
}

absl::Status RecordEvent(SubmissionTransaction& transaction, const SubmissionRecord& record,
                         const v1::SubmissionEvent& event, const std::string& request_id) {
  JIXIAO_RETURN_IF_ERROR(transaction.InsertEvent(record.key, event));
  return AppendEvent(transaction, CurrentVersion(record), event, record.submission.report_digest(), request_id);
}

absl::Status ApplyAction(SubmissionTransaction& transaction, Action action, const Cause& cause,
                         SubmissionRecord& record) {
  JIXIAO_ASSIGN_OR_RETURN(const v1::SubmissionEvent event, AdvanceSubmission(action, cause, record));
  JIXIAO_RETURN_IF_ERROR(RecordEvent(transaction, record, event, cause.request_id));
  return transaction.SetVersionState(CurrentVersion(record), event.to_state());
}

}  // namespace jixiao::intake
