#include "intake/core/record_change.h"

#include "common/base/status_macros.h"
#include "intake/core/audit_chain.h"

namespace jixiao::intake {

google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  const int64_t micros = absl::ToUnixMicros(time);
  google::protobuf::Timestamp timestamp;
  int64_t seconds = micros / 1'000'000;
  int64_t rest = micros % 1'000'000;
  if (rest < 0) {
    rest += 1'000'000;
    --seconds;
  }
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(static_cast<int32_t>(rest * 1000));
  return timestamp;
}

absl::Time FromTimestamp(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

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
