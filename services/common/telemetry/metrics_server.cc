#include "common/telemetry/metrics_server.h"

#include <fmt/format.h>
#include <prometheus/exposer.h>

#include <exception>

#include "common/base/errors.h"
#include "common/base/log.h"

namespace jixiao {

absl::StatusOr<std::unique_ptr<MetricsServer>> MetricsServer::Start(const std::string& listen, const Metrics& metrics) {
  try {
    auto exposer = std::make_unique<prometheus::Exposer>(listen);
    exposer->RegisterCollectable(metrics.registry());
    std::unique_ptr<MetricsServer> server(new MetricsServer(std::move(exposer)));
    LogInfo("serving_metrics", {{"port", server->port()}});
    return server;
  } catch (const std::exception&) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "PORT_TAKEN",
                     fmt::format("cannot serve metrics on {}: another process has the port, or the address is not of "
                                 "this machine",
                                 listen));
  }
}

MetricsServer::MetricsServer(std::unique_ptr<prometheus::Exposer> exposer)
    : exposer_(std::move(exposer)), port_(exposer_->GetListeningPorts().front()) {}

MetricsServer::~MetricsServer() = default;

}  // namespace jixiao
