#include "commands/review/review_many.h"

#include <fmt/format.h>

#include "common/base/status_macros.h"
#include "jixiao/intake/v1/item_failure.pb.h"
#include "jixiao/intake/v1/review.pb.h"

namespace jixiao::cli {
namespace {

namespace v1 = intake::v1;
using Request = v1::ReviewSubmissionsRequest;
using Response = v1::ReviewSubmissionsResponse;

Request RequestFor(const ReviewManyArguments& arguments) {
  Request request;
  request.set_division_code(arguments.division_code);
  request.set_fiscal_year(arguments.fiscal_year);
  if (arguments.kind == "department") request.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  if (arguments.kind == "project") request.set_kind(report::v1::REPORT_KIND_PROJECT);
  request.set_decision(arguments.return_ ? Request::DECISION_RETURN : Request::DECISION_APPROVE);
  // What is returned is mostly what has findings.
  request.set_without_blocking_findings(!arguments.with_blocking);
  request.set_without_unexplained_findings(!arguments.with_unexplained);
  request.set_within_supported_scores(arguments.within_supported);
  request.set_reason(arguments.reason);
  request.set_request_id(arguments.request_id.empty() ? NewRequestId() : arguments.request_id);
  return request;
}

absl::StatusOr<Response> Ask(const Request& request, ServiceClient& client) {
  return client.Ask<Response>("ReviewSubmissions", request);
}

// All calls together, as if it had been one.
absl::StatusOr<Response> AskUntilDone(Request& request, ServiceClient& client) {
  JIXIAO_ASSIGN_OR_RETURN(Response all, Ask(request, client));
  while (all.remaining_count() > 0) {
    JIXIAO_ASSIGN_OR_RETURN(const Response next, Ask(request, client));
    all.set_changed_count(all.changed_count() + next.changed_count());
    // What failed before was tried again.
    all.set_failed_count(next.failed_count());
    *all.mutable_failures() = next.failures();
    all.set_remaining_count(next.remaining_count());
    if (next.changed_count() == 0) break;
  }
  return all;
}

std::string Print(const Request& request, const Response& response) {
  const char* const what = request.decision() == Request::DECISION_RETURN ? "退回" : "审核通过";
  if (request.preview()) return fmt::format("符合条件 {} 份，尚未办理。\n", response.matched_count());
  std::string out = fmt::format("符合条件 {} 份：已{} {} 份，未办成 {} 份。\n", response.matched_count(), what,
                                response.changed_count(), response.failed_count());
  for (const v1::ItemFailure& failure : response.failures()) {
    out += fmt::format("  {}：{}\n", SafeText(failure.submission()), SafeText(failure.message()));
  }
  if (response.failed_count() > response.failures_size()) {
    out += fmt::format("  另有 {} 份未列出。\n", response.failed_count() - response.failures_size());
  }
  if (response.remaining_count() > 0) {
    out += fmt::format("还有 {} 份没有办理，用同一条命令加 --request-id {} 继续。\n", response.remaining_count(),
                       request.request_id());
  }
  return out;
}

}  // namespace

int RunReviewMany(const ReviewManyArguments& arguments, ServiceClient& client, const Output& output) {
  Request request = RequestFor(arguments);
  request.set_preview(arguments.preview);
  if (!arguments.preview && arguments.expected_count.has_value()) {
    request.set_expected_count(*arguments.expected_count);
  }
  const auto response = arguments.preview ? Ask(request, client) : AskUntilDone(request, client);
  if (!response.ok()) {
    output.WriteFailure(arguments.division_code, response.status());
    return kExitRefused;
  }
  if (output.as_json()) {
    output.WriteJson(*response);
  } else {
    output.Write(Print(request, *response));
  }
  return response->failed_count() + response->remaining_count() > 0 ? kExitRefused : kExitOk;
}

}  // namespace jixiao::cli
