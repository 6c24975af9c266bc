// Reports of random content for tests of properties: every notation, right and
// wrong scores, with and without addresses. Nothing like a real report; for
// those see tests/conformance.
#ifndef JIXIAO_TESTS_PROPERTIES_RANDOM_REPORT_H_
#define JIXIAO_TESTS_PROPERTIES_RANDOM_REPORT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/ruleset.pb.h"

namespace jixiao::testing {

// A sequence of random numbers that is the same everywhere; the standard
// library's distributions are not.
class Dice {
 public:
  explicit Dice(uint64_t seed) : state_(seed) {}

  uint64_t Next();
  // In [0, count).
  int Below(int count) { return static_cast<int>(Next() % static_cast<uint64_t>(count)); }
  int64_t Between(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(Next() % static_cast<uint64_t>(high - low + 1));
  }
  bool Chance(int percent) { return Below(100) < percent; }
  template <typename List>
  const auto& OneOf(const List& list) {
    return list[static_cast<size_t>(Below(static_cast<int>(std::size(list))))];
  }
  // Any order, each as likely.
  template <typename List>
  void Shuffle(List& list) {
    for (int i = static_cast<int>(std::size(list)) - 1; i > 0; --i) {
      using std::swap;
      swap(list[static_cast<size_t>(i)], list[static_cast<size_t>(Below(i + 1))]);
    }
  }

 private:
  uint64_t state_;
};

// The same report for the same seed and rule set, on every machine. The rule set
// applies to it.
report::v1::Report RandomReport(uint64_t seed, const scoring::v1::RuleSet& rule_set);

}  // namespace jixiao::testing

#endif  // JIXIAO_TESTS_PROPERTIES_RANDOM_REPORT_H_
