#include "client/service_client.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "common/base/digest.h"
#include "common/rpc/status_conversion.h"

namespace jixiao::cli {
namespace {

constexpr absl::Duration kFirstWait = absl::Milliseconds(200);
constexpr absl::Duration kLongestWait = absl::Seconds(2);

bool IsWorthRetrying(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable || status.code() == absl::StatusCode::kResourceExhausted;
}

}  // namespace

absl::StatusOr<std::string> ServiceClient::AskRaw(const std::string& method, const std::string& request) {
  OutboundCall call;
  call.deadline = absl::Now() + timeout_;
  absl::Duration pause = kFirstWait;
  for (;;) {
    absl::StatusOr<std::string> answer = CallRaw(channel_, method, request, call);
    if (answer.ok()) return answer;
    if (!IsWorthRetrying(answer.status())) return NeverConnected() ? CannotConnect() : answer.status();
    const absl::Duration wait = std::max(pause, RetryDelayOf(answer.status()).value_or(absl::ZeroDuration()));
    if (absl::Now() + wait >= call.deadline) return answer.status();
    absl::SleepFor(wait);
    pause = std::min(pause * 2, kLongestWait);
  }
}

// gRPC keeps trying to connect until the deadline and then blames the deadline.
bool ServiceClient::NeverConnected() const {
  return channel_->GetState(/*try_to_connect=*/false) == GRPC_CHANNEL_TRANSIENT_FAILURE;
}

absl::Status ServiceClient::CannotConnect() const { return absl::UnavailableError("cannot connect to " + server_); }

absl::Status ServiceClient::WaitUntilServing() {
  // HealthCheckResponse with status SERVING; Debian ships no generated header.
  constexpr std::string_view kServing("\x08\x01", 2);
  const absl::Time deadline = absl::Now() + timeout_;
  absl::Status last;
  do {
    const auto answer = CallRaw(channel_, "/grpc.health.v1.Health/Check", "",
                                {.deadline = std::min(deadline, absl::Now() + kLongestWait), .trace_id = ""});
    if (answer.ok() && *answer == kServing) return absl::OkStatus();
    last = answer.ok() ? absl::UnavailableError("the server answers, but does not serve yet") : answer.status();
    absl::SleepFor(absl::Milliseconds(50));
  } while (absl::Now() < deadline);
  return last;
}

std::string NewRequestId() { return "cli-" + RandomHex(16); }

}  // namespace jixiao::cli
