#include "intake/adapters/peers/grpc_publish_client.h"

#include <string>
#include <string_view>
#include <utility>

#include "common/base/errors.h"
#include "common/rpc/channel.h"
#include "common/rpc/raw_message.h"
#include "jixiao/publish/v1/publish_service.pb.h"

namespace jixiao::intake {
namespace {

constexpr char kPublishReport[] = "/jixiao.publish.v1.PublishService/PublishReport";
constexpr char kWithdrawDisclosure[] = "/jixiao.publish.v1.PublishService/WithdrawDisclosure";

// `submissions/{s}/versions/{v}` to `disclosures/{s}/versions/{v}`.
std::string DisclosureName(std::string_view submission_version) {
  return "disclosures/" + std::string(submission_version.substr(submission_version.find('/') + 1));
}

}  // namespace

void GrpcPublishClient::Publish(PublishCall call, PublishDone done) {
  using Request = publish::v1::PublishReportRequest;
  std::string request;
  request.reserve(call.report_bytes.size() + call.score_card_bytes.size() + 512);
  AppendField(Request::kSubmissionVersionFieldNumber, call.submission_version, request);
  AppendField(Request::kReportFieldNumber, call.report_bytes, request);
  AppendField(Request::kScoreCardFieldNumber, call.score_card_bytes, request);
  if (!call.approval_reason.empty()) AppendField(Request::kApprovalReasonFieldNumber, call.approval_reason, request);
  AppendField(Request::kReportDigestFieldNumber, call.report_digest, request);
  for (const v1::FindingExplanation& explanation : call.explanations) {
    publish::v1::FindingExplanation message;
    message.set_finding_id(explanation.finding_id());
    message.set_text(explanation.text());
    AppendField(Request::kExplanationsFieldNumber, message.SerializeAsString(), request);
  }
  CallRawAsync(channel_, kPublishReport, std::move(request), {call.deadline, call.trace_id},
               [done = std::move(done)](absl::StatusOr<std::string> bytes) {
                 if (!bytes.ok()) return done(std::move(bytes).status());
                 publish::v1::PublishReportResponse response;
                 if (!response.ParseFromString(*bytes) || response.page_path().empty()) {
                   return done(MakeError(absl::StatusCode::kDataLoss, "BROKEN_ANSWER", "publish's answer is broken"));
                 }
                 done(response.page_path());
               });
}

void GrpcPublishClient::Withdraw(WithdrawCall call, WithdrawDone done) {
  publish::v1::WithdrawDisclosureRequest request;
  request.set_name(DisclosureName(call.submission_version));
  request.set_reason(call.reason);
  CallRawAsync(channel_, kWithdrawDisclosure, request.SerializeAsString(), {call.deadline, call.trace_id},
               [done = std::move(done)](const absl::StatusOr<std::string>& bytes) { done(bytes.status()); });
}

}  // namespace jixiao::intake
