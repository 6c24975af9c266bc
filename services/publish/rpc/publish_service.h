// Translates the publish calls.
#ifndef JIXIAO_PUBLISH_RPC_PUBLISH_SERVICE_H_
#define JIXIAO_PUBLISH_RPC_PUBLISH_SERVICE_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/rpc/work/call_runner.h"
#include "jixiao/publish/v1/publish_service.grpc.pb.h"
#include "publish/core/publisher.h"
#include "publish/rpc/publish_metrics.h"

namespace jixiao::publish {

// PublishReport comes as bytes: the report's digest is over what was sent.
using PublishServiceBase = v1::PublishService::WithRawCallbackMethod_PublishReport<
    v1::PublishService::WithCallbackMethod_WithdrawDisclosure<v1::PublishService::WithCallbackMethod_GetDisclosure<
        v1::PublishService::WithCallbackMethod_ListDisclosures<v1::PublishService::Service>>>>;

// Thread-safe.
class PublishService : public PublishServiceBase {
 public:
  // Methods as metrics name them.
  static std::vector<std::string> Methods() {
    return {"PublishReport", "WithdrawDisclosure", "GetDisclosure", "ListDisclosures"};
  }

  // Called with what went public, so that its page can be made ready.
  using OnPublished = std::function<void(const Published&)>;

  // All outlive it.
  PublishService(Publisher* publisher, DisclosureStore* store, PublishMetrics* metrics, CallRunner* runner,
                 OnPublished on_published);

  grpc::ServerUnaryReactor* PublishReport(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* WithdrawDisclosure(grpc::CallbackServerContext* context,
                                               const v1::WithdrawDisclosureRequest* request,
                                               v1::WithdrawDisclosureResponse* response) override;
  grpc::ServerUnaryReactor* GetDisclosure(grpc::CallbackServerContext* context, const v1::GetDisclosureRequest* request,
                                          v1::GetDisclosureResponse* response) override;
  grpc::ServerUnaryReactor* ListDisclosures(grpc::CallbackServerContext* context,
                                            const v1::ListDisclosuresRequest* request,
                                            v1::ListDisclosuresResponse* response) override;

 private:
  absl::StatusOr<v1::PublishReportResponse> Publish(const std::string& request_bytes, const std::string& trace_id);
  absl::Status Withdraw(const v1::WithdrawDisclosureRequest& request);
  absl::Status List(const v1::ListDisclosuresRequest& request, v1::ListDisclosuresResponse& response);

  Publisher* const publisher_;
  DisclosureStore* const store_;
  PublishMetrics* const metrics_;
  CallRunner* const runner_;
  const OnPublished on_published_;
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_RPC_PUBLISH_SERVICE_H_
