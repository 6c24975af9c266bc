// Decides the life of a submission: which action may follow in which state, who
// takes it, what state comes next, and what to tell the people who wait.
#ifndef JIXIAO_INTAKE_CORE_SUBMISSION_WORKFLOW_H_
#define JIXIAO_INTAKE_CORE_SUBMISSION_WORKFLOW_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "jixiao/intake/v1/submission.pb.h"

namespace jixiao::intake {

using State = v1::Submission::State;
using Action = v1::SubmissionEvent::Action;

// Who takes an action.
enum class Party { kUnit, kReviewer, kSystem, kUnitOrReviewer };

// The state that follows; STATE_UNSPECIFIED as `from` means that nothing was
// filed yet. FAILED_PRECONDITION if `action` may not follow: reason
// UNDER_PUBLICATION for a new version of an approved one, else WRONG_STATE.
absl::StatusOr<State> StateAfter(State from, Action action);

// Actions that may follow in `state`, by number.
std::vector<Action> ActionsAfter(State state);

Party PartyOf(Action action);

// For people, for example `待审核`.
std::string_view StateTitle(State state);

// What the clerk or reviewer should do next; one or two sentences, never empty.
// Uses state, version, finding_counts, page_path and last_problem.
std::string NextStep(const v1::Submission& submission);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SUBMISSION_WORKFLOW_H_
