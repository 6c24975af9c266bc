// Translates the scoring calls: bytes in, score card bytes out.
#ifndef JIXIAO_SCORING_RPC_SCORING_SERVICE_H_
#define JIXIAO_SCORING_RPC_SCORING_SERVICE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/rpc/work/call_runner.h"
#include "jixiao/scoring/v1/scoring_service.grpc.pb.h"
#include "scoring/core/rules/rule_sets.h"
#include "scoring/core/score_memo.h"
#include "scoring/rpc/read_request.h"
#include "scoring/rpc/scoring_metrics.h"

namespace jixiao::scoring {

// Requests with a report come as bytes: the digest is of what was sent, and a
// remembered card is answered without a parse.
using ScoringServiceBase = v1::ScoringService::WithRawCallbackMethod_ScoreReport<
    v1::ScoringService::WithCallbackMethod_GetRuleSet<v1::ScoringService::WithCallbackMethod_ListRuleSets<
        v1::ScoringService::WithRawCallbackMethod_VerifyScore<v1::ScoringService::Service>>>>;

// Thread-safe.
class ScoringService : public ScoringServiceBase {
 public:
  // Methods as metrics name them.
  static std::vector<std::string> Methods() { return {"ScoreReport", "GetRuleSet", "ListRuleSets", "VerifyScore"}; }

  // References outlive it.
  ScoringService(const RuleSets& rule_sets, ScoreMemo& memo, ScoringMetrics& metrics, CallRunner& runner);

  grpc::ServerUnaryReactor* ScoreReport(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetRuleSet(grpc::CallbackServerContext* context, const v1::GetRuleSetRequest* request,
                                       v1::GetRuleSetResponse* response) override;
  grpc::ServerUnaryReactor* ListRuleSets(grpc::CallbackServerContext* context, const v1::ListRuleSetsRequest* request,
                                         v1::ListRuleSetsResponse* response) override;
  grpc::ServerUnaryReactor* VerifyScore(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;

 private:
  // Bytes of the score card.
  absl::StatusOr<std::string> Score(const std::string& request_bytes);
  absl::StatusOr<std::string> ScoreAnew(const RequestParts& parts, const LoadedRuleSet& rule_set);
  absl::StatusOr<const LoadedRuleSet*> RuleSetFor(const RequestParts& parts) const;
  absl::Status Get(const v1::GetRuleSetRequest& request, v1::GetRuleSetResponse& response) const;
  absl::Status List(const v1::ListRuleSetsRequest& request, v1::ListRuleSetsResponse& response) const;
  absl::StatusOr<v1::VerifyScoreResponse> Verify(const std::string& request_bytes) const;

  const RuleSets& rule_sets_;
  ScoreMemo& memo_;
  ScoringMetrics& metrics_;
  CallRunner& runner_;
};

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_RPC_SCORING_SERVICE_H_
