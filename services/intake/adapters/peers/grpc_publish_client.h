// Asks the publish service, with the bytes of report and score card as stored.
#ifndef JIXIAO_INTAKE_ADAPTERS_PEERS_GRPC_PUBLISH_CLIENT_H_
#define JIXIAO_INTAKE_ADAPTERS_PEERS_GRPC_PUBLISH_CLIENT_H_

#include <grpcpp/grpcpp.h>

#include <memory>

#include "intake/core/tasks/publish_client.h"

namespace jixiao::intake {

class GrpcPublishClient : public PublishClient {
 public:
  explicit GrpcPublishClient(std::shared_ptr<grpc::ChannelInterface> channel) : channel_(std::move(channel)) {}

  void Publish(PublishCall call, PublishDone done) override;
  void Withdraw(WithdrawCall call, WithdrawDone done) override;

 private:
  const std::shared_ptr<grpc::ChannelInterface> channel_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_PEERS_GRPC_PUBLISH_CLIENT_H_
