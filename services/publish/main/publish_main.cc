// Starts the publish service: gRPC for intake, HTTP for the public.
#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/redis/make_cache.h"
#include "common/rpc/config/server_config.h"
#include "common/rpc/server.h"
#include "common/rpc/work/call_runner.h"
#include "common/telemetry/metrics_server.h"
#include "publish/adapters/shared_page_cache.h"
#include "publish/adapters/sqlite_disclosure_store.h"
#include "publish/core/publisher.h"
#include "publish/http/http_server.h"
#include "publish/http/site.h"
#include "publish/main/config.h"
#include "publish/main/store_watch.h"
#include "publish/rpc/publish_service.h"

int main(int argc, char** argv) {
  using namespace jixiao;  // NOLINT: a main is a table of contents
  PrepareSignals();
  SetLogService("publish");
  const publish::Config config = publish::ConfigFromFlags(argc, argv);
  CacheOptions cache_options;
  StopIfMisconfigured(Validate(config, cache_options));

  const auto store = publish::SqliteDisclosureStore::Open(config.store_path());
  StopIfFailed(store.status());

  const auto divisions = Divisions::Load(config.divisions);
  StopIfFailed(divisions.status());

  Metrics metrics;
  RpcMetrics rpc_metrics(metrics, publish::PublishService::Methods());
  CacheMetrics cache_metrics(metrics);
  publish::PublishMetrics publish_metrics(metrics);
  publish::HttpMetrics http_metrics(metrics);

  publish::SharedPageCache pages(MakeCache(cache_options, cache_metrics));
  publish::Publisher publisher(store->get(), &SystemClock());
  publish::Site site(store->get(), &pages, {config.base_url()}, *divisions);
  CallRunner runner(WithCallers(config.callers, config.server), rpc_metrics);
  publish::PublishService service(&publisher, store->get(), &publish_metrics, &runner,
                                  [&site](const publish::Published& published) { site.Warm(published); });

  std::unique_ptr<MetricsServer> metrics_server;
  if (!config.server.metrics_listen.empty()) {
    auto started = MetricsServer::Start(config.server.metrics_listen, metrics);
    StopIfFailed(started.status());
    metrics_server = *std::move(started);
  }
  const auto http = publish::HttpServer::Start(config.http, &site, &http_metrics);
  StopIfFailed(http.status());
  ServerOptions server_options = config.server.server_options();
  server_options.max_receive_bytes = 4 << 20;  // a report with its score card
  const auto server = Server::Start(server_options, {{publish::v1::PublishService::service_full_name(), &service}});
  StopIfFailed(server.status());
  LogInfo("pages_served", {{"port", (*http)->port()}});
  {
    const publish::StoreWatch watch(**store, **server);
    ServeUntilStopped(**server);
  }
  (*http)->Drain(config.server.drain_timeout);
  return 0;
}
