#include "scoring/core/rules/rule_sets.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "scoring/core/rules/lint_rule_set.h"

namespace jixiao::scoring {
namespace {

// `430000` covers `430611`: trailing pairs of zeros are wildcards. Digits are
// compared in pairs, never by stripping single zeros: 431000 does not cover
// 431100.
bool Covers(std::string_view area, std::string_view division) {
  while (area.size() > 2 && area.ends_with("00")) area.remove_suffix(2);
  return division.size() == 6 && division.starts_with(area);
}

bool AppliesTo(const v1::RuleSet& rule_set, const report::v1::ReportContent& content) {
  const v1::Applicability& applies_to = rule_set.applies_to();
  if (content.fiscal_year() < applies_to.first_fiscal_year() || content.fiscal_year() > applies_to.last_fiscal_year()) {
    return false;
  }
  const auto& kinds = applies_to.kinds();
  if (std::find(kinds.begin(), kinds.end(), content.kind()) == kinds.end()) return false;
  return std::any_of(applies_to.division_codes().begin(), applies_to.division_codes().end(),
                     [&](const std::string& area) { return Covers(area, content.unit().division_code()); });
}

bool Overlap(const v1::RuleSet& a, const v1::RuleSet& b) {
  const auto& x = a.applies_to();
  const auto& y = b.applies_to();
  if (x.last_fiscal_year() < y.first_fiscal_year() || y.last_fiscal_year() < x.first_fiscal_year()) return false;
  const bool kinds = std::any_of(x.kinds().begin(), x.kinds().end(), [&](int kind) {
    return std::find(y.kinds().begin(), y.kinds().end(), kind) != y.kinds().end();
  });
  return kinds && std::any_of(x.division_codes().begin(), x.division_codes().end(), [&](const std::string& p) {
           return std::any_of(y.division_codes().begin(), y.division_codes().end(),
                              [&](const std::string& q) { return Covers(p, q) || Covers(q, p); });
         });
}

absl::Status NoRuleSet(const std::string& message) {
  return MakeError(absl::StatusCode::kNotFound, "NO_RULE_SET", message);
}

}  // namespace

absl::StatusOr<LoadedRuleSet> ParseRuleSet(std::string_view textproto, const RuleTexts& shared) {
  JIXIAO_ASSIGN_OR_RETURN(MergedRuleSet merged, MergeRuleTexts(textproto, shared));
  const std::vector<FieldViolation> problems = LintRuleSet(merged.rule_set, merged.origins);
  if (!problems.empty()) return InvalidFields(problems);
  return LoadedRuleSet{std::move(merged.rule_set), std::move(merged.digest)};
}

absl::StatusOr<RuleSets> RuleSets::Create(std::vector<LoadedRuleSet> loaded) {
  std::sort(loaded.begin(), loaded.end(),
            [](const auto& a, const auto& b) { return a.rule_set.name() < b.rule_set.name(); });
  std::vector<FieldViolation> problems;
  for (size_t i = 0; i < loaded.size(); ++i) {
    for (size_t j = i + 1; j < loaded.size(); ++j) {
      if (!Overlap(loaded[i].rule_set, loaded[j].rule_set)) continue;
      problems.push_back({loaded[j].rule_set.name(), "applies to reports that " + loaded[i].rule_set.name() +
                                                         " applies to: narrow years, divisions or kinds"});
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
  for (const LoadedRuleSet& loaded : loaded_) {
    if (AppliesTo(loaded.rule_set, content)) return &loaded;
  }
  std::string known;
  for (const LoadedRuleSet& loaded : loaded_) {
    const auto& applies_to = loaded.rule_set.applies_to();
    known += fmt::format("{}{}（{}—{} 年度）", known.empty() ? "" : "、", loaded.rule_set.title(),
                         applies_to.first_fiscal_year(), applies_to.last_fiscal_year());
  }
  const std::string division = content.unit().division_code().empty() ? "（未注明）" : content.unit().division_code();
  return NoRuleSet(fmt::format("没有适用于区划 {}、{} 年度的评分规则；现有：{}。请核对区划代码和年度，或指定评分规则",
                               division, content.fiscal_year(), known));
}

}  // namespace jixiao::scoring
