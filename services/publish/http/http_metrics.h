// What the public site counts.
//
//   jixiao_publish_http_requests_total{route,code}
//   jixiao_publish_http_request_duration_seconds{route}
//   jixiao_publish_http_connections
#ifndef JIXIAO_PUBLISH_HTTP_HTTP_METRICS_H_
#define JIXIAO_PUBLISH_HTTP_HTTP_METRICS_H_

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "absl/time/time.h"
#include "common/telemetry/metrics.h"

namespace jixiao::publish {

// Thread-safe.
class HttpMetrics {
 public:
  explicit HttpMetrics(Metrics& metrics);

  void Answered(std::string_view route, int status, absl::Duration duration);
  prometheus::Gauge& connections() { return connections_; }

 private:
  struct Route {
    std::map<int, prometheus::Counter*> by_status;
    prometheus::Histogram* duration = nullptr;
  };

  std::map<std::string, Route, std::less<>> routes_;
  prometheus::Gauge& connections_;
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_HTTP_HTTP_METRICS_H_
