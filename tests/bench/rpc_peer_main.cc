// Handlers to compare scoring with: what a service of this size costs that only
// parses its request and acknowledges. Prints its port.
//
//   Typed         the handler gRPC generates for a proto3 message with strings
//   TypedOnArena  the same message on an arena with one large block
//   ParseOnly     our own message, bytes as received, on an arena
#include <google/protobuf/arena.h>
#include <grpcpp/grpcpp.h>

#include <cstdio>

#include "bench/typed_report.grpc.pb.h"
#include "common/rpc/raw_message.h"
#include "jixiao/scoring/v1/scoring_service.pb.h"

namespace jixiao::bench {
namespace {

namespace v1 = typed::v1;

using ServiceBase = v1::TypedService::WithCallbackMethod_Typed<v1::TypedService::WithRawCallbackMethod_TypedOnArena<
    v1::TypedService::WithRawCallbackMethod_ParseOnly<v1::TypedService::Service>>>;

class PeerService : public ServiceBase {
 public:
  grpc::ServerUnaryReactor* Typed(grpc::CallbackServerContext* context, const v1::SubmitRequest* request,
                                  v1::SubmitResponse* response) override {
    Acknowledge(request->report(), *response);
    return Finish(context, grpc::Status::OK);
  }

  grpc::ServerUnaryReactor* TypedOnArena(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override {
    return Finish(context, Parse<v1::SubmitRequest>(*request, *response));
  }

  grpc::ServerUnaryReactor* ParseOnly(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override {
    return Finish(context, Parse<scoring::v1::ScoreReportRequest>(*request, *response));
  }

 private:
  template <typename Report>
  static void Acknowledge(const Report& report, v1::SubmitResponse& response) {
    response.set_name("submissions/430611.NC01.2024.department");
    response.set_row_count(report.content().evaluation_tables(0).indicators_size());
  }

  template <typename Request>
  static grpc::Status Parse(const grpc::ByteBuffer& bytes, grpc::ByteBuffer& answer) {
    google::protobuf::ArenaOptions options;
    options.start_block_size = 128 << 10;
    google::protobuf::Arena arena(options);
    auto* const request = google::protobuf::Arena::CreateMessage<Request>(&arena);
    if (!request->ParseFromString(ToBytes(bytes))) return {grpc::StatusCode::INVALID_ARGUMENT, "cannot parse"};
    v1::SubmitResponse response;
    Acknowledge(request->report(), response);
    answer = ToByteBuffer(response.SerializeAsString());
    return grpc::Status::OK;
  }

  static grpc::ServerUnaryReactor* Finish(grpc::CallbackServerContext* context, const grpc::Status& status) {
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(status);
    return reactor;
  }
};

int Run() {
  PeerService service;
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  const auto server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  std::printf("{\"event\":\"serving\",\"port\":%d}\n", port);
  std::fflush(stdout);
  server->Wait();  // until killed
  return 0;
}

}  // namespace
}  // namespace jixiao::bench

int main() { return jixiao::bench::Run(); }
