#include "common/rpc/channel.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/impl/client_unary_call.h>
#include <grpcpp/support/client_interceptor.h>

#include <utility>

#include "common/rpc/raw_message.h"
#include "common/rpc/status_conversion.h"
#include "common/rpc/trace.h"

namespace jixiao {
namespace {

// Throttled, or a service that comes back is trampled by retries. No hedging:
// submissions would be filed twice at once.
constexpr char kServiceConfig[] = R"({
  "methodConfig": [{
    "name": [{}],
    "retryPolicy": {
      "maxAttempts": 4,
      "initialBackoff": "0.2s",
      "maxBackoff": "5s",
      "backoffMultiplier": 2,
      "retryableStatusCodes": ["UNAVAILABLE"]
    }
  }],
  "retryThrottling": {"maxTokens": 10, "tokenRatio": 0.1}
})";

// Not call credentials: gRPC sends those over TLS only, and a token is also shown
// on this machine's loopback.
class TokenInterceptor final : public grpc::experimental::Interceptor {
 public:
  explicit TokenInterceptor(const std::string& value) : value_(value) {}
  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(grpc::experimental::InterceptionHookPoints::PRE_SEND_INITIAL_METADATA)) {
      methods->GetSendInitialMetadata()->emplace("authorization", value_);
    }
    methods->Proceed();
  }

 private:
  const std::string& value_;
};

class TokenInterceptorFactory final : public grpc::experimental::ClientInterceptorFactoryInterface {
 public:
  explicit TokenInterceptorFactory(std::string value) : value_(std::move(value)) {}
  grpc::experimental::Interceptor* CreateClientInterceptor(grpc::experimental::ClientRpcInfo*) override {
    return new TokenInterceptor(value_);
  }

 private:
  const std::string value_;
};

grpc::internal::RpcMethod Unary(const MethodPath& method) {
  return grpc::internal::RpcMethod(method.c_str(), grpc::internal::RpcMethod::NORMAL_RPC);
}

}  // namespace

std::shared_ptr<grpc::Channel> MakeChannel(const std::string& target, const TlsFiles& tls, const std::string& token) {
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(kServiceConfig);
  // A document of 8 MiB must fit, or its call is never retried.
  arguments.SetInt(GRPC_ARG_PER_RPC_RETRY_BUFFER_SIZE, 12 << 20);
  // And be read again with its report and card.
  arguments.SetMaxReceiveMessageSize(20 << 20);
  arguments.SetInt(GRPC_ARG_MAX_METADATA_SIZE, 16 << 10);
  // Notices a peer that vanished without a word.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 20'000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 5'000);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 200);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 1'000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 5'000);
  // One process may talk to two services of one address after the other; shared
  // subchannels would carry backoff from one to the other.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> interceptors;
  if (!token.empty()) interceptors.push_back(std::make_unique<TokenInterceptorFactory>("Bearer " + token));
  return grpc::experimental::CreateCustomChannelWithInterceptors(target, MakeChannelCredentials(tls), arguments,
                                                                 std::move(interceptors));
}

void Prepare(const OutboundCall& call, grpc::ClientContext& context) {
  context.set_deadline(absl::ToChronoTime(call.deadline));
  context.AddMetadata(kTraceparentKey, FormatTraceparent(call.trace_id.empty() ? NewTraceId() : call.trace_id));
}

absl::StatusOr<std::string> CallRaw(const std::shared_ptr<grpc::ChannelInterface>& channel, const MethodPath& method,
                                    std::string request, const OutboundCall& call) {
  grpc::ClientContext context;
  Prepare(call, context);
  const grpc::ByteBuffer request_buffer = ToByteBuffer(std::move(request));
  grpc::ByteBuffer response;
  const grpc::Status status = grpc::internal::BlockingUnaryCall<grpc::ByteBuffer, grpc::ByteBuffer>(
      channel.get(), Unary(method), &context, request_buffer, &response);
  if (!status.ok()) return FromGrpcStatus(status);
  return ToBytes(response);
}

void CallRawAsync(const std::shared_ptr<grpc::ChannelInterface>& channel, const MethodPath& method, std::string request,
                  const OutboundCall& call, std::function<void(absl::StatusOr<std::string>)> done) {
  struct InFlight {
    explicit InFlight(const std::shared_ptr<grpc::ChannelInterface>& channel) : stub(channel) {}
    grpc::ClientContext context;
    grpc::GenericStub stub;
    grpc::ByteBuffer request;
    grpc::ByteBuffer response;
    std::function<void(absl::StatusOr<std::string>)> done;
  };
  const auto in_flight = std::make_shared<InFlight>(channel);
  Prepare(call, in_flight->context);
  in_flight->request = ToByteBuffer(std::move(request));
  in_flight->done = std::move(done);
  in_flight->stub.UnaryCall(&in_flight->context, method, grpc::StubOptions(), &in_flight->request, &in_flight->response,
                            [in_flight](const grpc::Status& status) {
                              if (status.ok()) {
                                in_flight->done(ToBytes(in_flight->response));
                              } else {
                                in_flight->done(FromGrpcStatus(status));
                              }
                            });
}

}  // namespace jixiao
