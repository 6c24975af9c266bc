// For any service: what its cache does.
//
//   jixiao_cache_gets_total{outcome}  hit, miss, error, skipped, poisoned
//   jixiao_cache_sets_total{outcome}  stored, error, skipped
//
// `skipped`: not asked, since it failed a moment ago. `poisoned`: a value was
// there that we had not written there; somebody should look.
#ifndef JIXIAO_COMMON_REDIS_CACHE_METRICS_H_
#define JIXIAO_COMMON_REDIS_CACHE_METRICS_H_

#include "common/telemetry/metrics.h"

namespace jixiao {

struct CacheMetrics {
  explicit CacheMetrics(Metrics& metrics);

  LabelledCounter gets;
  LabelledCounter sets;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_REDIS_CACHE_METRICS_H_
