#include "publish/core/open_findings.h"

#include <algorithm>

namespace jixiao::publish {

OpenFindings OpenFindingsOf(const v1::Disclosure& disclosure, const FindingOrder& findings) {
  if (findings.Count(scoring::v1::SEVERITY_BLOCKS) > 0) return OpenFindings::kBlocking;
  const std::vector<NumberedFinding>& roots = findings.Roots(scoring::v1::SEVERITY_EXPLAIN);
  const bool is_explained = std::all_of(roots.begin(), roots.end(), [&](const NumberedFinding& root) {
    return std::any_of(disclosure.explanations().begin(), disclosure.explanations().end(),
                       [&](const auto& each) { return each.finding_id() == root.finding->id(); });
  });
  return is_explained ? OpenFindings::kNone : OpenFindings::kUnexplained;
}

}  // namespace jixiao::publish
