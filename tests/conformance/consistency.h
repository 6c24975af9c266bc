// The kit's own, slow reading of what must agree in a report: the rule set's
// sums and the rates of the funds block. Knows nothing of the engine.
#ifndef JIXIAO_CONFORMANCE_CONSISTENCY_H_
#define JIXIAO_CONFORMANCE_CONSISTENCY_H_

#include <string>
#include <vector>

#include "conformance/draft.h"
#include "jixiao/scoring/v1/ruleset.pb.h"

namespace jixiao::conformance {

// One comparison between figures.
struct Comparison {
  std::string rule_id;
  std::vector<int> figures;  // indexes into Draft::figures(), of the left first
  bool holds = true;
  bool is_bound = false;  // at most, rather than equal

  // How it was made, to make it again.
  const scoring::v1::Relation* relation = nullptr;
  size_t left_count = 0;
  int64_t left_constant = 0;
  int64_t right_constant = 0;
  int stated = -1;
  int scale = -1;
};

// True if `comparison` holds with the figures as they are now.
bool HoldsNow(const Comparison& comparison, const Draft& draft);

// All comparisons that can be made. A quantity that several sentences state is
// compared once for each.
std::vector<Comparison> Compare(const Draft& draft, const scoring::v1::RuleSet& rule_set);

}  // namespace jixiao::conformance

#endif  // JIXIAO_CONFORMANCE_CONSISTENCY_H_
