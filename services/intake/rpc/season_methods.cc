// Roster, seasons, extensions and progress.
#include <fmt/format.h>

#include <utility>

#include "absl/strings/numbers.h"
#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/domain/page_token.h"
#include "intake/core/season/roster.h"
#include "intake/core/season/season.h"
#include "intake/core/season/season_progress.h"
#include "intake/rpc/intake_service.h"

namespace jixiao::intake {
namespace {

// Place in the list of entries: `{unit name} {first year}`.
std::string PlaceOf(const RosterEntry& entry) {
  return fmt::format("{} {}", FormatUnitName(entry.key), entry.unit.first_fiscal_year());
}

absl::StatusOr<std::optional<RosterEntry>> ReadPlace(const std::string& place) {
  if (place.empty()) return std::nullopt;
  const size_t blank = place.rfind(' ');
  RosterEntry entry;
  int32_t first_year = 0;
  if (blank == std::string::npos || !absl::SimpleAtoi(place.substr(blank + 1), &first_year)) {
    return InvalidFields({{"page_token", "翻页标记无效，请从第一页重新查询"}});
  }
  JIXIAO_ASSIGN_OR_RETURN(entry.key, ParseUnitName(place.substr(0, blank), "page_token"));
  entry.unit.set_first_fiscal_year(first_year);
  return entry;
}

// What a list of `division_code` is restricted to: all of it, or its own level
// for who may read no more.
absl::StatusOr<std::string> ReadableRosterPrefix(const Subject& caller, const std::string& division_code, int year) {
  const absl::Status whole = Authorize(caller, Permission::kReadRoster, {division_code, "", year});
  if (whole.ok()) return DivisionPrefix(division_code);
  for (const Scope& scope : ScopesOf(caller, Permission::kReadRoster)) {
    const bool is_own_level = scope.kind == Scope::Kind::kOwnLevel && scope.division_code == division_code;
    if (is_own_level && (year == 0 || (year >= scope.first_fiscal_year && year <= scope.last_fiscal_year))) {
      return division_code;
    }
  }
  return whole;
}

absl::StatusOr<v1::Season> StoredSeason(SubmissionStore& store, const SeasonKey& key) {
  return ReadFrom(store, ReadOperation::kSeason, [&key](SubmissionReads& reads) { return ReadSeason(reads, key); });
}

}  // namespace

grpc::ServerUnaryReactor* IntakeService::ImportRoster(Context* context, const grpc::ByteBuffer* request,
                                                      grpc::ByteBuffer* response) {
  return RunParsed<v1::ImportRosterRequest, v1::ImportRosterResponse>(
      context, "ImportRoster", request, response,
      [this](const Call& call, const Subject& caller, const auto& request, auto& response) -> absl::Status {
        JIXIAO_ASSIGN_OR_RETURN(RosterImport import, ReadRosterImport(request));
        JIXIAO_RETURN_IF_ERROR(AuthorizeImport(caller, import));
        import.actor = caller.id;
        import.time = parts_.clock.Now();
        RosterOutcome outcome;
        JIXIAO_RETURN_IF_ERROR(WriteAndWait(parts_.store, [&](SubmissionTransaction& transaction) -> absl::Status {
          JIXIAO_ASSIGN_OR_RETURN(outcome, jixiao::intake::ImportRoster(transaction, import));
          return absl::OkStatus();
        }));
        response.set_written_count(outcome.written);
        response.set_new_count(outcome.added);
        for (std::string& heading : import.ignored_headings) response.add_ignored_headings(std::move(heading));
        if (!import.is_preview) {
          LogInfo("roster_imported", {{"division", import.division_code},
                                      {"written", outcome.written},
                                      {"new", outcome.added},
                                      {"trace_id", call.trace_id}});
        }
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* IntakeService::ListRosterUnits(Context* context, const grpc::ByteBuffer* request,
                                                         grpc::ByteBuffer* response) {
  return RunParsed<v1::ListRosterUnitsRequest, v1::ListRosterUnitsResponse>(
      context, "ListRosterUnits", request, response,
      [this](const Call&, const Subject& caller, const auto& request, auto& response) -> absl::Status {
        return RosterUnits(caller, request, response);
      });
}

absl::Status IntakeService::RosterUnits(const Subject& caller, const v1::ListRosterUnitsRequest& request,
                                        v1::ListRosterUnitsResponse& response) {
  if (!IsDivisionCode(request.division_code())) {
    return BadDivisionCode();
  }
  JIXIAO_ASSIGN_OR_RETURN(const int page_size, PageSize(request.page_size(), 50, 500));
  JIXIAO_ASSIGN_OR_RETURN(const std::string prefix,
                          ReadableRosterPrefix(caller, request.division_code(), request.fiscal_year()));
  const std::string filter = fmt::format("roster {} {}", prefix, request.fiscal_year());
  JIXIAO_ASSIGN_OR_RETURN(const std::string place, ReadPageToken(request.page_token(), filter));
  JIXIAO_ASSIGN_OR_RETURN(const std::optional<RosterEntry> after, ReadPlace(place));
  JIXIAO_ASSIGN_OR_RETURN(auto entries,
                          ReadFrom(parts_.store, ReadOperation::kRosterUnits, [&](SubmissionReads& reads) {
                            return reads.RosterUnits(prefix, request.fiscal_year(), after, page_size + 1);
                          }));
  const bool has_more = entries.size() > static_cast<size_t>(page_size);
  if (has_more) {
    entries.pop_back();
    response.set_next_page_token(MakePageToken(filter, PlaceOf(entries.back())));
  }
  for (RosterEntry& entry : entries) *response.add_units() = std::move(entry.unit);
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* IntakeService::SetSeason(Context* context, const grpc::ByteBuffer* request,
                                                   grpc::ByteBuffer* response) {
  return RunParsed<v1::SetSeasonRequest, v1::SetSeasonResponse>(
      context, "SetSeason", request, response,
      [this](const Call& call, const Subject& caller, const auto& request, auto& response) -> absl::Status {
        JIXIAO_ASSIGN_OR_RETURN(SeasonChange change, ReadSeasonChange(request));
        JIXIAO_RETURN_IF_ERROR(
            Authorize(caller, Permission::kManageSeason, {change.key.division_code, "", change.key.fiscal_year}));
        change.actor = caller.id;
        change.time = parts_.clock.Now();
        JIXIAO_RETURN_IF_ERROR(WriteAndWait(parts_.store, [&change](SubmissionTransaction& transaction) {
          return jixiao::intake::SetSeason(transaction, change);
        }));
        LogInfo("season_set", {{"season", change.season.name()}, {"trace_id", call.trace_id}});
        JIXIAO_ASSIGN_OR_RETURN(*response.mutable_season(), StoredSeason(parts_.store, change.key));
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* IntakeService::GetSeason(Context* context, const grpc::ByteBuffer* request,
                                                   grpc::ByteBuffer* response) {
  return RunParsed<v1::GetSeasonRequest, v1::GetSeasonResponse>(
      context, "GetSeason", request, response,
      [this](const Call&, const Subject& caller, const auto& request, auto& response) -> absl::Status {
        JIXIAO_ASSIGN_OR_RETURN(const SeasonKey key, ParseSeasonName(request.name(), "name"));
        JIXIAO_RETURN_IF_ERROR(AuthorizeSeason(caller, key));
        JIXIAO_ASSIGN_OR_RETURN(*response.mutable_season(), StoredSeason(parts_.store, key));
        HideExtensions(caller, key, *response.mutable_season());
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* IntakeService::ExtendDeadline(Context* context, const grpc::ByteBuffer* request,
                                                        grpc::ByteBuffer* response) {
  return RunParsed<v1::ExtendDeadlineRequest, v1::ExtendDeadlineResponse>(
      context, "ExtendDeadline", request, response,
      [this](const Call& call, const Subject& caller, const auto& request, auto& response) -> absl::Status {
        JIXIAO_ASSIGN_OR_RETURN(DeadlineChange change, ReadDeadlineChange(request));
        // Who set the deadline gives exceptions from it.
        JIXIAO_RETURN_IF_ERROR(
            Authorize(caller, Permission::kManageSeason, {change.season.division_code, "", change.season.fiscal_year}));
        change.actor = caller.id;
        change.time = parts_.clock.Now();
        JIXIAO_RETURN_IF_ERROR(WriteAndWait(parts_.store, [&change](SubmissionTransaction& transaction) {
          return jixiao::intake::ExtendDeadline(transaction, change);
        }));
        LogInfo("deadline_extended",
                {{"season", request.season()}, {"unit", request.unit()}, {"trace_id", call.trace_id}});
        JIXIAO_ASSIGN_OR_RETURN(*response.mutable_season(), StoredSeason(parts_.store, change.season));
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* IntakeService::GetSeasonProgress(Context* context, const grpc::ByteBuffer* request,
                                                           grpc::ByteBuffer* response) {
  return RunParsed<v1::GetSeasonProgressRequest, v1::GetSeasonProgressResponse>(
      context, "GetSeasonProgress", request, response,
      [this](const Call&, const Subject& caller, const auto& request, auto& response) -> absl::Status {
        JIXIAO_ASSIGN_OR_RETURN(const ProgressQuestion question, ReadProgressQuestion(caller, request));
        JIXIAO_ASSIGN_OR_RETURN(
            response, ReadFrom(parts_.store, ReadOperation::kProgress,
                               [&question](SubmissionReads& reads) { return CountSeasonProgress(reads, question); }));
        return absl::OkStatus();
      });
}

}  // namespace jixiao::intake
