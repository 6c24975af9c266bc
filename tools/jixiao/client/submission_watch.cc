#include "client/submission_watch.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "common/rpc/status_conversion.h"
#include "jixiao/intake/v1/intake_service.grpc.pb.h"

namespace jixiao::cli {
namespace {

constexpr absl::Duration kFirstReconnect = absl::Milliseconds(200);
constexpr absl::Duration kLongestReconnect = absl::Seconds(5);

// A restart, a balancer, the age of a connection.
bool IsBroken(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable || status.code() == absl::StatusCode::kCancelled ||
         status.code() == absl::StatusCode::kResourceExhausted;
}

}  // namespace

absl::Status WatchSubmission(ServiceClient& client, const std::string& name, absl::Time deadline,
                             const std::function<bool(const intake::v1::Submission&)>& on_change) {
  const auto stub = intake::v1::IntakeService::NewStub(client.channel());
  intake::v1::WatchSubmissionRequest request;
  request.set_name(name);
  std::string last;
  absl::Duration pause = kFirstReconnect;
  for (;;) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(deadline));
    const auto reader = stub->WatchSubmission(&context, request);
    intake::v1::WatchSubmissionResponse response;
    while (reader->Read(&response)) {
      pause = kFirstReconnect;
      std::string now = response.submission().SerializeAsString();
      if (now == last) continue;
      last = std::move(now);
      if (on_change(response.submission())) continue;
      context.TryCancel();
      return absl::OkStatus();
    }
    const absl::Status end = FromGrpcStatus(reader->Finish());
    if (!IsBroken(end) || absl::Now() + pause >= deadline) return end;
    absl::SleepFor(pause);
    pause = std::min(pause * 2, kLongestReconnect);
  }
}

}  // namespace jixiao::cli
