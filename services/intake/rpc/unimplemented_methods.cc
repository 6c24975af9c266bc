// Answers the methods of IntakeService that are not built yet, each with a
// sentence that says what to use meanwhile.
#include "intake/rpc/intake_service.h"

namespace jixiao::intake {
namespace {

grpc::Status NotYet(const char* instead) { return {grpc::StatusCode::UNIMPLEMENTED, instead}; }

// Ends a stream before it begins.
template <typename Base>
class Ended final : public Base {
 public:
  explicit Ended(const char* instead) { this->Finish(NotYet(instead)); }
  void OnDone() override { delete this; }
};

}  // namespace


grpc::ServerWriteReactor<v1::ReadAuditLogResponse>* IntakeService::ReadAuditLog(Context*,
                                                                                const v1::ReadAuditLogRequest*) {
  return new Ended<grpc::ServerWriteReactor<v1::ReadAuditLogResponse>>("审计日志读取功能尚未开放");
}

}  // namespace jixiao::intake
