#include "publish/core/finding_order.h"

#include <algorithm>
#include <set>

namespace jixiao::publish {
namespace {

using scoring::v1::Finding;
using scoring::v1::Severity;

Severity ShownAs(const Finding& finding) {
  return finding.severity() == scoring::v1::SEVERITY_UNSPECIFIED ? scoring::v1::SEVERITY_NOTE : finding.severity();
}

// Empty unless `address` names one cell of a grid.
std::vector<int> CellKey(const report::v1::Address& address) {
  if (!address.has_row_index() || !address.has_column_index()) return {};
  return {address.part(), address.part_index(), address.row_index(), address.column_index()};
}

// The root that `finding` follows from; itself if it follows from none.
const Finding* RootOf(const Finding* finding, const std::map<std::string, const Finding*>& by_id) {
  const Finding* root = finding;
  std::set<const Finding*> seen = {root};
  while (root->caused_by_size() > 0) {
    const auto cause = by_id.find(root->caused_by(0));
    if (cause == by_id.end()) return root;
    if (!seen.insert(cause->second).second) return finding;
    root = cause->second;
  }
  return root;
}

// Brings findings of one rule together, at the place of the first: they are
// explained once.
void GatherByRule(std::vector<NumberedFinding>& roots) {
  std::map<std::string, size_t> first;
  for (size_t i = 0; i < roots.size(); ++i) first.try_emplace(roots[i].finding->rule_id(), i);
  std::stable_sort(roots.begin(), roots.end(), [&](const NumberedFinding& a, const NumberedFinding& b) {
    return first[a.finding->rule_id()] < first[b.finding->rule_id()];
  });
}

}  // namespace

FindingOrder::FindingOrder(const scoring::v1::ScoreCard& card) {
  std::map<std::string, const Finding*> by_id;
  for (const Finding& finding : card.findings()) by_id[finding.id()] = &finding;
  std::map<const Finding*, std::vector<const Finding*>> dependants;
  for (const Finding& finding : card.findings()) {
    const Finding* root = RootOf(&finding, by_id);
    if (root != &finding) dependants[root].push_back(&finding);
    ++counts_[ShownAs(finding)];
  }
  for (const Finding& finding : card.findings()) {
    if (RootOf(&finding, by_id) != &finding) continue;
    NumberedFinding root = {0, &finding, {}};
    for (const Finding* dependant : dependants[&finding]) root.dependants.push_back({0, dependant, {}});
    roots_[ShownAs(finding)].push_back(std::move(root));
  }
  for (auto& [severity, roots] : roots_) GatherByRule(roots);
  int next = 1;
  for (const Severity severity : kSeveritiesByWeight) {
    for (NumberedFinding& root : roots_[severity]) Number(root, next);
  }
}

void FindingOrder::Number(NumberedFinding& numbered, int& next) {
  numbered.number = next++;
  for (const report::v1::Address& place : numbered.finding->places()) {
    const std::vector<int> key = CellKey(place);
    if (key.empty()) continue;
    std::vector<int>& numbers = by_cell_[key];
    if (numbers.empty() || numbers.back() != numbered.number) numbers.push_back(numbered.number);
  }
  for (NumberedFinding& dependant : numbered.dependants) Number(dependant, next);
}

const std::vector<NumberedFinding>& FindingOrder::Roots(Severity severity) const {
  static const std::vector<NumberedFinding> kNone;
  const auto found = roots_.find(severity);
  return found == roots_.end() ? kNone : found->second;
}

std::vector<int> FindingOrder::NumbersAt(const report::v1::Address& address) const {
  const auto found = by_cell_.find(CellKey(address));
  return found == by_cell_.end() ? std::vector<int>() : found->second;
}

int FindingOrder::Count(Severity severity) const {
  const auto found = counts_.find(severity);
  return found == counts_.end() ? 0 : found->second;
}

}  // namespace jixiao::publish
