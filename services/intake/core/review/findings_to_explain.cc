#include "intake/core/review/findings_to_explain.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "common/base/errors.h"
#include "intake/core/submission/errors.h"

namespace jixiao::intake {
namespace {

using scoring::v1::Finding;
using scoring::v1::ScoreCard;

class Roots {
 public:
  explicit Roots(const ScoreCard& card) {
    for (const Finding& finding : card.findings()) by_id_.emplace(finding.id(), &finding);
  }

  // What `finding` is folded under, as on the public page; itself if that is
  // nothing, unknown or a circle.
  const Finding& RootOf(const Finding& finding) const {
    const Finding* root = &finding;
    std::set<const Finding*> seen = {root};
    while (root->caused_by_size() > 0) {
      const auto cause = by_id_.find(root->caused_by(0));
      if (cause == by_id_.end()) return *root;
      if (!seen.insert(cause->second).second) return finding;
      root = cause->second;
    }
    return *root;
  }

 private:
  std::map<std::string, const Finding*> by_id_;
};

// A note asks for nothing, so it cannot stand for what is folded under it.
bool StandsFor(const Finding& root, const Finding& finding) {
  return &root != &finding && root.severity() != scoring::v1::SEVERITY_NOTE;
}

}  // namespace

absl::StatusOr<ScoreCard> ParseScoreCard(const std::string& bytes) {
  ScoreCard card;
  if (card.ParseFromString(bytes)) return card;
  return MakeError(absl::StatusCode::kDataLoss, "BROKEN_SCORE_CARD", "评分结果无法读取，请联系系统管理员");
}

const Finding* FindFinding(const ScoreCard& card, const std::string& finding_id) {
  for (const Finding& finding : card.findings()) {
    if (finding.id() == finding_id) return &finding;
  }
  return nullptr;
}

std::vector<const Finding*> FindingsToExplain(const ScoreCard& card) {
  const Roots roots(card);
  std::vector<const Finding*> findings;
  for (const Finding& finding : card.findings()) {
    if (finding.severity() != scoring::v1::SEVERITY_EXPLAIN) continue;
    if (!StandsFor(roots.RootOf(finding), finding)) findings.push_back(&finding);
  }
  return findings;
}

absl::Status CheckNeedsExplanation(const ScoreCard& card, const std::string& finding_id) {
  const Finding* const finding = FindFinding(card, finding_id);
  if (finding == nullptr) return NoSuchFinding(finding_id, "不在本版的检查发现中，请核对编号");
  if (finding->severity() == scoring::v1::SEVERITY_BLOCKS) {
    return NoSuchFinding(finding_id, "影响公开，不能以说明代替更正，请更正后重新报送");
  }
  if (finding->severity() != scoring::v1::SEVERITY_EXPLAIN) return NoSuchFinding(finding_id, "只是提示，不需要说明");
  const Finding& root = Roots(card).RootOf(*finding);
  if (!StandsFor(root, *finding)) return absl::OkStatus();
  const char* const advice = root.severity() == scoring::v1::SEVERITY_BLOCKS ? "请先更正" : "请说明";
  return NoSuchFinding(finding_id,
                       fmt::format("由 {}（{}）引起，不需要单独说明；{}该项", root.id(), root.title(), advice));
}

}  // namespace jixiao::intake
