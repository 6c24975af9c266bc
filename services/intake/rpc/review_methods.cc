// What reviewers and units do with a scored version.
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "intake/core/review/findings_to_explain.h"
#include "intake/core/review/return_comments.h"
#include "intake/core/review/submission_review.h"
#include "intake/rpc/intake_service.h"

namespace jixiao::intake {
namespace {

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

}  // namespace

absl::Status IntakeService::CheckComments(const ReviewStep& step) {
  const VersionKey key = {step.key, step.version};
  std::optional<VersionDocuments> documents;
  std::string card_bytes;
  JIXIAO_RETURN_IF_ERROR(parts_.store.Read(ReadOperation::kVersion, [&](SubmissionReads& reads) -> absl::Status {
    JIXIAO_ASSIGN_OR_RETURN(documents, reads.FindDocuments(key));
    JIXIAO_ASSIGN_OR_RETURN(card_bytes, reads.FindScoreCard(key));
    return absl::OkStatus();
  }));
  // The step itself knows best what is wrong with the version.
  if (!documents.has_value()) return absl::OkStatus();
  JIXIAO_ASSIGN_OR_RETURN(const report::v1::Report report, ParseStoredReport(documents->report_bytes));
  JIXIAO_ASSIGN_OR_RETURN(const scoring::v1::ScoreCard card, ParseScoreCard(card_bytes));
  return CheckCommentPlaces(step.comments, report, card);
}

template <typename Request, typename Response>
grpc::ServerUnaryReactor* IntakeService::Review(Context* context, const char* method, const grpc::ByteBuffer* request,
                                                grpc::ByteBuffer* response, v1::SubmissionEvent::Action action) {
  return RunParsed<Request, Response>(
      context, method, request, response,
      [=, this](const Call& call, const Subject& caller, const auto& request, auto& response) -> absl::Status {
        ReviewStep step;
        JIXIAO_ASSIGN_OR_RETURN(step.key, ParseSubmissionName(request.name(), "name"));
        const Permission permission =
            action == v1::SubmissionEvent::ACTION_WITHDRAWN ? Permission::kWithdraw : Permission::kReview;
        JIXIAO_RETURN_IF_ERROR(Authorize(caller, permission, ResourceOf(step.key)));
        step.actor = caller.id;
        step.action = action;
        step.version = request.version();
        step.reason = ReasonOfStep(request);
        step.comments = CommentsOfStep(request);
        step.request_id = request.request_id();
        step.time = parts_.clock.Now();
        JIXIAO_RETURN_IF_ERROR(ValidateReviewStep(step));
        if (!step.comments.empty()) JIXIAO_RETURN_IF_ERROR(CheckComments(step));
        JIXIAO_RETURN_IF_ERROR(
            WriteAndWait(parts_.store, {step.key, step.request_id},
                         [&step](SubmissionTransaction& transaction) { return TakeReviewStep(transaction, step); }));
        parts_.on_task();
        LogInfo("review_step_taken", {{"submission", request.name()},
                                      {"action", v1::SubmissionEvent::Action_Name(action)},
                                      {"trace_id", call.trace_id}});
        JIXIAO_ASSIGN_OR_RETURN(*response.mutable_submission(), StoredSubmission(step.key));
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* IntakeService::ApproveSubmission(Context* context, const grpc::ByteBuffer* request,
                                                           grpc::ByteBuffer* response) {
  return Review<v1::ApproveSubmissionRequest, v1::ApproveSubmissionResponse>(
      context, "ApproveSubmission", request, response, v1::SubmissionEvent::ACTION_APPROVED);
}

grpc::ServerUnaryReactor* IntakeService::ReturnSubmission(Context* context, const grpc::ByteBuffer* request,
                                                          grpc::ByteBuffer* response) {
  return Review<v1::ReturnSubmissionRequest, v1::ReturnSubmissionResponse>(
      context, "ReturnSubmission", request, response, v1::SubmissionEvent::ACTION_RETURNED);
}

grpc::ServerUnaryReactor* IntakeService::WithdrawSubmission(Context* context, const grpc::ByteBuffer* request,
                                                            grpc::ByteBuffer* response) {
  return Review<v1::WithdrawSubmissionRequest, v1::WithdrawSubmissionResponse>(
      context, "WithdrawSubmission", request, response, v1::SubmissionEvent::ACTION_WITHDRAWN);
}

}  // namespace jixiao::intake
