#include "scoring/adapters/cached_score_memo.h"

#include <fmt/format.h>

#include <string_view>

#include "scoring/core/score_report.h"

namespace jixiao::scoring {
namespace {

// Only to let the cache shrink after a season; cards do not go stale.
constexpr absl::Duration kKeepFor = absl::Hours(24 * 7);

std::string_view Hex(const std::string& digest) { return std::string_view(digest).substr(digest.find(':') + 1); }

}  // namespace

std::string ScoreCacheKey(const ScoreKey& key) {
  return fmt::format("jixiao:1:score:{}:{}:{}:{}", Hex(key.report_digest), Hex(key.rule_set_digest), kEngineVersion,
                     Hex(key.context_digest));
}

std::optional<std::string> CachedScoreMemo::Find(const ScoreKey& key) { return cache_.Get(ScoreCacheKey(key)); }

void CachedScoreMemo::Keep(const ScoreKey& key, const std::string& card_bytes) {
  cache_.Set(ScoreCacheKey(key), card_bytes, kKeepFor);
}

}  // namespace jixiao::scoring
