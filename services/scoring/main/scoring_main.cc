// Starts the scoring service.
#include "common/base/log.h"
#include "common/redis/make_cache.h"
#include "common/rpc/config/server_config.h"
#include "common/rpc/server.h"
#include "common/rpc/work/call_runner.h"
#include "common/telemetry/metrics_server.h"
#include "scoring/adapters/cached_score_memo.h"
#include "scoring/adapters/load_rule_sets.h"
#include "scoring/main/config.h"
#include "scoring/rpc/scoring_service.h"

int main(int argc, char** argv) {
  using namespace jixiao;  // NOLINT: a main is a table of contents
  PrepareSignals();
  SetLogService("scoring");
  const scoring::Config config = scoring::ConfigFromFlags(argc, argv);
  CacheOptions cache_options;
  StopIfMisconfigured(Validate(config, cache_options));

  const auto rule_sets = scoring::LoadRuleSets(config.rulesets);
  StopIfFailed(rule_sets.status());

  Metrics metrics;
  RpcMetrics rpc_metrics(metrics, scoring::ScoringService::Methods());
  CacheMetrics cache_metrics(metrics);
  scoring::ScoringMetrics scoring_metrics(metrics);

  const std::unique_ptr<Cache> cache = MakeCache(cache_options, cache_metrics);
  scoring::CachedScoreMemo memo(*cache);
  CallRunner runner(WithCallers(config.callers, config.server), rpc_metrics);
  scoring::ScoringService service(*rule_sets, memo, scoring_metrics, runner);

  std::unique_ptr<MetricsServer> metrics_server;
  if (!config.server.metrics_listen.empty()) {
    auto started = MetricsServer::Start(config.server.metrics_listen, metrics);
    StopIfFailed(started.status());
    metrics_server = *std::move(started);
  }
  const auto server =
      Server::Start(config.server.server_options(), {{scoring::v1::ScoringService::service_full_name(), &service}});
  StopIfFailed(server.status());
  LogInfo("rule_sets_loaded", {{"count", static_cast<int64_t>(rule_sets->all().size())}});
  ServeUntilStopped(**server);
  return 0;
}
