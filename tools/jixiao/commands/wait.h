// Waits for what the services do on their own after a call: scoring, publishing.
#ifndef JIXIAO_TOOLS_JIXIAO_COMMANDS_WAIT_H_
#define JIXIAO_TOOLS_JIXIAO_COMMANDS_WAIT_H_

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "client/service_client.h"
#include "jixiao/intake/v1/submission.pb.h"

namespace jixiao::cli {

absl::StatusOr<intake::v1::Submission> GetSubmission(ServiceClient& client, const std::string& name);

// The submission once its state is none of `states`. DEADLINE_EXCEEDED after the
// client's timeout, with the last problem that intake names.
absl::StatusOr<intake::v1::Submission> WaitWhile(ServiceClient& client, const std::string& name,
                                                 const std::set<intake::v1::Submission::State>& states);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_COMMANDS_WAIT_H_
