#include "intake/adapters/peers/grpc_scoring_client.h"

#include <string>
#include <utility>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/rpc/channel.h"
#include "common/rpc/raw_message.h"
#include "jixiao/scoring/v1/scorecard.pb.h"
#include "jixiao/scoring/v1/scoring_service.pb.h"

namespace jixiao::intake {
namespace {

constexpr char kScoreReport[] = "/jixiao.scoring.v1.ScoringService/ScoreReport";

// The card in the response, if it is about the report that was sent.
absl::StatusOr<std::string> CardOf(const std::string& response, const std::string& report_digest) {
  JIXIAO_ASSIGN_OR_RETURN(const auto card,
                          FindField(response, scoring::v1::ScoreReportResponse::kScoreCardFieldNumber));
  if (!card.has_value()) return MakeError(absl::StatusCode::kDataLoss, "NO_SCORE_CARD", "scoring gave no score card");
  JIXIAO_ASSIGN_OR_RETURN(const auto digest, FindField(*card, scoring::v1::ScoreCard::kReportDigestFieldNumber));
  if (digest.value_or("") != report_digest) {
    return MakeError(absl::StatusCode::kDataLoss, "WRONG_SCORE_CARD", "scoring answered about another report");
  }
  return std::string(*card);
}

}  // namespace

void GrpcScoringClient::Score(ScoringCall call, Done done) {
  std::string request;
  request.reserve(call.report_bytes.size() + 64);
  AppendField(scoring::v1::ScoreReportRequest::kReportFieldNumber, call.report_bytes, request);
  if (!call.rule_set.empty()) {
    AppendField(scoring::v1::ScoreReportRequest::kRuleSetFieldNumber, call.rule_set, request);
  }
  if (call.context.ByteSizeLong() > 0) {
    AppendField(scoring::v1::ScoreReportRequest::kContextFieldNumber, call.context.SerializeAsString(), request);
  }
  CallRawAsync(channel_, kScoreReport, std::move(request), {call.deadline, call.trace_id},
               [digest = std::move(call.report_digest), done = std::move(done)](absl::StatusOr<std::string> response) {
                 if (!response.ok()) return done(std::move(response).status());
                 absl::StatusOr<std::string> card = CardOf(*response, digest);
                 // A broken answer is not a broken report.
                 if (!card.ok() && card.status().code() == absl::StatusCode::kInvalidArgument) {
                   return done(MakeError(absl::StatusCode::kDataLoss, "BROKEN_ANSWER", "scoring's answer is broken"));
                 }
                 done(std::move(card));
               });
}

}  // namespace jixiao::intake
