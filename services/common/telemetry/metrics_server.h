// For any service: serves its metrics over HTTP at /metrics.
#ifndef JIXIAO_COMMON_TELEMETRY_METRICS_SERVER_H_
#define JIXIAO_COMMON_TELEMETRY_METRICS_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/telemetry/metrics.h"

namespace prometheus {
class Exposer;
}

namespace jixiao {

class MetricsServer {
 public:
  // `listen` is `127.0.0.1:9101`; port 0 picks a free one. FAILED_PRECONDITION
  // (reason PORT_TAKEN) with a sentence if it cannot listen there.
  static absl::StatusOr<std::unique_ptr<MetricsServer>> Start(const std::string& listen, const Metrics& metrics);

  ~MetricsServer();

  int port() const { return port_; }

 private:
  explicit MetricsServer(std::unique_ptr<prometheus::Exposer> exposer);

  std::unique_ptr<prometheus::Exposer> exposer_;
  int port_ = 0;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_TELEMETRY_METRICS_SERVER_H_
