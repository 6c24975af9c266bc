#include "conformance/plant.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "common/domain/decimal.h"
#include "conformance/slips.h"

namespace jixiao::conformance {
namespace {

using scoring::v1::RuleSet;

bool HasRule(const RuleSet& rule_set, std::string_view rule_id) {
  return std::any_of(rule_set.rules().begin(), rule_set.rules().end(),
                     [&](const auto& rule) { return rule.id() == rule_id; });
}

bool IsSame(const Comparison& a, const Comparison& b) { return a.rule_id == b.rule_id && a.figures == b.figures; }

void AddRule(std::string_view rule_id, v1::Mistake& mistake) {
  const auto& ids = mistake.rule_ids();
  if (std::find(ids.begin(), ids.end(), rule_id) == ids.end()) mistake.add_rule_ids(std::string(rule_id));
}

// Rules that name the root of a mistake rather than the sum that fails.
std::vector<std::string_view> RootRules(scoring::v1::Cause cause) {
  switch (cause) {
    case scoring::v1::CAUSE_CELLS_SWAPPED: return {"COL_SWAP"};
    case scoring::v1::CAUSE_MONEY_UNIT: return {"UNIT_ERROR"};
    case scoring::v1::CAUSE_SHARE_FOR_RATE: return {"SHARE_AS_RATE"};
    case scoring::v1::CAUSE_CELLS_SHIFTED:
    case scoring::v1::CAUSE_CELLS_COPIED:
    case scoring::v1::CAUSE_PRIOR_YEAR: return {"BASE_TABLE_SHIFT", "FIGURE_TYPO"};
    default: return {"FIGURE_TYPO"};
  }
}

}  // namespace

Planting::Planting(const Profile& profile, Generated& made, Random& random)
    : profile_(profile), made_(made), random_(random), before_(Compare(made.draft, profile.rule_set->rule_set)) {}

const TableBook& Planting::TableOf(int index) const {
  if (profile_.kind == report::v1::REPORT_KIND_PROJECT) return made_.book.projects.front().table;
  return index == 0 ? made_.book.table : made_.book.projects[static_cast<size_t>(index - 1)].table;
}

std::vector<int> Planting::Figures(const std::function<bool(const Figure&)>& wanted) const {
  std::vector<int> found;
  for (size_t i = 0; i < made_.draft.figures().size(); ++i) {
    if (wanted(made_.draft.figures()[i])) found.push_back(static_cast<int>(i));
  }
  return found;
}

void Planting::Change(int figure, const std::string& text, bool is_told) {
  auto& change = *mistake_.add_changes();
  if (is_told) change.set_to(draft().at(figure).text);
  draft().Set(figure, text);
  change.set_from(text);
  *change.mutable_address() = draft().AddressOf(figure);
  Place(change.address());
  changed_.push_back(figure);
}

void Planting::ChangeCell(report::v1::Value& cell, const std::string& text) {
  cell.set_as_written(text);
  cell.clear_number();
  Place(cell.address());
}

void Planting::Follow(int figure, const std::string& text) {
  if (draft().at(figure).text == text) return;
  auto& change = *mistake_.add_consequences();
  change.set_to(draft().at(figure).text);
  draft().Set(figure, text);
  change.set_from(text);
  *change.mutable_address() = draft().AddressOf(figure);
}

void Planting::FollowTotal(int index) {
  int64_t total = 0;
  for (const Figure& figure : draft().figures()) {
    const bool is_score = figure.key == "table.funds.total.score" || figure.key.starts_with("table.rows.score.");
    if (figure.table == index && figure.cell != nullptr && is_score) total += figure.number;
  }
  const int cell = draft().CellOf("table.total.score", index);
  if (cell >= 0) Follow(cell, FormatPoints(total));
  if (index != 0 || profile_.kind == report::v1::REPORT_KIND_PROJECT) return;
  for (const int figure : Figures([](const Figure& f) { return f.key == "text.self_score"; })) {
    Follow(figure, FormatPoints(total) + "分");
  }
  auto& table = *content().mutable_evaluation_tables(0);
  if (table.has_grade()) table.mutable_grade()->set_as_written(GradeIn(rule_set(), total));
}

bool Planting::Expect(std::initializer_list<std::string_view> rule_ids) {
  for (const std::string_view rule_id : rule_ids) {
    if (HasRule(rule_set(), rule_id)) AddRule(rule_id, mistake_);
  }
  return mistake_.rule_ids_size() > 0 && mistake_.places_size() > 0;
}

void Planting::NoteCells(const Comparison& comparison) {
  AddRule(comparison.rule_id, mistake_);
  for (const int figure : comparison.figures) Place(draft().AddressOf(figure));
}

bool Planting::ExpectBroken(std::initializer_list<scoring::v1::Cause> causes) {
  const std::vector<Comparison> after = Compare(draft(), rule_set());
  std::vector<const Comparison*> broken;
  for (const Comparison& comparison : after) {
    if (comparison.holds || !HasRule(rule_set(), comparison.rule_id)) continue;
    const bool is_new = std::none_of(before_.begin(), before_.end(),
                                     [&](const auto& old) { return !old.holds && IsSame(old, comparison); });
    if (is_new) broken.push_back(&comparison);
  }
  if (broken.empty()) return false;
  // A mistake planted before must still be there.
  for (const Comparison& old : before_) {
    const bool still = old.holds || std::any_of(after.begin(), after.end(),
                                                [&](const auto& now) { return !now.holds && IsSame(old, now); });
    if (!still) return false;
  }
  for (const Comparison* comparison : broken) NoteCells(*comparison);
  for (const scoring::v1::Cause cause : causes) {
    mistake_.add_causes(cause);
    for (const std::string_view rule_id : RootRules(cause)) {
      if (HasRule(rule_set(), rule_id)) AddRule(rule_id, mistake_);
    }
  }
  mistake_.set_is_undecidable(changed_.size() == 1 && HasRival(broken, after));
  // A bound says that something is wrong, and nothing of what it was.
  if (std::all_of(broken.begin(), broken.end(), [](const Comparison* c) { return c->is_bound; })) {
    mistake_.clear_causes();
  }
  MoveUntold(broken);
  return true;
}

// Cells of several changed at once that nothing is compared with only follow.
void Planting::MoveUntold(const std::vector<const Comparison*>& broken) {
  if (changed_.size() < 2) return;
  v1::Mistake before = mistake_;
  mistake_.clear_changes();
  for (size_t i = 0; i < changed_.size(); ++i) {
    const bool is_compared = std::any_of(broken.begin(), broken.end(), [&](const Comparison* c) {
      return std::find(c->figures.begin(), c->figures.end(), changed_[i]) != c->figures.end();
    });
    const auto& change = before.changes(static_cast<int>(i));
    *(is_compared ? mistake_.add_changes() : mistake_.add_consequences()) = change;
  }
}

// True if another figure, changed by one slip too, explains all that is wrong:
// then nothing in the report tells which of the two it was.
bool Planting::HasRival(const std::vector<const Comparison*>& broken, const std::vector<Comparison>& all) {
  std::set<int> figures;
  for (const Comparison* comparison : broken) {
    figures.insert(comparison->figures.begin(), comparison->figures.end());
  }
  for (const int figure : figures) {
    if (figure == changed_.front()) continue;
    Figure& rival = draft().at(figure);
    const int64_t now = rival.number;
    std::vector<const Comparison*> asked(broken);
    for (const Comparison& comparison : all) {
      const bool is_in =
          std::find(comparison.figures.begin(), comparison.figures.end(), figure) != comparison.figures.end();
      if (comparison.holds && is_in) asked.push_back(&comparison);
    }
    const std::string unit = rival.text.substr(rival.text.find_last_of("0123456789") + 1);
    bool heals = false;
    for (const std::string& text : BeforeOneSlip(rival.text)) {
      rival.number = ReadFigure(text + unit, rival.scale).value_or(now);
      heals = std::all_of(asked.begin(), asked.end(), [&](const Comparison* c) { return HoldsNow(*c, draft()); });
      if (heals) break;
    }
    rival.number = now;
    if (heals) return true;
  }
  return false;
}

const std::vector<Kind>& Kinds() {
  static const std::vector<Kind>* const kinds = [] {
    auto* all = new std::vector<Kind>;
    for (const auto& some : {FigureKinds(), BlockKinds(), IndicatorKinds(), DocumentKinds(), TextKinds()}) {
      all->insert(all->end(), some.begin(), some.end());
    }
    return all;
  }();
  return *kinds;
}

bool Applies(const Kind& kind, const Profile& profile) {
  if (kind.is_department_only && profile.kind != report::v1::REPORT_KIND_DEPARTMENT) return false;
  if (kind.rule_ids.empty()) return true;
  return std::any_of(kind.rule_ids.begin(), kind.rule_ids.end(),
                     [&](std::string_view id) { return HasRule(profile.rule_set->rule_set, id); });
}

}  // namespace jixiao::conformance
