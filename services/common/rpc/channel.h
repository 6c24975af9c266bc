// For any service: calls to another service. Every call has a deadline and
// carries its trace; UNAVAILABLE is retried within the deadline, nothing else.
#ifndef JIXIAO_COMMON_RPC_CHANNEL_H_
#define JIXIAO_COMMON_RPC_CHANNEL_H_

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/tls/tls.h"

namespace jixiao {

// A channel to `target`, for example `127.0.0.1:50052` or `unix:/run/…`; without
// `tls` in plaintext, for this machine alone. Every call carries `token`, streams
// included, unless it is empty. Connects when first used. Safe to share between
// threads.
std::shared_ptr<grpc::Channel> MakeChannel(const std::string& target, const TlsFiles& tls = TlsFiles(),
                                           const std::string& token = std::string());

// What every outbound call states.
struct OutboundCall {
  absl::Time deadline;
  std::string trace_id;  // 32 hex digits; empty: a new one
};

// Full method name, for example
// `/jixiao.scoring.v1.ScoringService/ScoreReport`.
using MethodPath = std::string;

// Calls with request bytes as they are; gives the response bytes as received.
// Failures carry the payloads that the server attached. Blocks until
// `call.deadline` at the longest.
absl::StatusOr<std::string> CallRaw(const std::shared_ptr<grpc::ChannelInterface>& channel, const MethodPath& method,
                                    std::string request, const OutboundCall& call);

// The same without blocking; `done` is called once, on a thread of gRPC's, and
// must not block.
void CallRawAsync(const std::shared_ptr<grpc::ChannelInterface>& channel, const MethodPath& method, std::string request,
                  const OutboundCall& call, std::function<void(absl::StatusOr<std::string>)> done);

// With messages. DATA_LOSS if the answer cannot be parsed.
template <typename Response, typename Request>
absl::StatusOr<Response> CallMessage(const std::shared_ptr<grpc::ChannelInterface>& channel, const MethodPath& method,
                                     const Request& request, const OutboundCall& call) {
  absl::StatusOr<std::string> bytes = CallRaw(channel, method, request.SerializeAsString(), call);
  if (!bytes.ok()) return std::move(bytes).status();
  Response response;
  if (!response.ParseFromString(*bytes)) return absl::DataLossError("cannot parse the answer of " + method);
  return response;
}

// Adds deadline and trace to a context, for generated stubs and streams.
void Prepare(const OutboundCall& call, grpc::ClientContext& context);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_RPC_CHANNEL_H_
