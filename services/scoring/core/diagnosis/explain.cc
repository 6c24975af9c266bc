#include "scoring/core/diagnosis/explain.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "scoring/core/diagnosis/describe.h"

namespace jixiao::scoring {
namespace {

constexpr std::string_view kSeparator = " · ";
constexpr size_t kMostEvidence = 3;
constexpr size_t kMostNames = 3;

// `自评表 · 年度资金总额 · 全年预算数` without the table.
std::string ShortLabel(const std::string& label) {
  const size_t first = label.find(kSeparator);
  return first == std::string::npos ? label : label.substr(first + kSeparator.size());
}

std::string Quoted(const std::string& text) { return fmt::format("“{}”", text); }

}  // namespace

report::v1::Address Explainer::AddressOf(int fact) const {
  report::v1::Address filed = ledger_.facts().at(fact).address();
  return filed.has_label() ? filed : table_.Place({}, NameOf(fact));
}

std::string Explainer::NameOf(int fact) const {
  const report::v1::Address address = ledger_.facts().at(fact).address();
  if (ledger_.facts().at(fact).mention != nullptr)
    return "正文" + Quoted(std::string(ledger_.facts().at(fact).as_written));
  if (address.has_label()) return ShortLabel(address.label());
  // Filed without addresses: the name by which some relation knows it.
  for (const int relation : ledger_.RelationsOf(fact)) {
    const BoundRelation& bound = ledger_.relation(relation);
    const auto title = [&](const std::string& text) { return TitleOf(bound, text, table_.table); };
    if (bound.stated == fact) return title(bound.relation->stated_title());
    if (bound.left == FactIndexes{fact}) return title(bound.relation->left_title());
    if (bound.right == FactIndexes{fact}) return title(bound.relation->right_title());
  }
  return "表内数字";
}

std::string Explainer::WrittenAs(int fact, int64_t value) {
  return value == kUnknown ? "（待核）" : WriteLike(value, ledger_.Written(fact));
}

std::string Explainer::Filed(int fact) {
  const std::string_view written = ledger_.facts().at(fact).as_written;
  if (ledger_.facts().at(fact).is_blank) return "（空）";
  return written.empty() ? WrittenAs(fact, ledger_.value(fact)) : std::string(written);
}

bool Explainer::IsInGrid(const Repair& repair, Grid::Kind kind) const {
  const Cell cell = grids_.CellOf(repair.changes.front().fact);
  return cell.grid >= 0 && grids_.at(cell.grid).kind == kind;
}

std::string Explainer::OneFigureText(const Repair& repair, int fact, int64_t to) {
  std::string slip = SlipText(repair.cause, Filed(fact), WrittenAs(fact, to));
  if (!slip.empty()) return slip;
  const std::string from = Quoted(Filed(fact));
  const std::string meant = Quoted(WrittenAs(fact, to));
  switch (repair.cause) {
    case v1::CAUSE_PRIOR_YEAR: return fmt::format("{}与上年数相同，误填了上年的数，本年应为{}", from, meant);
    case v1::CAUSE_CELLS_COPIED:
      return fmt::format("{}与“{}”的数相同，是照抄过来的，应为{}", from, NameOf(repair.other), meant);
    case v1::CAUSE_SHARE_FOR_RATE:
      return fmt::format("{}是占“{}”的比重，不是执行率，执行率应为{}", from, NameOf(repair.other), meant);
    case v1::CAUSE_STALE_TOTAL: return fmt::format("分项改动之后，合计没有重新加总；按现有分项加总应为{}", meant);
    case v1::CAUSE_MISCALCULATED:
      if (repair.other >= 0 && ledger_.facts().at(repair.other).cell != nullptr && !repair.is_plain) {
        return fmt::format("{}像是用“{}”作分母算出来的，按规定应为{}", from, NameOf(repair.other), meant);
      }
      return fmt::format("{}计算有误，按表内数字重新计算应为{}", from, meant);
    default: return fmt::format("{}与另一处不一致；如果另一处是对的，这里应改为{}", from, meant);
  }
}

std::string Explainer::CauseText(const Repair& repair) {
  const auto& changes = repair.changes;
  if (changes.size() == 1) return OneFigureText(repair, changes.front().fact, changes.front().to);
  std::string names;
  for (size_t i = 0; i < changes.size() && i < kMostNames; ++i) {
    names += (i == 0 ? "“" : "、“") + NameOf(changes[i].fact) + "”";
  }
  if (changes.size() > kMostNames) names += fmt::format("等 {} 处", changes.size());
  switch (repair.cause) {
    case v1::CAUSE_CELLS_SWAPPED:
      if (changes.size() == 2) return fmt::format("{}两个数填反了，请核实后对调", names);
      return fmt::format("{}填到了对方的栏里，请核实后整栏对调", names);
    case v1::CAUSE_CELLS_SHIFTED: return fmt::format("{}错开了一格，请逐格核实", names);
    case v1::CAUSE_CELLS_COPIED:
      return fmt::format("{}与“{}”一栏完全相同，是照抄来的；相邻一栏和各分项也请一并核实", names, NameOf(repair.other));
    case v1::CAUSE_MONEY_UNIT: return fmt::format("{}用错了单位，元与万元相差一万倍", names);
    default: return fmt::format("{}填错", names);
  }
}

std::string Explainer::Evidence(const Candidate& candidate) const {
  std::string text;
  size_t count = 0;
  for (const int relation : candidate.effect.healed) {
    const BoundRelation& bound = ledger_.relation(relation);
    if (bound.relation->comparison() == v1::COMPARISON_AT_MOST) continue;
    if (++count > kMostEvidence) continue;
    const auto title = [&](const std::string& words) { return TitleOf(bound, words, table_.table); };
    text += text.empty() ? "" : "；";
    text += bound.is_ratio() ? fmt::format("“{}”与重算的结果相符", title(bound.relation->stated_title()))
                             : fmt::format("“{}”与“{}”相等", title(bound.relation->left_title()),
                                           title(bound.relation->right_title()));
  }
  if (count > kMostEvidence) text += fmt::format("；共 {} 处对得上", count);
  return text;
}

v1::Suggestion Explainer::Suggest(const Candidate& candidate, v1::Likelihood likelihood) {
  v1::Suggestion suggestion;
  suggestion.set_text(CauseText(candidate.repair));
  suggestion.set_cause(candidate.repair.cause);
  suggestion.set_likelihood(likelihood);
  for (const Change& change : candidate.repair.changes) {
    v1::SuggestedChange& shown = *suggestion.add_changes();
    *shown.mutable_address() = AddressOf(change.fact);
    shown.set_from(ledger_.facts().at(change.fact).is_blank ? "" : Filed(change.fact));
    if (change.to != kUnknown) shown.set_to(WrittenAs(change.fact, change.to));
  }
  return suggestion;
}

int Explainer::RatioOfSwap(const Candidate& candidate) const {
  const Repair& repair = candidate.repair;
  if (repair.cause != v1::CAUSE_CELLS_SWAPPED || repair.changes.size() != 2) return -1;
  for (const int relation : candidate.effect.healed) {
    const BoundRelation& bound = ledger_.relation(relation);
    if (!bound.is_ratio() || bound.scale >= 0 || bound.left.size() != 1 || bound.right.size() != 1) continue;
    const auto changes = [&](int fact) {
      return std::any_of(repair.changes.begin(), repair.changes.end(),
                         [&](const Change& change) { return change.fact == fact; });
    };
    if (changes(bound.left.front()) && changes(bound.right.front())) return relation;
  }
  return -1;
}

Observation Explainer::RootOf(const Candidate& candidate) {
  const Repair& repair = candidate.repair;
  Observation root{.rule_id = "FIGURE_TYPO", .places = {}, .value = "", .expected = "", .difference = ""};
  for (const Change& change : repair.changes) root.places.push_back(AddressOf(change.fact));
  if (const int ratio = RatioOfSwap(candidate); ratio >= 0) {
    const BoundRelation& bound = ledger_.relation(ratio);
    const std::string budget = Filed(bound.right.front());
    const std::string executed = Filed(bound.left.front());
    const std::string rate = Filed(bound.stated);
    root.rule_id = "COL_SWAP";
    root.value = fmt::format("全年预算数 {}，全年执行数 {}，填报执行率 {}", budget, executed, rate);
    root.expected = fmt::format("两数对调后 {} ÷ {} = {}，与填报执行率一致", budget, executed, rate);
    return root;
  }
  if (repair.changes.size() > 1 && IsInGrid(repair, Grid::Kind::kCosts)) root.rule_id = "BASE_TABLE_SHIFT";
  for (size_t i = 0; i < repair.changes.size() && i < kMostNames; ++i) {
    const Change& change = repair.changes[i];
    const std::string separator = i == 0 ? "" : "，";
    const std::string name = ledger_.facts().at(change.fact).mention != nullptr ? "正文" : NameOf(change.fact);
    root.value += fmt::format("{}{} {}", separator, name, Filed(change.fact));
    root.expected += fmt::format("{}{} {}", separator, name, WrittenAs(change.fact, change.to));
  }
  if (repair.changes.size() > kMostNames) {
    root.value += " 等";
    root.expected += " 等";
  }
  if (const std::string evidence = Evidence(candidate); !evidence.empty()) {
    root.expected += fmt::format("（改后{}）", evidence);
  }
  return root;
}

}  // namespace jixiao::scoring
