// Keeps score cards in the cache of --cache.
#ifndef JIXIAO_SCORING_ADAPTERS_CACHED_SCORE_MEMO_H_
#define JIXIAO_SCORING_ADAPTERS_CACHED_SCORE_MEMO_H_

#include <string>

#include "common/redis/cache.h"
#include "scoring/core/score_memo.h"

namespace jixiao::scoring {

// `jixiao:1:score:{report}:{rule set}:{engine version}:{context}`, digests
// without `sha256:`. The key names all that a card depends on, so that no value
// is ever stale.
std::string ScoreCacheKey(const ScoreKey& key);

class CachedScoreMemo : public ScoreMemo {
 public:
  // `cache` outlives it.
  explicit CachedScoreMemo(Cache& cache) : cache_(cache) {}

  std::optional<std::string> Find(const ScoreKey& key) override;
  void Keep(const ScoreKey& key, const std::string& card_bytes) override;

 private:
  Cache& cache_;
};

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_ADAPTERS_CACHED_SCORE_MEMO_H_
