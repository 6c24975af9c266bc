// Reading submissions, versions and history.
#include <fmt/format.h>

#include <limits>
#include <utility>

#include "absl/strings/numbers.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/domain/page_token.h"
#include "common/rpc/raw_message.h"
#include "intake/core/change/record_change.h"
#include "intake/core/review/compare_reports.h"
#include "intake/core/submission/workflow.h"
#include "intake/rpc/intake_service.h"

namespace jixiao::intake {
namespace {

struct StoredVersion {
  VersionRecord version;
  VersionDocuments documents;
  std::string score_card;
};

absl::StatusOr<StoredVersion> ReadVersion(SubmissionReads& reads, const VersionKey& key) {
  StoredVersion stored;
  JIXIAO_ASSIGN_OR_RETURN(stored.version, Found(reads.FindVersion(key)));
  JIXIAO_ASSIGN_OR_RETURN(stored.documents, Found(reads.FindDocuments(key)));
  JIXIAO_ASSIGN_OR_RETURN(stored.score_card, reads.FindScoreCard(key));
  return stored;
}

}  // namespace

absl::StatusOr<report::v1::Report> ParseStoredReport(const std::string& bytes) {
  report::v1::Report report;
  if (report.ParseFromString(bytes)) return report;
  return MakeError(absl::StatusCode::kDataLoss, "STORED_BYTES_DAMAGED", "存储的报告无法读取，请联系系统管理员核查存储");
}

grpc::ServerUnaryReactor* IntakeService::GetVersion(Context* context, const grpc::ByteBuffer* request,
                                                    grpc::ByteBuffer* response) {
  return runner_.Run(context, "GetVersion", [=, this](const Call&) -> absl::Status {
    JIXIAO_ASSIGN_OR_RETURN(const Subject caller, parts_.callers.Identify(*context));
    return Version(caller, *request, *response);
  });
}

absl::Status IntakeService::Version(const Subject& caller, const grpc::ByteBuffer& request,
                                    grpc::ByteBuffer& response) {
  JIXIAO_ASSIGN_OR_RETURN(const v1::GetVersionRequest asked, ReadRequest<v1::GetVersionRequest>(request));
  JIXIAO_ASSIGN_OR_RETURN(const VersionKey key, ParseVersionName(asked.name(), "name"));
  JIXIAO_RETURN_IF_ERROR(Authorize(caller, Permission::kRead, ResourceOf(key.submission)));
  const auto read = [&key](SubmissionReads& reads) { return ReadVersion(reads, key); };
  JIXIAO_ASSIGN_OR_RETURN(StoredVersion stored, ReadFrom(parts_.store, ReadOperation::kVersion, read));
  using Response = v1::GetVersionResponse;
  std::string message;
  AppendField(Response::kVersionFieldNumber, stored.version.version.SerializeAsString(), message);
  AppendField(Response::kReportFieldNumber, stored.documents.report_bytes, message);
  if (!stored.documents.media_type.empty()) {
    v1::Document original;
    original.set_media_type(stored.documents.media_type);
    if (!stored.documents.file_name.empty()) original.set_file_name(stored.documents.file_name);
    original.set_content(std::move(stored.documents.original_bytes));
    AppendField(Response::kOriginalFieldNumber, original.SerializeAsString(), message);
  }
  if (!stored.score_card.empty()) AppendField(Response::kScoreCardFieldNumber, stored.score_card, message);
  response = ToByteBuffer(std::move(message));
  return absl::OkStatus();
}

absl::StatusOr<v1::Submission> IntakeService::StoredSubmission(const SubmissionKey& key) {
  return ReadFrom(parts_.store, ReadOperation::kSubmission,
                  [&key](SubmissionReads& reads) { return ReadSubmission(reads, key); });
}

absl::StatusOr<v1::Submission> ReadSubmission(SubmissionReads& reads, const SubmissionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(SubmissionRecord record, Found(reads.FindSubmission(key)));
  const VersionKey version = CurrentVersion(record);
  JIXIAO_ASSIGN_OR_RETURN(const std::string card, reads.FindScoreCard(version));
  if (!card.empty() && !record.submission.mutable_score_card()->ParseFromString(card)) {
    return MakeError(absl::StatusCode::kDataLoss, "STORED_BYTES_DAMAGED", "存储的评分结果无法读取，请联系系统管理员");
  }
  JIXIAO_ASSIGN_OR_RETURN(ReviewNotes notes, reads.FindReviewNotes(version));
  for (v1::FindingExplanation& each : notes.explanations) *record.submission.add_explanations() = std::move(each);
  for (v1::WorkConfirmation& each : notes.confirmations) *record.submission.add_work_confirmations() = std::move(each);
  record.submission.set_next_step(NextStep(record.submission));
  return std::move(record.submission);
}

grpc::ServerUnaryReactor* IntakeService::GetSubmission(Context* context, const grpc::ByteBuffer* request,
                                                       grpc::ByteBuffer* response) {
  return RunParsed<v1::GetSubmissionRequest, v1::GetSubmissionResponse>(
      context, "GetSubmission", request, response,
      [this](const Call&, const Subject& caller, const auto& request, auto& response) -> absl::Status {
        JIXIAO_ASSIGN_OR_RETURN(const SubmissionKey key, ParseSubmissionName(request.name(), "name"));
        JIXIAO_RETURN_IF_ERROR(Authorize(caller, Permission::kRead, ResourceOf(key)));
        JIXIAO_ASSIGN_OR_RETURN(*response.mutable_submission(), StoredSubmission(key));
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* IntakeService::ListSubmissions(Context* context, const grpc::ByteBuffer* request,
                                                         grpc::ByteBuffer* response) {
  return RunParsed<v1::ListSubmissionsRequest, v1::ListSubmissionsResponse>(
      context, "ListSubmissions", request, response,
      [this](const Call&, const Subject& caller, const auto& request, auto& response) -> absl::Status {
        return Submissions(caller, request, response);
      });
}

absl::Status IntakeService::Submissions(const Subject& caller, const v1::ListSubmissionsRequest& request,
                                        v1::ListSubmissionsResponse& response) {
  if (request.has_division_code() && !IsDivisionCode(request.division_code())) {
    return BadDivisionCode();
  }
  JIXIAO_ASSIGN_OR_RETURN(const int page_size, PageSize(request.page_size(), 50, 500));
  const std::string filter_text = fmt::format("submissions {} {} {}", request.division_code(), request.fiscal_year(),
                                              static_cast<int>(request.state()));
  JIXIAO_ASSIGN_OR_RETURN(const std::string after_name, ReadPageToken(request.page_token(), filter_text));
  std::optional<SubmissionKey> after;
  if (!after_name.empty()) {
    JIXIAO_ASSIGN_OR_RETURN(after, ParseSubmissionName(after_name, "page_token"));
  }
  ListFilter filter;
  if (request.has_division_code()) filter.division_prefix = DivisionPrefix(request.division_code());
  filter.fiscal_year = request.fiscal_year();
  filter.state = request.state();
  filter.scopes = ScopesOf(caller, Permission::kRead);
  JIXIAO_ASSIGN_OR_RETURN(
      auto records, ReadFrom(parts_.store, ReadOperation::kSubmissions,
                             [&](SubmissionReads& reads) { return reads.Submissions(filter, after, page_size + 1); }));
  const bool has_more = records.size() > static_cast<size_t>(page_size);
  if (has_more) records.pop_back();
  for (SubmissionRecord& record : records) {
    record.submission.set_next_step(NextStep(record.submission));
    *response.add_submissions() = std::move(record.submission);
  }
  if (has_more) {
    response.set_next_page_token(MakePageToken(filter_text, FormatSubmissionName(records.back().key)));
  }
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* IntakeService::ListVersions(Context* context, const grpc::ByteBuffer* request,
                                                      grpc::ByteBuffer* response) {
  return RunParsed<v1::ListVersionsRequest, v1::ListVersionsResponse>(
      context, "ListVersions", request, response,
      [this](const Call&, const Subject& caller, const auto& request, auto& response) -> absl::Status {
        return Versions(caller, request, response);
      });
}

absl::Status IntakeService::Versions(const Subject& caller, const v1::ListVersionsRequest& request,
                                     v1::ListVersionsResponse& response) {
  JIXIAO_ASSIGN_OR_RETURN(const SubmissionKey key, ParseSubmissionName(request.parent(), "parent"));
  JIXIAO_RETURN_IF_ERROR(Authorize(caller, Permission::kRead, ResourceOf(key)));
  JIXIAO_ASSIGN_OR_RETURN(const int page_size, PageSize(request.page_size(), 50, 500));
  const std::string filter = "versions " + request.parent();
  JIXIAO_ASSIGN_OR_RETURN(const std::string place, ReadPageToken(request.page_token(), filter));
  int before = std::numeric_limits<int>::max();
  if (!place.empty()) {
    JIXIAO_ASSIGN_OR_RETURN(const VersionKey last, ParseVersionName(place, "page_token"));
    before = last.version;
  }
  const auto read = [&](SubmissionReads& reads) -> absl::StatusOr<std::vector<VersionRecord>> {
    // An unknown parent is not an empty list.
    JIXIAO_RETURN_IF_ERROR(Found(reads.FindSubmission(key)).status());
    return reads.Versions(key, before, page_size);
  };
  JIXIAO_ASSIGN_OR_RETURN(auto records, ReadFrom(parts_.store, ReadOperation::kVersions, read));
  for (VersionRecord& record : records) *response.add_versions() = std::move(record.version);
  if (!records.empty() && records.back().key.version > 1) {
    response.set_next_page_token(MakePageToken(filter, FormatVersionName(records.back().key)));
  }
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* IntakeService::CompareVersions(Context* context, const grpc::ByteBuffer* request,
                                                         grpc::ByteBuffer* response) {
  return RunParsed<v1::CompareVersionsRequest, v1::CompareVersionsResponse>(
      context, "CompareVersions", request, response,
      [this](const Call&, const Subject& caller, const auto& request, auto& response) -> absl::Status {
        return Compare(caller, request, response);
      });
}

absl::Status IntakeService::Compare(const Subject& caller, const v1::CompareVersionsRequest& request,
                                    v1::CompareVersionsResponse& response) {
  JIXIAO_ASSIGN_OR_RETURN(const VersionKey older_key, ParseVersionName(request.older(), "older"));
  JIXIAO_ASSIGN_OR_RETURN(const VersionKey newer_key, ParseVersionName(request.newer(), "newer"));
  if (older_key.submission != newer_key.submission) {
    return InvalidFields({{"newer", "两个版本必须属于同一份报送"}});
  }
  JIXIAO_RETURN_IF_ERROR(Authorize(caller, Permission::kRead, ResourceOf(older_key.submission)));
  VersionDocuments older, newer;
  JIXIAO_RETURN_IF_ERROR(parts_.store.Read(ReadOperation::kComparison, [&](SubmissionReads& reads) -> absl::Status {
    JIXIAO_ASSIGN_OR_RETURN(older, Found(reads.FindDocuments(older_key)));
    JIXIAO_ASSIGN_OR_RETURN(newer, Found(reads.FindDocuments(newer_key)));
    return absl::OkStatus();
  }));
  JIXIAO_ASSIGN_OR_RETURN(const report::v1::Report older_report, ParseStoredReport(older.report_bytes));
  JIXIAO_ASSIGN_OR_RETURN(const report::v1::Report newer_report, ParseStoredReport(newer.report_bytes));
  for (v1::FieldDifference& difference : CompareReports(older_report, newer_report)) {
    *response.add_differences() = std::move(difference);
  }
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* IntakeService::ListEvents(Context* context, const grpc::ByteBuffer* request,
                                                    grpc::ByteBuffer* response) {
  return RunParsed<v1::ListEventsRequest, v1::ListEventsResponse>(
      context, "ListEvents", request, response,
      [this](const Call&, const Subject& caller, const auto& request, auto& response) -> absl::Status {
        return Events(caller, request, response);
      });
}

absl::Status IntakeService::Events(const Subject& caller, const v1::ListEventsRequest& request,
                                   v1::ListEventsResponse& response) {
  JIXIAO_ASSIGN_OR_RETURN(const SubmissionKey key, ParseSubmissionName(request.parent(), "parent"));
  JIXIAO_RETURN_IF_ERROR(Authorize(caller, Permission::kRead, ResourceOf(key)));
  JIXIAO_ASSIGN_OR_RETURN(const int page_size, PageSize(request.page_size(), 100, 1000));
  const std::string filter = "events " + request.parent();
  JIXIAO_ASSIGN_OR_RETURN(const std::string place, ReadPageToken(request.page_token(), filter));
  int64_t after = 0;
  if (!place.empty() && !absl::SimpleAtoi(place, &after)) return InvalidFields({{"page_token", "翻页标记无效"}});
  SubmissionRecord record;
  std::vector<v1::SubmissionEvent> events;
  JIXIAO_RETURN_IF_ERROR(parts_.store.Read(ReadOperation::kEvents, [&](SubmissionReads& reads) -> absl::Status {
    JIXIAO_ASSIGN_OR_RETURN(record, Found(reads.FindSubmission(key)));
    JIXIAO_ASSIGN_OR_RETURN(events, reads.Events(key, after, page_size));
    return absl::OkStatus();
  }));
  for (v1::SubmissionEvent& event : events) *response.add_events() = std::move(event);
  if (response.events_size() > 0) {
    const int64_t last = response.events(response.events_size() - 1).sequence();
    if (last < record.event_count) response.set_next_page_token(MakePageToken(filter, std::to_string(last)));
  }
  return absl::OkStatus();
}

}  // namespace jixiao::intake
