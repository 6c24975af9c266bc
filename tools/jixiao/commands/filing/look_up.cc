#include "commands/filing/look_up.h"

#include <fmt/format.h>

#include <algorithm>

#include "commands/filing/archive.h"
#include "commands/review/explain.h"
#include "commands/wait.h"
#include "common/base/status_macros.h"
#include "jixiao/intake/v1/lookup.pb.h"
#include "jixiao/intake/v1/submission.pb.h"
#include "print/checked_report.h"
#include "print/submission.h"

namespace jixiao::cli {
namespace {

namespace v1 = intake::v1;

std::string VersionOf(const std::string& submission, int version) {
  return fmt::format("{}/versions/{}", submission, version);
}

int Fail(const std::string& about, const absl::Status& status, const Output& output) {
  output.WriteFailure(about, status);
  return kExitRefused;
}

void WriteSubmission(const v1::Submission& submission, const std::string& page_base, const Output& output) {
  if (output.as_json()) {
    output.WriteJson(submission);
  } else {
    output.Write(PrintSubmission(submission, page_base, output.style(), FindingsToExplainOf(submission)));
  }
}

// Page by page, so that a province's worth does not have to fit in memory.
int ListAll(const StatusArguments& arguments, ServiceClient& client, const Output& output) {
  v1::ListSubmissionsRequest request;
  if (!arguments.division_code.empty()) request.set_division_code(arguments.division_code);
  if (arguments.fiscal_year.has_value()) request.set_fiscal_year(*arguments.fiscal_year);
  int count = 0;
  do {
    const auto response = client.Ask<v1::ListSubmissionsResponse>("ListSubmissions", request);
    if (!response.ok()) return Fail(client.server(), response.status(), output);
    for (const v1::Submission& submission : response->submissions()) {
      WriteSubmission(submission, arguments.page_base, output);
      ++count;
    }
    request.set_page_token(response->next_page_token());
  } while (!request.page_token().empty());
  if (count == 0 && !output.as_json()) output.Write("没有报送记录。\n");
  return kExitOk;
}

absl::StatusOr<v1::GetVersionResponse> GetVersion(const ShowArguments& arguments, ServiceClient& client) {
  v1::GetVersionRequest request;
  JIXIAO_ASSIGN_OR_RETURN(*request.mutable_name(), VersionName(arguments.name, arguments.version, client));
  return client.Ask<v1::GetVersionResponse>("GetVersion", request);
}

}  // namespace

int RunStatus(const StatusArguments& arguments, ServiceClient& client, const Output& output) {
  if (arguments.names.empty()) return ListAll(arguments, client, output);
  int exit_code = kExitOk;
  for (const std::string& name : arguments.names) {
    const auto submission = GetSubmission(client, name);
    if (submission.ok()) {
      WriteSubmission(*submission, arguments.page_base, output);
    } else {
      exit_code = std::max(exit_code, Fail(name, submission.status(), output));
    }
  }
  return exit_code;
}

int RunShow(const ShowArguments& arguments, ServiceClient& client, const Output& output) {
  auto response = GetVersion(arguments, client);
  if (!response.ok()) return Fail(arguments.name, response.status(), output);
  if (output.as_json()) {
    // The original document names people; programs that need it ask intake.
    response->clear_original();
    response->mutable_report()->clear_contacts();
    output.WriteJson(*response);
    return kExitOk;
  }
  if (!response->has_score_card()) {
    output.Write(fmt::format("{}：还没有评分。\n", response->version().name()));
    return kExitOk;
  }
  output.Write(PrintCheckedReport(response->version().name(), response->report(), response->score_card(),
                                  arguments.with_trace, output.style()));
  return kExitOk;
}

int RunDiff(const DiffArguments& arguments, ServiceClient& client, const Output& output) {
  v1::CompareVersionsRequest request;
  request.set_older(VersionOf(arguments.name, arguments.older));
  request.set_newer(VersionOf(arguments.name, arguments.newer));
  const auto response = client.Ask<v1::CompareVersionsResponse>("CompareVersions", request);
  if (!response.ok()) return Fail(arguments.name, response.status(), output);
  if (output.as_json()) {
    output.WriteJson(*response);
    return kExitOk;
  }
  if (response->differences().empty()) output.Write("两个版本内容相同。\n");
  for (const auto& difference : response->differences()) output.Write(PrintDifference(difference, output.style()));
  return kExitOk;
}

int RunHistory(const std::string& name, ServiceClient& client, const Output& output) {
  v1::ListEventsRequest request;
  request.set_parent(name);
  do {
    const auto response = client.Ask<v1::ListEventsResponse>("ListEvents", request);
    if (!response.ok()) return Fail(name, response.status(), output);
    for (const auto& event : response->events()) {
      if (output.as_json()) {
        output.WriteJson(event);
      } else {
        output.Write(PrintEvent(event, output.style()));
      }
    }
    request.set_page_token(response->next_page_token());
  } while (!request.page_token().empty());
  return kExitOk;
}

int RunPing(ServiceClient& client, const Output& output) {
  const absl::Status status = client.WaitUntilServing();
  if (!status.ok()) return Fail(client.server(), status, output);
  output.Write(output.as_json() ? "{\"status\":\"SERVING\"}\n" : fmt::format("{} 可以提供服务。\n", client.server()));
  return kExitOk;
}

}  // namespace jixiao::cli
