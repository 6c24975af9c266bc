// For any service: what every unary call gets besides its own work: a deadline
// it must have, a trace id, a place on our own threads or a clear refusal, a
// status with details, metrics, one log line.
//
//   grpc::ServerUnaryReactor* GetRuleSet(grpc::CallbackServerContext* context,
//                                        const GetRuleSetRequest* request,
//                                        GetRuleSetResponse* response) override {
//     return runner_.Run(context, "GetRuleSet", [=, this](const Call& call) {
//       return Get(*request, *response);  // may block until call.deadline
//     });
//   }
//
// gRPC keeps `request` and `response` alive until the work has answered.
#ifndef JIXIAO_COMMON_RPC_WORK_CALL_RUNNER_H_
#define JIXIAO_COMMON_RPC_WORK_CALL_RUNNER_H_

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/work/byte_budget.h"
#include "common/rpc/work/process_pauses.h"
#include "common/rpc/work/work_pool.h"
#include "common/telemetry/rpc_metrics.h"

namespace jixiao {

// What a handler knows about its call besides the request.
struct Call {
  std::string method;    // `SubmitReport`
  absl::Time deadline;   // the caller's; outbound calls take it over
  std::string trace_id;  // 32 hex digits, the caller's or a new one
  // True once the caller hung up, or gRPC did for it, or was answered: a process
  // that stood still gets requests whose callers gave up long ago, and counts their
  // deadlines from when it reads them. Any thread, any time; unary calls only.
  std::function<bool()> is_cancelled = {};
};

// Longest deadline a caller may set.
inline constexpr absl::Duration kMaxCallDuration = absl::Seconds(60);

// Reads deadline and trace id. INVALID_ARGUMENT (reason DEADLINE_REQUIRED) if
// there is no deadline or one more than `max_duration` away. For streams; unary
// calls get it through CallRunner.
absl::StatusOr<Call> BeginCall(const grpc::CallbackServerContext& context, std::string_view method,
                               absl::Duration max_duration = kMaxCallDuration);

struct CallRunnerOptions {
  int threads = 4;
  // Calls that wait for a thread; more are refused.
  int max_queue = 256;
  // Calls that wait longer are refused: their callers have better places to go.
  absl::Duration max_queue_wait = absl::Milliseconds(500);
  // Calls begun and not answered, those of RunAsync included.
  int max_in_flight = 256;
  // Bytes of the requests among them whose handlers tell their size.
  int64_t max_bytes_in_flight = 64 << 20;
  // Asked before anything else of a call is done; its refusal is the answer.
  // Empty: everybody is let in, or the handlers decide.
  using Admit = std::function<absl::Status(const grpc::CallbackServerContext&)>;
  Admit admit = {};
};

// Thread-safe. Outlives the server; destroyed after the server is shut down.
class CallRunner {
 public:
  using Work = std::function<absl::Status(const Call&)>;
  using Done = std::function<void(absl::Status)>;
  using AsyncWork = std::function<void(const Call&, Done)>;

  // `metrics` knows all methods that will be run, and outlives this.
  CallRunner(const CallRunnerOptions& options, RpcMetrics& metrics);

  // Runs `work` on the pool and answers with its status.
  //   INVALID_ARGUMENT    reason DEADLINE_REQUIRED;
  //   RESOURCE_EXHAUSTED  reason OVERLOADED, with RetryInfo and the trailer
  //                       grpc-retry-pushback-ms: full, or waited too long;
  //   DEADLINE_EXCEEDED   reason DEADLINE_PASSED: passed before work began;
  //   CANCELLED           reason CALLER_GONE: it hung up before work began;
  //   what `admit` says   if it refuses;
  //   INTERNAL            reason UNEXPECTED: `work` threw.
  // Otherwise what `work` says. Nothing of `work` has run in the first five.
  grpc::ServerUnaryReactor* Run(grpc::CallbackServerContext* context, std::string_view method, Work work);

  // As Run, for work that ends on another thread: it calls its Done once, from
  // anywhere, and holds no thread of the pool until then. A Done that is
  // destroyed uncalled answers INTERNAL.
  // `request_bytes` count against max_bytes_in_flight until the answer.
  grpc::ServerUnaryReactor* RunAsync(grpc::CallbackServerContext* context, std::string_view method, AsyncWork work,
                                     size_t request_bytes = 0);

  // For work of streams. Tasks must not throw.
  WorkPool& pool() { return pool_; }
  ByteBudget& bytes() { return bytes_; }
  RpcMetrics& metrics() { return metrics_; }

 private:
  class Pending;

  void Start(const std::shared_ptr<Pending>& pending, const AsyncWork& work);

  const CallRunnerOptions options_;
  RpcMetrics& metrics_;
  std::atomic<int> in_flight_{0};
  ByteBudget bytes_;
  ProcessPauses pauses_;
  WorkPool pool_;
};

// Metrics and the log line of one call, for streams. Unary calls get it through
// CallRunner.
class CallRecord {
 public:
  CallRecord(RpcMetrics& metrics, Call call);
  void Finish(const absl::Status& status);  // once

 private:
  RpcMetrics& metrics_;
  const Call call_;
  const int64_t start_nanos_;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_RPC_WORK_CALL_RUNNER_H_
