#include "commands/review/review.h"

#include <utility>

#include "commands/review/explain.h"
#include "commands/wait.h"
#include "common/base/status_macros.h"
#include "jixiao/intake/v1/review.pb.h"
#include "jixiao/intake/v1/submission.pb.h"
#include "print/submission.h"

namespace jixiao::cli {
namespace {

namespace v1 = intake::v1;

// What every decision names: submission, version, request id.
template <typename Request>
absl::StatusOr<Request> RequestFor(const ReviewArguments& arguments, ServiceClient& client) {
  Request request;
  request.set_name(arguments.name);
  request.set_request_id(arguments.request_id.empty() ? NewRequestId() : arguments.request_id);
  if (arguments.version.has_value()) {
    request.set_version(*arguments.version);
  } else {
    JIXIAO_ASSIGN_OR_RETURN(const v1::Submission current, GetSubmission(client, arguments.name));
    request.set_version(current.current_version());
  }
  return request;
}

// `EXEC_SCORE-1`: a rule's id and a number.
bool IsFindingId(const std::string& text) {
  const size_t dash = text.rfind('-');
  return dash != std::string::npos && dash > 0 && dash + 1 < text.size() &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == dash &&
         text.find_first_not_of("0123456789", dash + 1) == std::string::npos;
}

absl::StatusOr<v1::Submission> Approve(const ReviewArguments& arguments, ServiceClient& client) {
  JIXIAO_ASSIGN_OR_RETURN(auto request, RequestFor<v1::ApproveSubmissionRequest>(arguments, client));
  if (!arguments.reason.empty()) request.set_reason(arguments.reason);
  JIXIAO_ASSIGN_OR_RETURN(auto response, client.Ask<v1::ApproveSubmissionResponse>("ApproveSubmission", request));
  if (!arguments.wait) return std::move(*response.mutable_submission());
  return WaitWhile(client, arguments.name, {v1::Submission::STATE_APPROVED});
}

absl::StatusOr<v1::Submission> Return(const ReviewArguments& arguments, ServiceClient& client) {
  JIXIAO_ASSIGN_OR_RETURN(auto request, RequestFor<v1::ReturnSubmissionRequest>(arguments, client));
  for (const std::string& comment : arguments.comments) *request.add_comments() = ReadComment(comment);
  JIXIAO_ASSIGN_OR_RETURN(auto response, client.Ask<v1::ReturnSubmissionResponse>("ReturnSubmission", request));
  return std::move(*response.mutable_submission());
}

absl::StatusOr<v1::Submission> Withdraw(const ReviewArguments& arguments, ServiceClient& client) {
  JIXIAO_ASSIGN_OR_RETURN(auto request, RequestFor<v1::WithdrawSubmissionRequest>(arguments, client));
  request.set_reason(arguments.reason);
  JIXIAO_ASSIGN_OR_RETURN(auto response, client.Ask<v1::WithdrawSubmissionResponse>("WithdrawSubmission", request));
  return std::move(*response.mutable_submission());
}

int Show(const ReviewArguments& arguments, const absl::StatusOr<v1::Submission>& submission, const Output& output) {
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

}  // namespace

v1::ReviewComment ReadComment(const std::string& text) {
  v1::ReviewComment comment;
  const size_t at = text.rfind('@');
  comment.set_text(text.substr(0, at));
  if (at == std::string::npos) return comment;
  const std::string about = text.substr(at + 1);
  if (IsFindingId(about)) {
    comment.set_finding_id(about);
  } else {
    comment.mutable_address()->set_label(about);
  }
  return comment;
}

int RunApprove(const ReviewArguments& arguments, ServiceClient& client, const Output& output) {
  return Show(arguments, Approve(arguments, client), output);
}

int RunReturn(const ReviewArguments& arguments, ServiceClient& client, const Output& output) {
  return Show(arguments, Return(arguments, client), output);
}

int RunWithdraw(const ReviewArguments& arguments, ServiceClient& client, const Output& output) {
  return Show(arguments, Withdraw(arguments, client), output);
}

}  // namespace jixiao::cli
