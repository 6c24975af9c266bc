// Asks the scoring service, with the report's bytes as they are.
#ifndef JIXIAO_INTAKE_ADAPTERS_PEERS_GRPC_SCORING_CLIENT_H_
#define JIXIAO_INTAKE_ADAPTERS_PEERS_GRPC_SCORING_CLIENT_H_

#include <grpcpp/grpcpp.h>

#include <memory>

#include "intake/core/tasks/scoring_client.h"

namespace jixiao::intake {

class GrpcScoringClient : public ScoringClient {
 public:
  explicit GrpcScoringClient(std::shared_ptr<grpc::ChannelInterface> channel) : channel_(std::move(channel)) {}

  void Score(ScoringCall call, Done done) override;

 private:
  const std::shared_ptr<grpc::ChannelInterface> channel_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_PEERS_GRPC_SCORING_CLIENT_H_
