// Deciding many submissions with one call.
#include <algorithm>

#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "intake/core/review/bulk_review.h"
#include "intake/rpc/intake_service.h"
#include "intake/rpc/item_failure.h"

namespace jixiao::intake {
namespace {

constexpr absl::Duration kMaxWork = absl::Seconds(10);
// Before the caller's deadline, to get the answer there.
constexpr absl::Duration kAnswerTime = absl::Seconds(2);

// A reviewer of one county may ask for the whole city and gets the county's; who
// reviews nothing of it is refused as for a single submission there.
absl::Status AuthorizeAny(const Subject& caller, const std::string& division_code, const std::vector<Scope>& scopes) {
  const bool has_any = std::any_of(scopes.begin(), scopes.end(), [&](const Scope& scope) {
    return DivisionCovers(division_code, scope.division_code) || DivisionCovers(scope.division_code, division_code);
  });
  if (has_any) return absl::OkStatus();
  return Authorize(caller, Permission::kReview, {.division_code = division_code, .unit_code = {}});
}

BulkReview BulkReviewOf(const v1::ReviewSubmissionsRequest& request) {
  BulkReview review;
  review.division_code = request.division_code();
  review.fiscal_year = request.fiscal_year();
  review.kind = request.kind();
  review.without_blocking_findings = request.without_blocking_findings();
  review.without_unexplained_findings = request.without_unexplained_findings();
  review.within_supported_scores = request.within_supported_scores();
  if (request.decision() == v1::ReviewSubmissionsRequest::DECISION_APPROVE) {
    review.action = v1::SubmissionEvent::ACTION_APPROVED;
  }
  if (request.decision() == v1::ReviewSubmissionsRequest::DECISION_RETURN) {
    review.action = v1::SubmissionEvent::ACTION_RETURNED;
  }
  review.reason = request.reason();
  review.is_preview = request.preview();
  review.request_id = request.request_id();
  if (request.has_expected_count()) review.expected_count = request.expected_count();
  return review;
}

}  // namespace

absl::Status IntakeService::ReviewMany(const Call& call, const Subject& caller,
                                       const v1::ReviewSubmissionsRequest& request,
                                       v1::ReviewSubmissionsResponse& response) {
  BulkReview review = BulkReviewOf(request);
  review.actor = caller.id;
  review.scopes = ScopesOf(caller, Permission::kReview);
  JIXIAO_RETURN_IF_ERROR(ValidateBulkReview(review));
  JIXIAO_RETURN_IF_ERROR(AuthorizeAny(caller, review.division_code, review.scopes));
  if (request.preview()) {
    JIXIAO_ASSIGN_OR_RETURN(const int matched, CountMatches(parts_.store, review));
    response.set_matched_count(matched);
    response.set_changed_count(0);
    response.set_failed_count(0);
    response.set_remaining_count(0);
    return absl::OkStatus();
  }
  const std::unique_lock<std::mutex> alone(reviewing_many_, std::try_to_lock);
  if (!alone.owns_lock()) return Overloaded("另一项批量审核正在办理，请稍后再试", absl::Seconds(3));
  const absl::Time until = std::min(parts_.clock.Now() + kMaxWork, call.deadline - kAnswerTime);
  JIXIAO_ASSIGN_OR_RETURN(const BulkOutcome outcome, ReviewAll(parts_.store, parts_.clock, review, until));
  response.set_matched_count(outcome.matched);
  response.set_changed_count(outcome.changed);
  response.set_failed_count(outcome.failed);
  response.set_remaining_count(outcome.remaining);
  for (const auto& [submission, status] : outcome.failures) {
    v1::ItemFailure failure = ItemFailureOf(status);
    failure.set_submission(submission);
    *response.add_failures() = std::move(failure);
  }
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* IntakeService::ReviewSubmissions(Context* context, const grpc::ByteBuffer* request,
                                                           grpc::ByteBuffer* response) {
  return RunParsed<v1::ReviewSubmissionsRequest, v1::ReviewSubmissionsResponse>(
      context, "ReviewSubmissions", request, response,
      [this](const Call& call, const Subject& caller, const auto& request, auto& response) -> absl::Status {
        JIXIAO_RETURN_IF_ERROR(ReviewMany(call, caller, request, response));
        if (response.changed_count() > 0) parts_.on_task();
        LogInfo("submissions_reviewed", {{"division", request.division_code()},
                                         {"changed", response.changed_count()},
                                         {"failed", response.failed_count()},
                                         {"remaining", response.remaining_count()},
                                         {"trace_id", call.trace_id}});
        return absl::OkStatus();
      });
}

}  // namespace jixiao::intake
