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
  std::vector<int> figures;  // indexes into Draft::figures()
  bool holds = true;
  // For equations of sums: what is missing on the left, and each figure's side.
  bool is_equation = false;
  int64_t gap = 0;               // right - left
  std::vector<bool> is_on_left;  // as `figures`
};

// All comparisons that can be made. A quantity that several sentences state is
// compared once for each.
std::vector<Comparison> Compare(const Draft& draft, const scoring::v1::RuleSet& rule_set);

}  // namespace jixiao::conformance

#endif  // JIXIAO_CONFORMANCE_CONSISTENCY_H_
