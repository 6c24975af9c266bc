#include "commands/review/explain.h"

#include <utility>

#include "commands/read_file.h"
#include "commands/wait.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "google/protobuf/text_format.h"
#include "intake/core/review/findings_to_explain.h"
#include "jixiao/intake/v1/review.pb.h"
#include "jixiao/intake/v1/submission.pb.h"
#include "jixiao/scoring/v1/explanation_kinds.pb.h"
#include "print/review_notes.h"
#include "print/submission.h"

namespace jixiao::cli {
namespace {

namespace v1 = intake::v1;

absl::StatusOr<v1::Submission> Explain(const ExplainArguments& arguments, ServiceClient& client) {
  v1::ExplainFindingRequest request;
  request.set_name(arguments.name);
  request.set_finding_id(arguments.finding_id);
  request.set_explanation(arguments.text);
  request.set_request_id(arguments.request_id.empty() ? NewRequestId() : arguments.request_id);
  if (arguments.version.has_value()) {
    request.set_version(*arguments.version);
  } else {
    JIXIAO_ASSIGN_OR_RETURN(const v1::Submission current, GetSubmission(client, arguments.name));
    request.set_version(current.current_version());
  }
  JIXIAO_ASSIGN_OR_RETURN(auto response, client.Ask<v1::ExplainFindingResponse>("ExplainFinding", request));
  return std::move(*response.mutable_submission());
}

int List(const ExplainArguments& arguments, ServiceClient& client, const Output& output) {
  const auto submission = GetSubmission(client, arguments.name);
  if (!submission.ok()) {
    output.WriteFailure(arguments.name, submission.status());
    return kExitRefused;
  }
  if (output.as_json()) {
    output.WriteJson(*submission);
  } else {
    output.Write(PrintToExplain(*submission, FindingsToExplainOf(*submission), output.style()));
  }
  return kExitOk;
}

}  // namespace

std::vector<std::string> FindingsToExplainOf(const v1::Submission& submission) {
  std::vector<std::string> ids;
  if (submission.state() != v1::Submission::STATE_SCORED) return ids;
  for (const scoring::v1::Finding* finding : intake::FindingsToExplain(submission.score_card())) {
    ids.push_back(finding->id());
  }
  return ids;
}

int RunExplain(const ExplainArguments& arguments, ServiceClient& client, const Output& output) {
  if (arguments.finding_id.empty()) return List(arguments, client, output);
  const auto submission = Explain(arguments, client);
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

int RunExplanationKinds(const std::string& rule_sets_folder, const Output& output) {
  const std::string path = rule_sets_folder + "/explanations.textproto";
  const absl::StatusOr<std::string> text = ReadFile(path);
  scoring::v1::ExplanationKinds kinds;
  if (!text.ok() || !google::protobuf::TextFormat::ParseFromString(*text, &kinds)) {
    output.WriteFailure(path, text.ok() ? InvalidFields({{path, "说明类型清单读不出，请核对文件"}}) : text.status());
    return kExitBadInput;
  }
  if (output.as_json()) {
    output.WriteJson(kinds);
  } else {
    output.Write(PrintExplanationKinds(kinds, output.style()));
  }
  return kExitOk;
}

}  // namespace jixiao::cli
