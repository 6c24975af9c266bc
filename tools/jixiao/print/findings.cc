#include "print/findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "print/words.h"

namespace jixiao::cli {
namespace {

using scoring::v1::Finding;
using scoring::v1::ScoreCard;

constexpr int kNameWidth = 6;

// Who follows from whom. A finding with several causes is folded under the first
// one; a circle, which scoring should never send, still shows every finding.
class Folding {
 public:
  explicit Folding(const ScoreCard& card) {
    std::set<std::string> ids;
    for (const Finding& finding : card.findings()) ids.insert(finding.id());
    for (const Finding& finding : card.findings()) {
      const std::string cause = finding.caused_by().empty() ? "" : finding.caused_by(0);
      if (cause != finding.id() && ids.count(cause) > 0) {
        followers_[cause].push_back(&finding);
      } else {
        roots_.push_back(&finding);
      }
    }
    for (const Finding* root : roots_) Reach(*root);
    for (const Finding& finding : card.findings()) {
      if (reached_.count(&finding) > 0) continue;
      roots_.push_back(&finding);
      Reach(finding);
    }
  }

  const std::vector<const Finding*>& roots() const { return roots_; }

  // All that follow from `finding`, directly or not, in the card's order.
  std::vector<const Finding*> FollowersOf(const Finding& finding) const {
    std::vector<const Finding*> all;
    std::set<const Finding*> seen = {&finding};
    Collect(finding, all, seen);
    return all;
  }

 private:
  void Reach(const Finding& finding) {
    reached_.insert(&finding);
    for (const Finding* follower : FollowersOf(finding)) reached_.insert(follower);
  }

  void Collect(const Finding& finding, std::vector<const Finding*>& all, std::set<const Finding*>& seen) const {
    const auto found = followers_.find(finding.id());
    if (found == followers_.end()) return;
    for (const Finding* follower : found->second) {
      if (!seen.insert(follower).second) continue;
      all.push_back(follower);
      Collect(*follower, all, seen);
    }
  }

  std::map<std::string, std::vector<const Finding*>> followers_;
  std::vector<const Finding*> roots_;
  std::set<const Finding*> reached_;
};

bool ShareAHeading(const Finding& a, const Finding& b) {
  return a.rule_id() == b.rule_id() && a.severity() == b.severity() && a.title() == b.title() && a.why() == b.why() &&
         a.how_to_fix() == b.how_to_fix() && a.clause() == b.clause();
}

std::string Line(const Style& style, int indent, std::string_view name, std::string_view text) {
  if (text.empty()) return "";
  return fmt::format("{}{}{}\n", std::string(indent, ' '), Faint(style, PadRight(name, kNameWidth)),
                     Wrap(SafeText(text), indent + kNameWidth, style.width));
}

std::string Heading(const Style& style, int indent, const Finding& finding, size_t count) {
  const std::string times = count > 1 ? fmt::format("（{} 处）", count) : "";
  return fmt::format("{}{}{}{}  {}\n", std::string(indent, ' '), SeverityMark(style, finding.severity()),
                     Bold(style, SafeText(finding.title())), times, Faint(style, SafeText(finding.rule_id())));
}

// A likely cause and what to write instead. One figure at the finding's own
// place is in the text already.
std::string PrintSuggestion(const Style& style, int indent, const Finding& finding,
                            const scoring::v1::Suggestion& suggestion) {
  const std::string likelihood = WordFor(suggestion.likelihood());
  std::string out =
      Line(style, indent, "原因", likelihood.empty() ? suggestion.text() : likelihood + "：" + suggestion.text());
  const bool is_here = suggestion.changes_size() == 1 && finding.places_size() > 0 &&
                       suggestion.changes(0).address().label() == finding.places(0).label();
  if (is_here && suggestion.text().find(suggestion.changes(0).to()) != std::string::npos) return out;
  for (const auto& change : suggestion.changes()) {
    const std::string from = change.from().empty() ? "（空）" : change.from();
    const std::string to = change.has_to() ? change.to() : "请核实";
    out += Line(style, indent, "", fmt::format("{}：{} → {}", change.address().label(), from, to));
  }
  return out;
}

// Where it is and what stands there.
std::string Evidence(const Style& style, int indent, const Finding& finding) {
  // A sum over a whole table has a place for each row; the first ones say which.
  constexpr int kMostPlaces = 4;
  std::string out;
  for (int i = 0; i < finding.places_size() && i < kMostPlaces; ++i) {
    out += Line(style, indent, i == 0 ? "位置" : "对照", Place(finding.places(i)));
  }
  if (finding.places_size() > kMostPlaces)
    out += Line(style, indent, "", fmt::format("等 {} 处", finding.places_size()));
  out += Line(style, indent, "填报", finding.value());
  out += Line(style, indent, "应为", finding.expected());
  out += Line(style, indent, "相差", finding.difference());
  for (const auto& suggestion : finding.suggestions()) out += PrintSuggestion(style, indent, finding, suggestion);
  return out;
}

std::string PrintGroup(const Style& style, const std::vector<const Finding*>& group, const Folding& folding) {
  constexpr int kIndent = 4;
  const Finding& first = *group.front();
  std::string out = Heading(style, 0, first, group.size());
  for (const Finding* finding : group) {
    out += Evidence(style, kIndent, *finding);
    const auto followers = folding.FollowersOf(*finding);
    if (followers.empty()) continue;
    out += fmt::format("{}由此引起 {} 项：\n", std::string(kIndent, ' '), followers.size());
    for (const Finding* follower : followers) {
      out += Heading(style, kIndent + 2, *follower, 1) + Evidence(style, kIndent + 6, *follower);
    }
  }
  out += Line(style, kIndent, "缘由", first.why());
  out += Line(style, kIndent, "办法", first.how_to_fix());
  out += Line(style, kIndent, "依据", first.clause());
  return out;
}

}  // namespace

intake::v1::FindingCounts CountFindings(const ScoreCard& card) {
  int blocks = 0, explain = 0, note = 0;
  for (const Finding& finding : card.findings()) {
    switch (finding.severity()) {
      case scoring::v1::SEVERITY_BLOCKS: ++blocks; break;
      case scoring::v1::SEVERITY_EXPLAIN: ++explain; break;
      default: ++note;
    }
  }
  intake::v1::FindingCounts counts;
  counts.set_blocks(blocks);
  counts.set_explain(explain);
  counts.set_note(note);
  return counts;
}

std::string PrintCounts(const intake::v1::FindingCounts& counts) {
  std::string out;
  const auto add = [&out](std::string_view word, int count) {
    if (count > 0) out += fmt::format("{}{} {} 项", out.empty() ? "" : "、", word, count);
  };
  add("严重", counts.blocks());
  add("一般", counts.explain());
  add("提示", counts.note());
  return out.empty() ? "没有问题" : out;
}

std::string PrintFindings(const ScoreCard& card, const Style& style) {
  const Folding folding(card);
  // One rule is explained once, where it is first broken.
  std::vector<std::vector<const Finding*>> groups;
  for (const Finding* root : folding.roots()) {
    const auto same = std::find_if(groups.begin(), groups.end(),
                                   [&](const auto& group) { return ShareAHeading(*group.front(), *root); });
    if (same == groups.end()) {
      groups.push_back({root});
    } else {
      same->push_back(root);
    }
  }
  std::string out;
  for (const auto& group : groups) out += (out.empty() ? "" : "\n") + PrintGroup(style, group, folding);
  return out;
}

std::string PrintKeyFindings(const ScoreCard& card, int max_lines, const Style& style) {
  const Folding folding(card);
  std::string out;
  int lines = 0;
  for (const Finding* root : folding.roots()) {
    if (lines++ == max_lines) break;
    const std::string place = root->places().empty() ? "" : SafeText(root->places(0).label()) + "：";
    const std::string value = SafeText(root->value());
    out += fmt::format("  {}{}  {}\n", SeverityMark(style, root->severity()), SafeText(root->title()),
                       Faint(style, CutToWidth(place + value, 70)));
  }
  return out;
}

}  // namespace jixiao::cli
