#include "common/rpc/work/call_runner.h"

#include <fmt/format.h>

#include <chrono>
#include <mutex>
#include <random>
#include <utility>

#include "absl/time/clock.h"
#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/rpc/status_conversion.h"
#include "common/rpc/trace.h"

namespace jixiao {
namespace {

// A caller's 60 s may read as a little more here: gRPC rounds timeouts up.
constexpr absl::Duration kDeadlineSlack = absl::Seconds(1);

constexpr size_t kMaxHeaderBytes = 8192;
constexpr size_t kBytesOfAHeader = 32;  // besides name and value, as HTTP/2 counts

int64_t MonotonicNanos() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// Spread, or all refused callers come back at once.
absl::Duration RetryDelay() {
  thread_local std::minstd_rand random(std::random_device{}());
  return absl::Milliseconds(std::uniform_int_distribution<int>(500, 5'000)(random));
}

Call ReadCall(const grpc::CallbackServerContext& context, std::string_view method) {
  Call call;
  call.method = method;
  const auto& metadata = context.client_metadata();
  const auto traceparent = metadata.find(kTraceparentKey);
  std::optional<std::string> trace_id;
  if (traceparent != metadata.end()) {
    trace_id = TraceIdOf({traceparent->second.data(), traceparent->second.size()});
  }
  call.trace_id = trace_id ? *std::move(trace_id) : NewTraceId();
  const auto deadline = context.deadline();
  // Infinite reads as the largest time point, which absl would overflow.
  const bool has_deadline = deadline < std::chrono::system_clock::now() + std::chrono::hours(24);
  call.deadline = has_deadline ? absl::FromChrono(deadline) : absl::InfiniteFuture();
  return call;
}

absl::Status CheckDeadline(const Call& call, absl::Duration max_duration) {
  if (call.deadline <= absl::Now() + max_duration + kDeadlineSlack) return absl::OkStatus();
  return MakeError(absl::StatusCode::kInvalidArgument, "DEADLINE_REQUIRED",
                   fmt::format("set a deadline of at most {} s on every call of {}", absl::ToInt64Seconds(max_duration),
                               call.method));
}

// gRPC takes more (Server::Start says why), so that it is refused here: a call whose
// headers gRPC itself refuses breaks the next one on its connection.
absl::Status CheckHeaders(const grpc::CallbackServerContext& context) {
  size_t bytes = 0;
  for (const auto& [key, value] : context.client_metadata()) bytes += key.size() + value.size() + kBytesOfAHeader;
  if (bytes <= kMaxHeaderBytes) return absl::OkStatus();
  return MakeError(absl::StatusCode::kResourceExhausted, "HEADERS_TOO_LARGE",
                   fmt::format("the headers of this call have {} bytes; at most {} are taken", bytes, kMaxHeaderBytes));
}

absl::Status Full(std::string_view what) {
  return Overloaded(fmt::format("the service is busy ({}): retry as RetryInfo says", what), RetryDelay());
}

}  // namespace

absl::StatusOr<Call> BeginCall(const grpc::CallbackServerContext& context, std::string_view method,
                               absl::Duration max_duration) {
  JIXIAO_RETURN_IF_ERROR(CheckHeaders(context));
  Call call = ReadCall(context, method);
  JIXIAO_RETURN_IF_ERROR(CheckDeadline(call, max_duration));
  return call;
}

CallRecord::CallRecord(RpcMetrics& metrics, Call call)
    : metrics_(metrics), call_(std::move(call)), start_nanos_(MonotonicNanos()) {
  metrics_.Begin(call_.method);
}

void CallRecord::Finish(const absl::Status& status) {
  const absl::Duration duration = absl::Nanoseconds(MonotonicNanos() - start_nanos_);
  metrics_.End(call_.method, status.code(), duration);
  // Messages may quote the report; logs may not.
  Log(status.code() == absl::StatusCode::kInternal || status.code() == absl::StatusCode::kDataLoss ? LogLevel::kError
                                                                                                   : LogLevel::kInfo,
      "rpc",
      {{"method", call_.method},
       {"code", CodeName(status.code())},
       {"reason", ReasonOf(status)},
       {"duration_us", absl::ToInt64Microseconds(duration)},
       {"trace_id", call_.trace_id}});
}

// One call from arrival to answer. Kept alive by whoever still has to answer.
class CallRunner::Pending {
 public:
  Pending(CallRunner& runner, grpc::CallbackServerContext* context, Call call)
      : runner_(runner),
        context_(context),
        reactor_(context->DefaultReactor()),
        call_(call),
        record_(runner.metrics_, std::move(call)),
        start_nanos_(MonotonicNanos()) {}

  ~Pending() {
    if (is_finished_.load()) return;
    Finish(MakeError(absl::StatusCode::kInternal, "UNANSWERED", "the service lost this call: report it, and retry"));
  }

  const Call& call() const { return call_; }
  grpc::ServerUnaryReactor* reactor() const { return reactor_; }
  // False if there is no room for a request of `bytes`.
  bool TakeRoom(size_t bytes) {
    if (bytes > 0) room_ = runner_.bytes_.TryTake(static_cast<int64_t>(bytes));
    return bytes == 0 || room_ != nullptr;
  }

  absl::Duration waited() const { return absl::Nanoseconds(MonotonicNanos() - start_nanos_); }

  // The context is gRPC's own again after the answer.
  bool IsCancelled() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return is_finished_.load() || context_->IsCancelled();
  }

  // The first answer counts.
  void Finish(const absl::Status& status) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (is_finished_.exchange(true)) return;
    }
    if (const auto delay = RetryDelayOf(status)) {
      context_->AddTrailingMetadata("grpc-retry-pushback-ms", std::to_string(absl::ToInt64Milliseconds(*delay)));
    }
    // Before the answer: who has it finds the call counted.
    record_.Finish(status);
    // After the answer the server may end, and the runner with it.
    room_.reset();
    runner_.in_flight_.fetch_sub(1);
    reactor_->Finish(ToGrpcStatus(status));
  }

 private:
  CallRunner& runner_;
  grpc::CallbackServerContext* const context_;
  grpc::ServerUnaryReactor* const reactor_;
  const Call call_;
  CallRecord record_;
  const int64_t start_nanos_;
  std::shared_ptr<void> room_;
  std::mutex mutex_;
  std::atomic<bool> is_finished_{false};
};

CallRunner::CallRunner(const CallRunnerOptions& options, RpcMetrics& metrics)
    : options_(options),
      metrics_(metrics),
      bytes_(options.max_bytes_in_flight),
      pool_(options.threads, options.max_queue) {}

grpc::ServerUnaryReactor* CallRunner::Run(grpc::CallbackServerContext* context, std::string_view method, Work work) {
  return RunAsync(context, method, [work = std::move(work)](const Call& call, const Done& done) { done(work(call)); });
}

grpc::ServerUnaryReactor* CallRunner::RunAsync(grpc::CallbackServerContext* context, std::string_view method,
                                               AsyncWork work, size_t request_bytes) {
  Call call = ReadCall(*context, method);
  absl::Status refusal = options_.admit ? options_.admit(*context) : absl::OkStatus();
  if (refusal.ok()) refusal = CheckHeaders(*context);
  if (refusal.ok()) refusal = CheckDeadline(call, kMaxCallDuration);
  const int in_flight = in_flight_.fetch_add(1) + 1;
  const auto pending = std::make_shared<Pending>(*this, context, std::move(call));
  // The reactor is gRPC's and outlives the answer until this handler returns.
  grpc::ServerUnaryReactor* const reactor = pending->reactor();
  if (refusal.ok() && in_flight > options_.max_in_flight) refusal = Full("too many calls in flight");
  if (refusal.ok() && !pending->TakeRoom(request_bytes)) refusal = Full("too many bytes in flight");
  if (refusal.ok() && !pool_.TryPost([this, pending, work = std::move(work)] { Start(pending, work); })) {
    refusal = Full("the queue is full");
  }
  if (!refusal.ok()) pending->Finish(refusal);
  return reactor;
}

void CallRunner::Start(const std::shared_ptr<Pending>& pending, const AsyncWork& work) {
  pauses_.WaitOut();
  const absl::Duration waited = pending->waited();
  metrics_.Waited(waited);
  if (pending->call().deadline <= absl::Now()) {
    pending->Finish(MakeError(absl::StatusCode::kDeadlineExceeded, "DEADLINE_PASSED",
                              "the deadline passed before the call got a thread: nothing was done"));
    return;
  }
  Call call = pending->call();
  // Not owned: the work may keep its call for as long as the pending one lives.
  call.is_cancelled = [weak = std::weak_ptr<Pending>(pending)] {
    const std::shared_ptr<Pending> alive = weak.lock();
    return alive == nullptr || alive->IsCancelled();
  };
  if (call.is_cancelled()) {
    pending->Finish(MakeError(absl::StatusCode::kCancelled, "CALLER_GONE",
                              "the caller hung up before the call got a thread: nothing was done"));
    return;
  }
  if (waited > options_.max_queue_wait) {
    pending->Finish(Full("the call waited too long"));
    return;
  }
  try {
    work(call, [pending](const absl::Status& status) { pending->Finish(status); });
  } catch (...) {
    // One call fails, others go on. The text may quote the report: not logged.
    LogError("handler_threw", {{"method", pending->call().method}, {"trace_id", pending->call().trace_id}});
    pending->Finish(MakeError(absl::StatusCode::kInternal, "UNEXPECTED", "the service failed unexpectedly: report it"));
  }
}

}  // namespace jixiao
