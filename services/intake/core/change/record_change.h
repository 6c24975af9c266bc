// Changes a stored submission by one action: state, event, audit entry and record
// together, so that no caller can write one without the others.
#ifndef JIXIAO_INTAKE_CORE_CHANGE_RECORD_CHANGE_H_
#define JIXIAO_INTAKE_CORE_CHANGE_RECORD_CHANGE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "intake/core/submission/submission_store.h"
#include "intake/core/submission/workflow.h"

namespace jixiao::intake {

// Why and by whom an action is taken.
struct Cause {
  std::string actor;
  std::string reason;  // empty if none was given
  absl::Time time;
  std::string request_id = {};  // empty for what services do alone
};

// Moves `record`, whose current version the action is about, to the state that
// follows, and gives the event that says so. Fails as StateAfter does. Stores
// nothing.
absl::StatusOr<v1::SubmissionEvent> AdvanceSubmission(Action action, const Cause& cause, SubmissionRecord& record);

// Appends the event of AdvanceSubmission, also to the audit log.
absl::Status RecordEvent(SubmissionTransaction& transaction, const SubmissionRecord& record,
                         const v1::SubmissionEvent& event, const std::string& request_id);

// Both, and stores the version's state; not `record` itself: the caller may have
// more to change.
absl::Status ApplyAction(SubmissionTransaction& transaction, Action action, const Cause& cause,
                         SubmissionRecord& record);

inline VersionKey CurrentVersion(const SubmissionRecord& record) {
  return {record.key, record.submission.current_version()};
}

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_CHANGE_RECORD_CHANGE_H_
