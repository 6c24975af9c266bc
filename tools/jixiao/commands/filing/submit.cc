#include "commands/filing/submit.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "commands/progress.h"
#include "commands/read_file.h"
#include "commands/wait.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "intake/reader/blocks/document_kind.h"
#include "jixiao/intake/v1/filing.pb.h"
#include "jixiao/intake/v1/submission.pb.h"
#include "print/submission.h"

namespace jixiao::cli {
namespace {

namespace v1 = intake::v1;

v1::SubmitReportRequest RequestFor(const SubmitArguments& arguments, const std::string& file, std::string content) {
  v1::SubmitReportRequest request;
  request.set_request_id(arguments.request_id.empty() ? NewRequestId() : arguments.request_id);
  if (arguments.base_version.has_value()) request.set_base_version(*arguments.base_version);
  auto& document = *request.mutable_document();
  document.set_media_type(std::string(intake::MediaTypeOf(intake::DocumentKindOf(content))));
  const std::string file_name = std::filesystem::path(file).filename().string();
  if (IsCleanUtf8(file_name)) document.set_file_name(file_name);
  document.set_content(std::move(content));
  if (!arguments.unit_code.empty()) document.mutable_unit()->set_code(arguments.unit_code);
  if (!arguments.division_code.empty()) document.mutable_unit()->set_division_code(arguments.division_code);
  return request;
}

std::string SubmissionOf(const v1::Receipt& receipt) {
  return receipt.submission_version().substr(0, receipt.submission_version().find("/versions/"));
}

std::string SubmittedJson(const std::string& file, const v1::SubmitReportResponse& response,
                          const v1::Submission* submission) {
  const std::string state = submission == nullptr ? "" : ",\"submission\":" + ToJson(*submission);
  return fmt::format("{{\"about\":{},\"submitted\":{}{}}}\n", JsonQuote(file), ToJson(response), state);
}

int SubmitOne(const SubmitArguments& arguments, const std::string& file, ServiceClient& client, const Output& output) {
  absl::StatusOr<std::string> content = ReadFile(file, intake::kMaxFiledDocumentBytes);
  if (!content.ok()) {
    output.WriteFailure(file, content.status());
    return kExitBadInput;
  }
  const auto response =
      client.Ask<v1::SubmitReportResponse>("SubmitReport", RequestFor(arguments, file, *std::move(content)));
  if (!response.ok()) {
    output.WriteFailure(file, response.status());
    return kExitRefused;
  }
  if (!output.as_json()) output.Write(PrintReceipt(response->receipt(), response->is_identical(), output.style()));
  if (!arguments.wait) {
    if (output.as_json()) output.Write(SubmittedJson(file, *response, nullptr));
    return kExitOk;
  }
  const auto scored = WaitWhile(client, SubmissionOf(response->receipt()), {v1::Submission::STATE_ACCEPTED});
  if (!scored.ok()) {
    output.WriteFailure(SubmissionOf(response->receipt()), scored.status());
    return kExitRefused;
  }
  output.Write(output.as_json() ? SubmittedJson(file, *response, &*scored)
                                : PrintSubmission(*scored, "", output.style()));
  return kExitOk;
}

}  // namespace

int RunSubmit(const SubmitArguments& arguments, ServiceClient& client, const Output& output) {
  int exit_code = kExitOk;
  Progress progress(arguments.files.size());
  for (const std::string& file : arguments.files) {
    progress.Hide();
    exit_code = std::max(exit_code, SubmitOne(arguments, file, client, output));
    progress.Advance();
  }
  return exit_code;
}

}  // namespace jixiao::cli
