// Pretends to be any service: one method over raw bytes, answered by a function.
#ifndef JIXIAO_COMMON_TESTING_RAW_SERVICE_H_
#define JIXIAO_COMMON_TESTING_RAW_SERVICE_H_

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/impl/service_type.h>

#include <functional>
#include <string>
#include <utility>

namespace jixiao::testing {

class RawService : public grpc::Service {
 public:
  using Handler = std::function<grpc::ServerUnaryReactor*(grpc::CallbackServerContext*, const grpc::ByteBuffer*,
                                                          grpc::ByteBuffer*)>;

  // `path` as in `/jixiao.test.Echo/Wait`.
  RawService(std::string path, Handler handler) : path_(std::move(path)) {
    AddMethod(new grpc::internal::RpcServiceMethod(path_.c_str(), grpc::internal::RpcMethod::NORMAL_RPC, nullptr));
    MarkMethodRawCallback(
        0, new grpc::internal::CallbackUnaryHandler<grpc::ByteBuffer, grpc::ByteBuffer>(std::move(handler)));
  }

 private:
  const std::string path_;
};

}  // namespace jixiao::testing

#endif  // JIXIAO_COMMON_TESTING_RAW_SERVICE_H_
