#include "common/redis/cache_metrics.h"

namespace jixiao {

CacheMetrics::CacheMetrics(Metrics& metrics)
    : gets(metrics, "jixiao_cache_gets_total", "Values asked for, by what came of it.", "outcome",
           {"hit", "miss", "error", "skipped", "poisoned"}),
      sets(metrics, "jixiao_cache_sets_total", "Values given to the cache, by what came of it.", "outcome",
           {"stored", "error", "skipped"}) {}

}  // namespace jixiao
