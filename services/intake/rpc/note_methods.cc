// What people add to a scored version: explanations of findings by the unit,
// confirmed points of the work assessment by a reviewer.
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "intake/core/review/finding_explanation.h"
#include "intake/core/review/work_confirmation.h"
#include "intake/rpc/intake_service.h"

namespace jixiao::intake {

grpc::ServerUnaryReactor* IntakeService::ExplainFinding(Context* context, const grpc::ByteBuffer* request,
                                                        grpc::ByteBuffer* response) {
  return RunParsed<v1::ExplainFindingRequest, v1::ExplainFindingResponse>(
      context, "ExplainFinding", request, response,
      [this](const Call& call, const Subject& caller, const auto& request, auto& response) -> absl::Status {
        Explanation explanation;
        JIXIAO_ASSIGN_OR_RETURN(explanation.key, ParseSubmissionName(request.name(), "name"));
        JIXIAO_RETURN_IF_ERROR(Authorize(caller, Permission::kExplain, ResourceOf(explanation.key)));
        explanation.version = request.version();
        explanation.finding_id = request.finding_id();
        explanation.text = request.explanation();
        explanation.request_id = request.request_id();
        explanation.actor = caller.id;
        explanation.time = parts_.clock.Now();
        JIXIAO_RETURN_IF_ERROR(ValidateExplanation(explanation));
        JIXIAO_RETURN_IF_ERROR(WriteAndWait(parts_.store, {explanation.key, explanation.request_id},
                                            [&explanation](SubmissionTransaction& transaction) {
                                              return jixiao::intake::ExplainFinding(transaction, explanation);
                                            }));
        LogInfo("finding_explained",
                {{"submission", request.name()}, {"finding_id", explanation.finding_id}, {"trace_id", call.trace_id}});
        JIXIAO_ASSIGN_OR_RETURN(*response.mutable_submission(), StoredSubmission(explanation.key));
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* IntakeService::ConfirmWorkAssessment(Context* context, const grpc::ByteBuffer* request,
                                                               grpc::ByteBuffer* response) {
  return RunParsed<v1::ConfirmWorkAssessmentRequest, v1::ConfirmWorkAssessmentResponse>(
      context, "ConfirmWorkAssessment", request, response,
      [this](const Call& call, const Subject& caller, const auto& request, auto& response) -> absl::Status {
        WorkConfirmations confirmed;
        JIXIAO_ASSIGN_OR_RETURN(confirmed.key, ParseSubmissionName(request.name(), "name"));
        JIXIAO_RETURN_IF_ERROR(Authorize(caller, Permission::kReview, ResourceOf(confirmed.key)));
        confirmed.version = request.version();
        confirmed.confirmations = {request.confirmations().begin(), request.confirmations().end()};
        confirmed.request_id = request.request_id();
        confirmed.actor = caller.id;
        confirmed.time = parts_.clock.Now();
        JIXIAO_RETURN_IF_ERROR(ValidateWorkConfirmations(confirmed));
        JIXIAO_RETURN_IF_ERROR(WriteAndWait(
            parts_.store, {confirmed.key, confirmed.request_id},
            [&confirmed](SubmissionTransaction& transaction) { return ConfirmWork(transaction, confirmed); }));
        parts_.on_task();
        LogInfo("work_confirmed", {{"submission", request.name()},
                                   {"criteria", static_cast<int64_t>(confirmed.confirmations.size())},
                                   {"trace_id", call.trace_id}});
        JIXIAO_ASSIGN_OR_RETURN(*response.mutable_submission(), StoredSubmission(confirmed.key));
        return absl::OkStatus();
      });
}

}  // namespace jixiao::intake
