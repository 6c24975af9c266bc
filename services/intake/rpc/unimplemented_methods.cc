// Answers the methods of IntakeService that are not built yet, each with a
// sentence that says what to use meanwhile.
#include "intake/rpc/intake_service.h"

namespace jixiao::intake {
namespace {

grpc::Status NotYet(const char* instead) { return {grpc::StatusCode::UNIMPLEMENTED, instead}; }

grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context, const char* instead) {
  auto* reactor = context->DefaultReactor();
  reactor->Finish(NotYet(instead));
  return reactor;
}

// Ends a stream before it begins.
template <typename Base>
class Ended final : public Base {
 public:
  explicit Ended(const char* instead) { this->Finish(NotYet(instead)); }
  void OnDone() override { delete this; }
};

}  // namespace


grpc::ServerUnaryReactor* IntakeService::ImportRoster(Context* context, const v1::ImportRosterRequest*,
                                                      v1::ImportRosterResponse*) {
  return Answer(context, "单位名录功能尚未开放；报送时请填写单位代码和行政区划");
}

grpc::ServerUnaryReactor* IntakeService::SetSeason(Context* context, const v1::SetSeasonRequest*,
                                                   v1::SetSeasonResponse*) {
  return Answer(context, "报送期设置功能尚未开放；目前随时可以报送");
}

grpc::ServerUnaryReactor* IntakeService::ExtendDeadline(Context* context, const v1::ExtendDeadlineRequest*,
                                                        v1::ExtendDeadlineResponse*) {
  return Answer(context, "延期功能尚未开放；目前随时可以报送");
}

grpc::ServerUnaryReactor* IntakeService::GetSeasonProgress(Context* context, const v1::GetSeasonProgressRequest*,
                                                           v1::GetSeasonProgressResponse*) {
  return Answer(context, "报送进度统计功能尚未开放；请用报送列表按区划和状态查询");
}

grpc::ServerUnaryReactor* IntakeService::ListRosterUnits(Context* context, const v1::ListRosterUnitsRequest*,
                                                         v1::ListRosterUnitsResponse*) {
  return Answer(context, "单位名录功能尚未开放");
}

grpc::ServerUnaryReactor* IntakeService::GetSeason(Context* context, const v1::GetSeasonRequest*,
                                                   v1::GetSeasonResponse*) {
  return Answer(context, "报送期设置功能尚未开放");
}

grpc::ServerWriteReactor<v1::ReadAuditLogResponse>* IntakeService::ReadAuditLog(Context*,
                                                                                const v1::ReadAuditLogRequest*) {
  return new Ended<grpc::ServerWriteReactor<v1::ReadAuditLogResponse>>("审计日志读取功能尚未开放");
}

}  // namespace jixiao::intake
