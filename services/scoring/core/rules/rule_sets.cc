#include "scoring/core/rules/rule_sets.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/base/words.h"
#include "scoring/core/rules/lint_rule_set.h"

namespace jixiao::scoring {
namespace {

// `430000` covers `430611`, `000000` all: trailing pairs of zeros are wildcards.
// Digits are compared in pairs, never by stripping single zeros: 431000 does
// not cover 431100.
std::string_view Area(std::string_view division) {
  while (division.ends_with("00")) division.remove_suffix(2);
  return division;
}

bool Covers(std::string_view area, std::string_view division) {
  return division.size() == 6 && division.starts_with(Area(area));
}

template <typename List, typename Item>
bool Has(const List& list, const Item& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool HasYear(const v1::Applicability& applies_to, int32_t year) {
  return year >= applies_to.first_fiscal_year() && year <= applies_to.last_fiscal_year();
}

// How closely a rule set fits a report, its year apart: 0 if it does not. A
// longer division beats a shorter one, and then layouts beat none.
size_t Closeness(const v1::Applicability& applies_to, const report::v1::ReportContent& content) {
  if (!Has(applies_to.kinds(), content.kind())) return 0;
  const bool names_layout = applies_to.forms_size() > 0;
  if (names_layout && !Has(applies_to.forms(), content.form())) return 0;
  size_t closest = 0;
  for (const std::string& area : applies_to.division_codes()) {
    if (!Covers(area, content.unit().division_code())) continue;
    closest = std::max(closest, 2 * Area(area).size() + (names_layout ? 2 : 1));
  }
  return closest;
}

// True if some report fits both equally well.
bool Overlap(const v1::Applicability& x, const v1::Applicability& y) {
  if (x.last_fiscal_year() < y.first_fiscal_year() || y.last_fiscal_year() < x.first_fiscal_year()) return false;
  const auto shares = [](const auto& a, const auto& b) {
    return std::any_of(a.begin(), a.end(), [&](const auto& item) { return Has(b, item); });
  };
  const bool layouts = (x.forms_size() == 0 && y.forms_size() == 0) || shares(x.forms(), y.forms());
  return layouts && shares(x.kinds(), y.kinds()) && shares(x.division_codes(), y.division_codes());
}

// `… [form]` is for whoever keeps rule sets; a clerk reads the source's title.
void NameSource(const v1::RuleSet& rule_set, std::string& clause) {
  for (const v1::Source& source : rule_set.sources()) {
    const std::string id = " [" + source.id() + "]";
    if (!clause.ends_with(id)) continue;
    clause.resize(clause.size() - id.size());
    clause += "。出处：" + source.title();
    return;
  }
}

void NameSources(v1::RuleSet& rule_set) {
  for (v1::Rule& rule : *rule_set.mutable_rules()) NameSource(rule_set, *rule.mutable_clause());
  for (v1::ScoringClause& clause : *rule_set.mutable_scoring_clauses()) NameSource(rule_set, *clause.mutable_clause());
  for (v1::PublishTerm& term : *rule_set.mutable_publish_terms()) NameSource(rule_set, *term.mutable_clause());
}

absl::Status NoRuleSet(const std::string& message) {
  return MakeError(absl::StatusCode::kNotFound, "NO_RULE_SET", message);
}

}  // namespace

absl::StatusOr<LoadedRuleSet> ParseRuleSet(std::string_view textproto, const RuleTexts& shared) {
  JIXIAO_ASSIGN_OR_RETURN(const SharedRules parsed, SharedRules::Parse(shared));
  return ParseRuleSet(textproto, parsed);
}

absl::StatusOr<LoadedRuleSet> ParseRuleSet(std::string_view textproto, const SharedRules& shared) {
  JIXIAO_ASSIGN_OR_RETURN(MergedRuleSet merged, MergeRuleTexts(textproto, shared));
  const std::vector<FieldViolation> problems = LintRuleSet(merged.rule_set, merged.origins);
  if (!problems.empty()) return InvalidFields(problems);
  NameSources(merged.rule_set);
  RelationKeys keys = KeysOfRelations(merged.rule_set);
  return LoadedRuleSet{std::move(merged.rule_set), std::move(merged.digest), std::move(keys), shared.texts().divisions};
}

absl::StatusOr<RuleSets> RuleSets::Create(std::vector<LoadedRuleSet> loaded) {
  std::sort(loaded.begin(), loaded.end(),
            [](const auto& a, const auto& b) { return a.rule_set.name() < b.rule_set.name(); });
  std::vector<FieldViolation> problems;
  for (size_t i = 0; i < loaded.size(); ++i) {
    for (size_t j = i + 1; j < loaded.size(); ++j) {
      if (!Overlap(loaded[i].rule_set.applies_to(), loaded[j].rule_set.applies_to())) continue;
      problems.push_back({loaded[j].rule_set.name(), "applies to reports that " + loaded[i].rule_set.name() +
                                                         " applies to: narrow years, divisions, kinds or layouts"});
    }
  }
  if (!problems.empty()) return InvalidFields(problems);
  RuleSets sets;
  sets.loaded_ = std::move(loaded);
  return sets;
}

absl::StatusOr<const LoadedRuleSet*> RuleSets::Find(std::string_view name) const {
  for (const LoadedRuleSet& loaded : loaded_) {
    if (loaded.rule_set.name() == name) return &loaded;
  }
  return NoRuleSet(fmt::format("没有名为 {} 的评分规则，请用 rules list 查看现有规则", name));
}

absl::StatusOr<const LoadedRuleSet*> RuleSets::FindFor(const report::v1::ReportContent& content) const {
  size_t closest = 1;
  std::vector<const LoadedRuleSet*> candidates;
  for (const LoadedRuleSet& loaded : loaded_) {
    const size_t closeness = Closeness(loaded.rule_set.applies_to(), content);
    if (closeness < closest) continue;
    if (closeness > closest) candidates.clear();
    closest = closeness;
    candidates.push_back(&loaded);
  }
  std::string known;
  for (const LoadedRuleSet* loaded : candidates) {
    const auto& applies_to = loaded->rule_set.applies_to();
    if (HasYear(applies_to, content.fiscal_year())) return loaded;
    AddItem(fmt::format("{}（{}—{} 年度）", loaded->rule_set.title(), applies_to.first_fiscal_year(),
                        applies_to.last_fiscal_year()),
            known);
  }
  const std::string division = content.unit().division_code().empty() ? "（未注明）" : content.unit().division_code();
  return NoRuleSet(fmt::format("没有适用于区划 {}、{} 年度的评分规则{}。请核对区划代码和年度，或指定评分规则", division,
                               content.fiscal_year(), known.empty() ? "" : "；该区划现有：" + known));
}

}  // namespace jixiao::scoring
