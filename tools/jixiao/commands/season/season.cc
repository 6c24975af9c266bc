#include "commands/season/season.h"

#include <fmt/format.h>

#include <vector>

#include "commands/season/calendar.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/domain/china_time.h"
#include "common/domain/working_calendar.h"
#include "jixiao/intake/v1/season.pb.h"
#include "jixiao/intake/v1/submission.pb.h"
#include "print/season.h"

namespace jixiao::cli {
namespace {

namespace v1 = intake::v1;

std::string RequestId(const std::string& given) { return given.empty() ? NewRequestId() : given; }

// The first second after the day before, the last of the day itself.
void SetBeginning(absl::CivilDay day, google::protobuf::Timestamp& time) {
  time.set_seconds(absl::ToUnixSeconds(EndOfChinaDay(day - 1)) + 1);
}
void SetEnd(absl::CivilDay day, google::protobuf::Timestamp& time) {
  time.set_seconds(absl::ToUnixSeconds(EndOfChinaDay(day)));
}

absl::StatusOr<v1::SetSeasonRequest> RequestFor(const SeasonSetArguments& arguments) {
  v1::SetSeasonRequest request;
  v1::Season& season = *request.mutable_season();
  season.set_name(arguments.name);
  season.set_rule_set(arguments.rule_set);
  JIXIAO_ASSIGN_OR_RETURN(const absl::CivilDay opening, ReadDay("--opens", arguments.opening));
  JIXIAO_ASSIGN_OR_RETURN(const absl::CivilDay deadline, ReadDay("--deadline", arguments.deadline));
  SetBeginning(opening, *season.mutable_opening_time());
  SetEnd(deadline, *season.mutable_deadline());
  if (arguments.is_closed) season.set_is_closed(true);
  request.set_request_id(RequestId(arguments.request_id));
  return request;
}

absl::StatusOr<v1::ExtendDeadlineRequest> RequestFor(const SeasonExtendArguments& arguments) {
  v1::ExtendDeadlineRequest request;
  request.set_season(arguments.season);
  request.set_unit(arguments.unit);
  JIXIAO_ASSIGN_OR_RETURN(const absl::CivilDay deadline, ReadDay("--deadline", arguments.deadline));
  SetEnd(deadline, *request.mutable_deadline());
  request.set_reason(arguments.reason);
  request.set_request_id(RequestId(arguments.request_id));
  return request;
}

int Show(const std::string& about, const absl::Status& status, const v1::Season& season, const Output& output) {
  if (!status.ok()) {
    output.WriteFailure(about, status);
    return kExitRefused;
  }
  if (output.as_json()) {
    output.WriteJson(season);
  } else {
    output.Write(PrintSeason(season, output.style()));
  }
  return kExitOk;
}

template <typename Response, typename Request>
int AskAndShow(const std::string& method, const std::string& about, const Request& request, ServiceClient& client,
               const Output& output) {
  const auto response = client.Ask<Response>(method, request);
  return Show(about, response.status(), response.ok() ? response->season() : v1::Season(), output);
}

int BadInput(const std::string& about, const absl::Status& status, const Output& output) {
  output.WriteFailure(about, status);
  return kExitBadInput;
}

}  // namespace

int RunSeasonSet(const SeasonSetArguments& arguments, ServiceClient& client, const Output& output) {
  const auto request = RequestFor(arguments);
  if (!request.ok()) return BadInput(arguments.name, request.status(), output);
  return AskAndShow<v1::SetSeasonResponse>("SetSeason", arguments.name, *request, client, output);
}

int RunSeasonGet(const std::string& name, ServiceClient& client, const Output& output) {
  v1::GetSeasonRequest request;
  request.set_name(name);
  return AskAndShow<v1::GetSeasonResponse>("GetSeason", name, request, client, output);
}

int RunSeasonExtend(const SeasonExtendArguments& arguments, ServiceClient& client, const Output& output) {
  const auto request = RequestFor(arguments);
  if (!request.ok()) return BadInput(arguments.unit, request.status(), output);
  return AskAndShow<v1::ExtendDeadlineResponse>("ExtendDeadline", arguments.unit, *request, client, output);
}

int RunProgress(const ProgressArguments& arguments, ServiceClient& client, const Output& output) {
  v1::GetSeasonProgressRequest request;
  request.set_name(fmt::format("seasons/{}.{}.{}", arguments.division_code, arguments.fiscal_year, arguments.kind));
  request.set_division_code(arguments.division_code);
  const auto response = client.Ask<v1::GetSeasonProgressResponse>("GetSeasonProgress", request);
  if (!response.ok()) {
    output.WriteFailure(arguments.division_code, response.status());
    return kExitRefused;
  }
  if (output.as_json()) {
    output.WriteJson(*response);
    return kExitOk;
  }
  const auto divisions = Divisions::Load(arguments.rule_sets_folder + "/divisions.textproto");
  if (!divisions.ok()) return BadInput(arguments.rule_sets_folder, divisions.status(), output);
  const std::vector<v1::SeasonProgress> children(response->children().begin(), response->children().end());
  output.Write(PrintProgress(response->progress(), children, *divisions, arguments.max_missing, output.style()));
  return kExitOk;
}

}  // namespace jixiao::cli
