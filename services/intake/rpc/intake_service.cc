#include "intake/rpc/intake_service.h"

#include <fmt/format.h>

#include <limits>
#include <memory>
#include <utility>

#include "absl/strings/numbers.h"
#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/rpc/raw_message.h"
#include "intake/core/compare_reports.h"
#include "intake/core/submission_review.h"
#include "intake/core/workflow.h"
#include "intake/rpc/list_pages.h"

namespace jixiao::intake {
namespace {

constexpr char kActorKey[] = "x-jixiao-actor";

// Fields that only some review requests have.
std::string ReasonOfStep(const v1::ReturnSubmissionRequest&) { return std::string(); }
template <typename Request>
std::string ReasonOfStep(const Request& request) {
  return request.reason();
}
std::vector<v1::ReviewComment> CommentsOfStep(const v1::ReturnSubmissionRequest& request) {
  return {request.comments().begin(), request.comments().end()};
}
template <typename Request>
std::vector<v1::ReviewComment> CommentsOfStep(const Request&) {
  return {};
}

absl::StatusOr<report::v1::Report> ParseStored(const std::string& bytes) {
  report::v1::Report report;
  if (report.ParseFromString(bytes)) return report;
  return MakeError(absl::StatusCode::kDataLoss, "STORED_BYTES_DAMAGED", "存储的报告无法读取，请联系系统管理员核查存储");
}

}  // namespace

const std::vector<std::string>& IntakeMethods() {
  static const auto* const methods = new std::vector<std::string>{
      "SubmitReport",    "CheckReport", "GetSubmission",     "ListSubmissions",  "GetVersion",        "ListVersions",
      "CompareVersions", "ListEvents",  "ApproveSubmission", "ReturnSubmission", "WithdrawSubmission"};
  return *methods;
}

FilingMetrics::FilingMetrics(Metrics& metrics)
    : outcomes_(metrics, "jixiao_intake_submissions_total", "Filings by how they ended.", "outcome",
                {"new_version", "identical", "replayed", "refused", "failed"}) {}

void FilingMetrics::Count(const absl::StatusOr<FilingAnswer>& answer) {
  if (!answer.ok()) {
    switch (answer.status().code()) {
      case absl::StatusCode::kInvalidArgument:
      case absl::StatusCode::kAlreadyExists:
      case absl::StatusCode::kAborted:
      case absl::StatusCode::kFailedPrecondition: return outcomes_.Increment("refused");
      default: return outcomes_.Increment("failed");
    }
  }
  switch (answer->outcome) {
    case FilingOutcome::kNewVersion: return outcomes_.Increment("new_version");
    case FilingOutcome::kIdentical: return outcomes_.Increment("identical");
    case FilingOutcome::kReplayed: return outcomes_.Increment("replayed");
  }
}

absl::StatusOr<std::string> ActorOf(const grpc::CallbackServerContext& context) {
  const auto found = context.client_metadata().find(kActorKey);
  if (found == context.client_metadata().end()) return std::string("anonymous");
  const std::string actor(found->second.data(), found->second.size());
  constexpr char kAllowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
  if (!actor.empty() && actor.size() <= 64 && actor.find_first_not_of(kAllowed) == std::string::npos) return actor;
  return InvalidFields({{kActorKey, "办理人标识应为 1 至 64 位字母、数字、点、短横线或下划线"}});
}

grpc::ServerUnaryReactor* IntakeService::SubmitReport(Context* context, const grpc::ByteBuffer* request,
                                                      grpc::ByteBuffer* response) {
  return runner_.RunAsync(context, "SubmitReport", [=, this](const Call& call, const CallRunner::Done& done) {
    const absl::StatusOr<std::string> actor = ActorOf(*context);
    if (!actor.ok()) return done(actor.status());
    Submit(call, *actor, *request, *response, done);
  });
}

void IntakeService::Submit(const Call& call, const std::string& actor, const grpc::ByteBuffer& request,
                           grpc::ByteBuffer& response, const CallRunner::Done& done) {
  const absl::Time receive_time = parts_.clock.Now();
  absl::StatusOr<Filing> filing = ReadSubmitRequest(ToBytes(request), parts_.reader);
  if (!filing.ok()) {
    parts_.metrics.Count(filing.status());
    return done(filing.status());
  }
  filing->receive_time = receive_time;
  filing->trace_id = call.trace_id;
  filing->actor = actor;
  jixiao::intake::Submit(parts_.store, *std::move(filing),
                         [this, &response, done, trace_id = call.trace_id](const absl::StatusOr<FilingAnswer>& answer) {
                           parts_.metrics.Count(answer);
                           if (!answer.ok()) return done(answer.status());
                           LogInfo("submission_accepted", {{"submission_version", answer->receipt.submission_version()},
                                                           {"report_digest", answer->receipt.report_digest()},
                                                           {"is_new", answer->outcome == FilingOutcome::kNewVersion},
                                                           {"trace_id", trace_id}});
                           v1::SubmitReportResponse message;
                           *message.mutable_receipt() = answer->receipt;
                           message.set_is_identical(answer->is_identical);
                           response = ToByteBuffer(message.SerializeAsString());
                           done(absl::OkStatus());
                           if (answer->outcome == FilingOutcome::kNewVersion) parts_.on_task();
                         });
}

grpc::ServerUnaryReactor* IntakeService::CheckReport(Context* context, const grpc::ByteBuffer* request,
                                                     grpc::ByteBuffer* response) {
  return runner_.RunAsync(context, "CheckReport", [=, this](const Call& call, const CallRunner::Done& done) {
    Check(call, *request, *response, done);
  });
}

void IntakeService::Check(const Call& call, const grpc::ByteBuffer& request, grpc::ByteBuffer& response,
                          const CallRunner::Done& done) {
  absl::StatusOr<CheckDraft> draft = ReadCheckRequest(ToBytes(request), parts_.reader);
  if (!draft.ok()) return done(draft.status());
  std::string message;
  AppendField(v1::CheckReportResponse::kReportFieldNumber, draft->report_bytes, message);
  ScoringCall scoring{std::move(draft->report_bytes), std::move(draft->report_digest), std::move(draft->rule_set),
                      call.deadline, call.trace_id};
  parts_.scoring.Score(std::move(scoring), [&response, done, message = std::move(message)](
                                               const absl::StatusOr<std::string>& card) mutable {
    if (!card.ok()) return done(card.status());
    AppendField(v1::CheckReportResponse::kScoreCardFieldNumber, *card, message);
    response = ToByteBuffer(std::move(message));
    done(absl::OkStatus());
  });
}

grpc::ServerUnaryReactor* IntakeService::GetVersion(Context* context, const grpc::ByteBuffer* request,
                                                    grpc::ByteBuffer* response) {
  return runner_.Run(context, "GetVersion", [=, this](const Call&) { return Version(*request, *response); });
}

absl::Status IntakeService::Version(const grpc::ByteBuffer& request, grpc::ByteBuffer& response) {
  v1::GetVersionRequest asked;
  if (!asked.ParseFromString(ToBytes(request))) return InvalidFields({{"name", "报文已损坏，无法读取"}});
  JIXIAO_ASSIGN_OR_RETURN(const VersionKey key, ParseVersionName(asked.name(), "name"));
  JIXIAO_ASSIGN_OR_RETURN(const VersionRecord version, parts_.store.GetVersion(key));
  JIXIAO_ASSIGN_OR_RETURN(VersionDocuments documents, parts_.store.GetDocuments(key));
  JIXIAO_ASSIGN_OR_RETURN(const std::string card, parts_.store.GetScoreCard(key));
  using Response = v1::GetVersionResponse;
  std::string message;
  AppendField(Response::kVersionFieldNumber, version.version.SerializeAsString(), message);
  AppendField(Response::kReportFieldNumber, documents.report_bytes, message);
  if (!documents.media_type.empty()) {
    v1::Document original;
    original.set_media_type(documents.media_type);
    if (!documents.file_name.empty()) original.set_file_name(documents.file_name);
    original.set_content(std::move(documents.original_bytes));
    AppendField(Response::kOriginalFieldNumber, original.SerializeAsString(), message);
  }
  if (!card.empty()) AppendField(Response::kScoreCardFieldNumber, card, message);
  response = ToByteBuffer(std::move(message));
  return absl::OkStatus();
}

absl::StatusOr<v1::Submission> IntakeService::ReadSubmission(const SubmissionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(SubmissionRecord record, parts_.store.GetSubmission(key));
  JIXIAO_ASSIGN_OR_RETURN(const std::string card,
                          parts_.store.GetScoreCard({key, record.submission.current_version()}));
  if (!card.empty() && !record.submission.mutable_score_card()->ParseFromString(card)) {
    return MakeError(absl::StatusCode::kDataLoss, "STORED_BYTES_DAMAGED", "存储的评分结果无法读取，请联系系统管理员");
  }
  record.submission.set_next_step(NextStep(record.submission));
  return std::move(record.submission);
}

grpc::ServerUnaryReactor* IntakeService::GetSubmission(Context* context, const v1::GetSubmissionRequest* request,
                                                       v1::GetSubmissionResponse* response) {
  return runner_.Run(context, "GetSubmission", [=, this](const Call&) -> absl::Status {
    JIXIAO_ASSIGN_OR_RETURN(const SubmissionKey key, ParseSubmissionName(request->name(), "name"));
    JIXIAO_ASSIGN_OR_RETURN(*response->mutable_submission(), ReadSubmission(key));
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* IntakeService::ListSubmissions(Context* context, const v1::ListSubmissionsRequest* request,
                                                         v1::ListSubmissionsResponse* response) {
  return runner_.Run(context, "ListSubmissions", [=, this](const Call&) { return Submissions(*request, *response); });
}

absl::Status IntakeService::Submissions(const v1::ListSubmissionsRequest& request,
                                        v1::ListSubmissionsResponse& response) {
  if (request.has_division_code() && !IsDivisionCode(request.division_code())) {
    return InvalidFields({{"division_code", "行政区划代码应为六位数字，例如 430611"}});
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
  JIXIAO_ASSIGN_OR_RETURN(auto records, parts_.store.ListSubmissions(filter, after, page_size + 1));
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

grpc::ServerUnaryReactor* IntakeService::ListVersions(Context* context, const v1::ListVersionsRequest* request,
                                                      v1::ListVersionsResponse* response) {
  return runner_.Run(context, "ListVersions", [=, this](const Call&) { return Versions(*request, *response); });
}

absl::Status IntakeService::Versions(const v1::ListVersionsRequest& request, v1::ListVersionsResponse& response) {
  JIXIAO_ASSIGN_OR_RETURN(const SubmissionKey key, ParseSubmissionName(request.parent(), "parent"));
  JIXIAO_ASSIGN_OR_RETURN(const int page_size, PageSize(request.page_size(), 50, 500));
  const std::string filter = "versions " + request.parent();
  JIXIAO_ASSIGN_OR_RETURN(const std::string place, ReadPageToken(request.page_token(), filter));
  int before = std::numeric_limits<int>::max();
  if (!place.empty()) {
    JIXIAO_ASSIGN_OR_RETURN(const VersionKey last, ParseVersionName(place, "page_token"));
    before = last.version;
  }
  // An unknown parent is not an empty list.
  JIXIAO_RETURN_IF_ERROR(parts_.store.GetSubmission(key).status());
  JIXIAO_ASSIGN_OR_RETURN(auto records, parts_.store.ListVersions(key, before, page_size));
  for (VersionRecord& record : records) *response.add_versions() = std::move(record.version);
  if (!records.empty() && records.back().key.version > 1) {
    response.set_next_page_token(MakePageToken(filter, FormatVersionName(records.back().key)));
  }
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* IntakeService::CompareVersions(Context* context, const v1::CompareVersionsRequest* request,
                                                         v1::CompareVersionsResponse* response) {
  return runner_.Run(context, "CompareVersions", [=, this](const Call&) { return Compare(*request, *response); });
}

absl::Status IntakeService::Compare(const v1::CompareVersionsRequest& request, v1::CompareVersionsResponse& response) {
  JIXIAO_ASSIGN_OR_RETURN(const VersionKey older_key, ParseVersionName(request.older(), "older"));
  JIXIAO_ASSIGN_OR_RETURN(const VersionKey newer_key, ParseVersionName(request.newer(), "newer"));
  if (older_key.submission != newer_key.submission) {
    return InvalidFields({{"newer", "两个版本必须属于同一份报送"}});
  }
  JIXIAO_ASSIGN_OR_RETURN(const VersionDocuments older, parts_.store.GetDocuments(older_key));
  JIXIAO_ASSIGN_OR_RETURN(const VersionDocuments newer, parts_.store.GetDocuments(newer_key));
  JIXIAO_ASSIGN_OR_RETURN(const report::v1::Report older_report, ParseStored(older.report_bytes));
  JIXIAO_ASSIGN_OR_RETURN(const report::v1::Report newer_report, ParseStored(newer.report_bytes));
  for (v1::FieldDifference& difference : CompareReports(older_report, newer_report)) {
    *response.add_differences() = std::move(difference);
  }
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* IntakeService::ListEvents(Context* context, const v1::ListEventsRequest* request,
                                                    v1::ListEventsResponse* response) {
  return runner_.Run(context, "ListEvents", [=, this](const Call&) { return Events(*request, *response); });
}

absl::Status IntakeService::Events(const v1::ListEventsRequest& request, v1::ListEventsResponse& response) {
  JIXIAO_ASSIGN_OR_RETURN(const SubmissionKey key, ParseSubmissionName(request.parent(), "parent"));
  JIXIAO_ASSIGN_OR_RETURN(const int page_size, PageSize(request.page_size(), 100, 1000));
  const std::string filter = "events " + request.parent();
  JIXIAO_ASSIGN_OR_RETURN(const std::string place, ReadPageToken(request.page_token(), filter));
  int64_t after = 0;
  if (!place.empty() && !absl::SimpleAtoi(place, &after)) return InvalidFields({{"page_token", "翻页标记无效"}});
  JIXIAO_ASSIGN_OR_RETURN(const SubmissionRecord record, parts_.store.GetSubmission(key));
  JIXIAO_ASSIGN_OR_RETURN(auto events, parts_.store.ListEvents(key, after, page_size));
  for (v1::SubmissionEvent& event : events) *response.add_events() = std::move(event);
  if (response.events_size() > 0) {
    const int64_t last = response.events(response.events_size() - 1).sequence();
    if (last < record.event_count) response.set_next_page_token(MakePageToken(filter, std::to_string(last)));
  }
  return absl::OkStatus();
}

template <typename Request, typename Response>
grpc::ServerUnaryReactor* IntakeService::Review(Context* context, const char* method, const Request* request,
                                                Response* response, v1::SubmissionEvent::Action action) {
  return runner_.Run(context, method, [=, this](const Call& call) -> absl::Status {
    ReviewStep step;
    JIXIAO_ASSIGN_OR_RETURN(step.key, ParseSubmissionName(request->name(), "name"));
    JIXIAO_ASSIGN_OR_RETURN(step.actor, ActorOf(*context));
    step.action = action;
    step.version = request->version();
    step.reason = ReasonOfStep(*request);
    step.comments = CommentsOfStep(*request);
    step.request_id = request->request_id();
    step.time = parts_.clock.Now();
    JIXIAO_RETURN_IF_ERROR(ValidateReviewStep(step));
    JIXIAO_RETURN_IF_ERROR(WriteAndWait(
        parts_.store, [&step](SubmissionTransaction& transaction) { return TakeReviewStep(transaction, step); }));
    parts_.on_task();
    LogInfo("review_step_taken", {{"submission", request->name()},
                                  {"action", v1::SubmissionEvent::Action_Name(action)},
                                  {"trace_id", call.trace_id}});
    JIXIAO_ASSIGN_OR_RETURN(*response->mutable_submission(), ReadSubmission(step.key));
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* IntakeService::ApproveSubmission(Context* context,
                                                           const v1::ApproveSubmissionRequest* request,
                                                           v1::ApproveSubmissionResponse* response) {
  return Review(context, "ApproveSubmission", request, response, v1::SubmissionEvent::ACTION_APPROVED);
}

grpc::ServerUnaryReactor* IntakeService::ReturnSubmission(Context* context, const v1::ReturnSubmissionRequest* request,
                                                          v1::ReturnSubmissionResponse* response) {
  return Review(context, "ReturnSubmission", request, response, v1::SubmissionEvent::ACTION_RETURNED);
}

grpc::ServerUnaryReactor* IntakeService::WithdrawSubmission(Context* context,
                                                            const v1::WithdrawSubmissionRequest* request,
                                                            v1::WithdrawSubmissionResponse* response) {
  return Review(context, "WithdrawSubmission", request, response, v1::SubmissionEvent::ACTION_WITHDRAWN);
}

}  // namespace jixiao::intake
