// Pretends to remember score cards for ever, and counts nothing.
#ifndef JIXIAO_SCORING_TESTING_IN_MEMORY_SCORE_MEMO_H_
#define JIXIAO_SCORING_TESTING_IN_MEMORY_SCORE_MEMO_H_

#include <map>
#include <mutex>
#include <string>

#include "scoring/core/score_memo.h"

namespace jixiao::scoring::testing {

class InMemoryScoreMemo : public ScoreMemo {
 public:
  std::optional<std::string> Find(const ScoreKey& key) override {
    const std::lock_guard lock(mutex_);
    const auto found = cards_.find(Text(key));
    if (found == cards_.end()) return std::nullopt;
    return found->second;
  }
  void Keep(const ScoreKey& key, const std::string& card_bytes) override {
    const std::lock_guard lock(mutex_);
    cards_[Text(key)] = card_bytes;
  }

 private:
  static std::string Text(const ScoreKey& key) { return key.report_digest + key.rule_set_digest + key.context_digest; }

  std::mutex mutex_;
  std::map<std::string, std::string> cards_;
};

}  // namespace jixiao::scoring::testing

#endif  // JIXIAO_SCORING_TESTING_IN_MEMORY_SCORE_MEMO_H_
