// Decides in which order findings are shown, which are folded under which, and
// what number each has on the page.
#ifndef JIXIAO_PUBLISH_CORE_FINDING_ORDER_H_
#define JIXIAO_PUBLISH_CORE_FINDING_ORDER_H_

#include <map>
#include <string>
#include <vector>

#include "jixiao/scoring/v1/scorecard.pb.h"

namespace jixiao::publish {

// Worst first, as pages list them.
inline constexpr scoring::v1::Severity kSeveritiesByWeight[] = {
    scoring::v1::SEVERITY_BLOCKS, scoring::v1::SEVERITY_EXPLAIN, scoring::v1::SEVERITY_NOTE};

struct NumberedFinding {
  int number = 0;  // from 1 down the page
  const scoring::v1::Finding* finding = nullptr;
  std::vector<NumberedFinding> dependants;
};

class FindingOrder {
 public:
  // `card` outlives this. Findings whose causes are unknown or go in a circle
  // are roots: none is lost.
  explicit FindingOrder(const scoring::v1::ScoreCard& card);

  // Roots of one severity, in the card's order but for findings of one rule,
  // which stand together.
  const std::vector<NumberedFinding>& Roots(scoring::v1::Severity severity) const;

  // Numbers of the findings about the cell at `address`.
  std::vector<int> NumbersAt(const report::v1::Address& address) const;

  // Findings of one severity, folded ones included.
  int Count(scoring::v1::Severity severity) const;

 private:
  void Number(NumberedFinding& numbered, int& next);

  std::map<int, std::vector<NumberedFinding>> roots_;
  std::map<int, int> counts_;
  std::map<std::vector<int>, std::vector<int>> by_cell_;
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_CORE_FINDING_ORDER_H_
