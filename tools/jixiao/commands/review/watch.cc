#include "commands/review/watch.h"

#include "absl/time/clock.h"
#include "client/submission_watch.h"
#include "print/submission.h"

namespace jixiao::cli {
namespace {

using S = intake::v1::Submission;

bool IsDone(S::State state) {
  return state == S::STATE_RETURNED || state == S::STATE_PUBLISHED || state == S::STATE_WITHDRAWN ||
         state == S::STATE_SCORING_FAILED;
}

}  // namespace

int RunWatch(const WatchArguments& arguments, ServiceClient& client, const Output& output) {
  const absl::Time deadline = absl::Now() + absl::Minutes(arguments.minutes);
  const absl::Status status = WatchSubmission(client, arguments.name, deadline, [&](const S& submission) {
    if (output.as_json()) {
      output.WriteJson(submission);
    } else {
      output.Write(PrintChange(submission, output.style()));
    }
    return !(arguments.until_done && IsDone(submission.state()));
  });
  // Watching as long as was asked for is no failure, unless something was waited for.
  if (status.ok() || (status.code() == absl::StatusCode::kDeadlineExceeded && !arguments.until_done)) return kExitOk;
  output.WriteFailure(arguments.name, status);
  return kExitRefused;
}

}  // namespace jixiao::cli
