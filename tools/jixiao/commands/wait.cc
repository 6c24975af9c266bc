#include "commands/wait.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "jixiao/intake/v1/lookup.pb.h"
#include "jixiao/intake/v1/submission.pb.h"

namespace jixiao::cli {

absl::StatusOr<intake::v1::Submission> GetSubmission(ServiceClient& client, const std::string& name) {
  intake::v1::GetSubmissionRequest request;
  request.set_name(name);
  JIXIAO_ASSIGN_OR_RETURN(auto response, client.Ask<intake::v1::GetSubmissionResponse>("GetSubmission", request));
  return std::move(*response.mutable_submission());
}

absl::StatusOr<intake::v1::Submission> WaitWhile(ServiceClient& client, const std::string& name,
                                                 const std::set<intake::v1::Submission::State>& states) {
  const absl::Time deadline = absl::Now() + client.timeout();
  absl::Duration pause = absl::Milliseconds(20);
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(intake::v1::Submission submission, GetSubmission(client, name));
    if (states.count(submission.state()) == 0) return submission;
    if (absl::Now() + pause >= deadline) {
      const std::string problem = submission.has_last_problem() ? "：" + submission.last_problem() : "";
      return MakeError(absl::StatusCode::kDeadlineExceeded, "STILL_WAITING", "还没有办完" + problem);
    }
    absl::SleepFor(pause);
    pause = std::min(pause * 2, absl::Milliseconds(500));
  }
}

}  // namespace jixiao::cli
