#include "commands/review/confirm.h"

#include <utility>

#include "commands/review/explain.h"
#include "commands/season/calendar.h"
#include "commands/wait.h"
#include "common/base/status_macros.h"
#include "jixiao/intake/v1/review.pb.h"
#include "jixiao/intake/v1/submission.pb.h"
#include "print/submission.h"

namespace jixiao::cli {
namespace {

namespace v1 = intake::v1;

absl::StatusOr<v1::ConfirmWorkAssessmentRequest> ReadRequest(const ConfirmArguments& arguments) {
  v1::ConfirmWorkAssessmentRequest request;
  request.set_name(arguments.name);
  request.set_request_id(arguments.request_id.empty() ? NewRequestId() : arguments.request_id);
  for (const std::string& criterion : arguments.criteria) {
    JIXIAO_ASSIGN_OR_RETURN(const auto confirmed, ReadConfirmed("--criterion", criterion));
    v1::WorkConfirmation& confirmation = *request.add_confirmations();
    confirmation.set_criterion_id(confirmed.criterion_id());
    confirmation.set_score_milli(confirmed.score_milli());
    if (!arguments.reason.empty()) confirmation.set_reason(arguments.reason);
  }
  return request;
}

absl::StatusOr<v1::Submission> Confirm(const ConfirmArguments& arguments, v1::ConfirmWorkAssessmentRequest request,
                                       ServiceClient& client) {
  if (arguments.version.has_value()) {
    request.set_version(*arguments.version);
  } else {
    JIXIAO_ASSIGN_OR_RETURN(const v1::Submission current, GetSubmission(client, arguments.name));
    request.set_version(current.current_version());
  }
  JIXIAO_ASSIGN_OR_RETURN(auto response,
                          client.Ask<v1::ConfirmWorkAssessmentResponse>("ConfirmWorkAssessment", request));
  if (!arguments.wait) return std::move(*response.mutable_submission());
  return WaitWhile(client, arguments.name, {v1::Submission::STATE_ACCEPTED});
}

}  // namespace

int RunConfirm(const ConfirmArguments& arguments, ServiceClient& client, const Output& output) {
  const auto request = ReadRequest(arguments);
  if (!request.ok()) {
    output.WriteFailure(arguments.name, request.status());
    return kExitBadInput;
  }
  const auto submission = Confirm(arguments, *request, client);
  if (!submission.ok()) {
    output.WriteFailure(arguments.name, submission.status());
    return kExitRefused;
  }
  if (output.as_json()) {
    output.WriteJson(*submission);
  } else {
    output.Write(PrintSubmission(*submission, "", output.style(), FindingsToExplainOf(*submission)));
  }
  return kExitOk;
}

}  // namespace jixiao::cli
