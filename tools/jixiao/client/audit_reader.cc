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

// False of `take`: it has enough.
absl::Status Read(ServiceClient& client, const std::string& name, int64_t after,
                  const std::function<bool(const intake::v1::ReadAuditLogResponse&)>& take) {
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
      if (take(response)) continue;
      context.TryCancel();
      while (stream->Read(&response)) {
      }
      stream->Finish();  // cancelled, or done
      return absl::OkStatus();
    }
    const absl::Status status = FromGrpcStatus(stream->Finish());
    idle_calls = has_records ? 0 : idle_calls + 1;
    if (status.ok() || !IsWorthGoingOn(status) || idle_calls >= kMaxIdleCalls) return status;
    absl::SleepFor(kPause);
  }
}

}  // namespace

absl::Status ReadAuditLog(ServiceClient& client, const std::string& name, int64_t after,
                          const std::function<void(const intake::v1::ReadAuditLogResponse&)>& take) {
  return Read(client, name, after, [&](const intake::v1::ReadAuditLogResponse& response) {
    take(response);
    return true;
  });
}

absl::StatusOr<std::optional<intake::v1::AuditRecord>> FirstAuditRecord(ServiceClient& client,
                                                                        const std::string& name) {
  std::optional<intake::v1::AuditRecord> first;
  const absl::Status status = Read(client, name, 0, [&](const intake::v1::ReadAuditLogResponse& response) {
    if (response.records_size() > 0) first = response.records(0);
    return !first.has_value();
  });
  if (!status.ok()) return status;
  return first;
}

}  // namespace jixiao::cli
