// Remembers score cards, so that a report asked for again is not scored again.
#ifndef JIXIAO_SCORING_CORE_SCORE_MEMO_H_
#define JIXIAO_SCORING_CORE_SCORE_MEMO_H_

#include <optional>
#include <string>

namespace jixiao::scoring {

// Everything a card depends on, besides the engine's version.
struct ScoreKey {
  std::string report_digest;
  std::string rule_set_digest;
  std::string context_digest;
};

// May forget at any moment; never gives another key's card. Thread-safe.
class ScoreMemo {
 public:
  virtual ~ScoreMemo() = default;

  // Bytes of the card kept for `key`.
  virtual std::optional<std::string> Find(const ScoreKey& key) = 0;

  virtual void Keep(const ScoreKey& key, const std::string& card_bytes) = 0;
};

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_SCORE_MEMO_H_
