#include "client/audit_reader.h"

#include "absl/time/clock.h"
#include "common/rpc/status_conversion.h"
#include "jixiao/intake/v1/intake_service.grpc.pb.h"

namespace jixiao::cli {
namespace {

constexpr absl::Duration kPause = absl::Milliseconds(500);
// Calls that brought nothing, one after the other.
constexpr int kMaxIdleCalls = 5;

bool IsWorthGoingOn(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable || status.code() == absl::StatusCode::kResourceExhausted ||
         status.code() == absl::StatusCode::kDeadlineExceeded;
}

}  // namespace

absl::Status ReadAuditLog(ServiceClient& client, const std::string& name, int64_t after,
                          const std::function<void(const intake::v1::ReadAuditLogResponse&)>& take) {
  const auto stub = intake::v1::IntakeService::NewStub(client.channel());
  intake::v1::ReadAuditLogRequest request;
  request.set_name(name);
  request.set_after_sequence(after);
  for (int idle_calls = 0;;) {
    grpc::ClientContext context;
    Prepare({.deadline = absl::Now() + client.timeout(), .trace_id = ""}, context);
    const auto stream = stub->ReadAuditLog(&context, request);
    intake::v1::ReadAuditLogResponse response;
    bool has_records = false;
    while (stream->Read(&response)) {
      request.set_after_sequence(request.after_sequence() + response.records_size());
      has_records = has_records || response.records_size() > 0;
      take(response);
    }
    const absl::Status status = FromGrpcStatus(stream->Finish());
    idle_calls = has_records ? 0 : idle_calls + 1;
    if (status.ok() || !IsWorthGoingOn(status) || idle_calls >= kMaxIdleCalls) return status;
    absl::SleepFor(kPause);
  }
}

}  // namespace jixiao::cli
