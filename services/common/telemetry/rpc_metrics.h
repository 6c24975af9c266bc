// For any service: rate, errors and duration of its calls.
//
//   jixiao_rpc_server_requests_total{method,code}   calls answered
//   jixiao_rpc_server_duration_seconds{method}      from arrival to answer
//   jixiao_rpc_server_in_flight_requests{method}    begun and not answered
//   jixiao_rpc_server_queue_wait_seconds            waiting for a thread
#ifndef JIXIAO_COMMON_TELEMETRY_RPC_METRICS_H_
#define JIXIAO_COMMON_TELEMETRY_RPC_METRICS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/telemetry/metrics.h"

namespace jixiao {

// Thread-safe.
class RpcMetrics {
 public:
  // `methods` are all methods served, short names: `SubmitReport`.
  RpcMetrics(Metrics& metrics, const std::vector<std::string>& methods);

  // Calls of one method; `method` is one of those given.
  void Begin(std::string_view method);
  void End(std::string_view method, absl::StatusCode code, absl::Duration duration);

  void Waited(absl::Duration duration);

 private:
  struct MethodMetrics {
    std::vector<prometheus::Counter*> by_code;  // index: status code
    prometheus::Histogram* duration = nullptr;
    prometheus::Gauge* in_flight = nullptr;
  };
  MethodMetrics& Of(std::string_view method);

  std::map<std::string, MethodMetrics, std::less<>> methods_;
  prometheus::Histogram* queue_wait_;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_TELEMETRY_RPC_METRICS_H_
