// Watches a submission through intake's stream.
#ifndef JIXIAO_TOOLS_JIXIAO_CLIENT_SUBMISSION_WATCH_H_
#define JIXIAO_TOOLS_JIXIAO_CLIENT_SUBMISSION_WATCH_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "client/service_client.h"
#include "jixiao/intake/v1/submission.pb.h"

namespace jixiao::cli {

// Calls `on_change` with the submission as it is and then each time it changes,
// until it says false (OK) or `deadline` (DEADLINE_EXCEEDED), at most an hour away.
// A stream that breaks, as each does after some minutes for the server's sake, is
// opened again; a submission told twice is passed on once.
absl::Status WatchSubmission(ServiceClient& client, const std::string& name, absl::Time deadline,
                             const std::function<bool(const intake::v1::Submission&)>& on_change);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_CLIENT_SUBMISSION_WATCH_H_
