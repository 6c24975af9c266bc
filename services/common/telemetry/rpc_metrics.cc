#include "common/telemetry/rpc_metrics.h"

#include "common/base/log.h"

namespace jixiao {

RpcMetrics::RpcMetrics(Metrics& metrics, const std::vector<std::string>& methods)
    : queue_wait_(&metrics.Histogram("jixiao_rpc_server_queue_wait_seconds", "Time calls waited for a thread.",
                                     CallDurationBuckets())) {
  for (const std::string& method : methods) {
    MethodMetrics& out = methods_[method];
    for (int code = 0; code <= static_cast<int>(absl::StatusCode::kUnauthenticated); ++code) {
      const std::string name = absl::StatusCodeToString(static_cast<absl::StatusCode>(code));
      out.by_code.push_back(&metrics.Counter("jixiao_rpc_server_requests_total", "Calls answered.",
                                             {{"method", method}, {"code", name}}));
    }
    out.duration = &metrics.Histogram("jixiao_rpc_server_duration_seconds", "From a call's arrival to its answer.",
                                      CallDurationBuckets(), {{"method", method}});
    out.in_flight =
        &metrics.Gauge("jixiao_rpc_server_in_flight_requests", "Calls begun and not answered.", {{"method", method}});
  }
}

RpcMetrics::MethodMetrics& RpcMetrics::Of(std::string_view method) {
  const auto found = methods_.find(method);
  JIXIAO_CHECK(found != methods_.end());
  return found->second;
}

void RpcMetrics::Begin(std::string_view method) { Of(method).in_flight->Increment(); }

void RpcMetrics::End(std::string_view method, absl::StatusCode code, absl::Duration duration) {
  MethodMetrics& metrics = Of(method);
  metrics.in_flight->Decrement();
  const auto index = static_cast<size_t>(code);
  const auto unknown = static_cast<size_t>(absl::StatusCode::kUnknown);
  metrics.by_code[index < metrics.by_code.size() ? index : unknown]->Increment();
  metrics.duration->Observe(absl::ToDoubleSeconds(duration));
}

void RpcMetrics::Waited(absl::Duration duration) { queue_wait_->Observe(absl::ToDoubleSeconds(duration)); }

}  // namespace jixiao
