#include "print/rule_set.h"

#include <fmt/format.h>

#include "common/domain/decimal.h"
#include "print/table.h"
#include "print/words.h"

namespace jixiao::cli {
namespace {

using scoring::v1::RuleSet;

std::string Years(const scoring::v1::Applicability& applies_to) {
  if (applies_to.first_fiscal_year() == applies_to.last_fiscal_year()) {
    return std::to_string(applies_to.first_fiscal_year());
  }
  return fmt::format("{}—{}", applies_to.first_fiscal_year(), applies_to.last_fiscal_year());
}

std::string Kinds(const scoring::v1::Applicability& applies_to) {
  std::string kinds;
  for (const int kind : applies_to.kinds()) {
    kinds += (kinds.empty() ? "" : "、") + WordFor(static_cast<report::v1::ReportKind>(kind));
  }
  return kinds;
}

std::string Joined(const google::protobuf::RepeatedPtrField<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : "、") + word;
  return joined;
}

// `区划 640402`; the national form fills what no region's own rules cover.
std::string DivisionCodes(const scoring::v1::Applicability& applies_to) {
  const bool is_national = applies_to.division_codes_size() == 1 && applies_to.division_codes(0) == "000000";
  std::string divisions = is_national ? "未定本地规则的地区" : "区划 " + Joined(applies_to.division_codes());
  if (applies_to.forms_size() > 0) divisions += fmt::format("（表样 {}）", Joined(applies_to.forms()));
  return divisions;
}

std::string Heading(const Style& style, std::string_view text) { return "\n" + Bold(style, text) + "\n"; }

std::string PrintWeights(const RuleSet& rule_set, const Style& style) {
  std::string out = Heading(style, rule_set.levels_adjustable() ? "分值（除预算执行率外可以调整）" : "分值");
  const auto& execution = rule_set.execution();
  if (execution.weight_milli() > 0) {
    out += fmt::format("  预算执行率 {} 分{}", FormatPoints(execution.weight_milli()),
                       execution.indicator_names().empty() ? "" : "（列为一项指标）");
  } else {
    out += execution.indicator_names().empty() ? "  预算执行率不计分" : "  预算执行率列为一项指标，含在一级指标内";
  }
  for (const auto& level : rule_set.levels()) {
    const std::string included = level.includes().empty() ? "" : fmt::format("（含{}）", Joined(level.includes()));
    out += fmt::format("，{}{} {} 分", level.level1(), included, FormatPoints(level.weight_milli()));
  }
  out += fmt::format("；共 {} 分\n", FormatPoints(rule_set.total_points_milli()));
  if (execution.has_reason_below_ppm()) {
    out += fmt::format("  执行率低于 {} 的，应说明原因\n", FormatRatePercent(execution.reason_below_ppm()));
  }
  return out + fmt::format("  定量指标：{}\n", Wrap(WordFor(rule_set.quantitative_formula()), 12, style.width));
}

std::string PrintTiersAndGrades(const RuleSet& rule_set, const Style& style) {
  std::string out = Heading(style, "定性指标分档");
  for (const auto& tier : rule_set.tiers()) {
    out += fmt::format("  {}—{}  {}\n", FormatRatePercent(tier.upper_ppm()), FormatRatePercent(tier.lower_ppm()),
                       Wrap(Joined(tier.words()), 12, style.width));
  }
  if (rule_set.ungraded()) return out + Heading(style, "等级") + "  不评等级\n";
  out += Heading(style, "等级");
  for (const auto& band : rule_set.grade_bands()) {
    out += fmt::format("  {}  {} 分及以上\n", band.grade(), FormatPoints(band.lower_milli()));
  }
  return out;
}

std::string PrintWorkRubric(const scoring::v1::WorkRubric& rubric, const Style& style) {
  if (rubric.criteria().empty()) return "";
  std::string out = Heading(style, "自评工作考核（100 分）");
  out += fmt::format("  {}\n", Wrap(rubric.title(), 2, style.width));
  for (const auto& criterion : rubric.criteria()) {
    out += fmt::format("  {} · {} {} 分  {}\n", criterion.block(), criterion.title(),
                       FormatPoints(criterion.points_milli()), Faint(style, criterion.id()));
    out += fmt::format("        依据：{}\n", Wrap(criterion.clause(), 14, style.width));
  }
  return out;
}

std::string PrintRules(const RuleSet& rule_set, const Style& style) {
  std::string out = Heading(style, fmt::format("检查规则（{} 条）", rule_set.rules_size()));
  for (const auto severity :
       {scoring::v1::SEVERITY_BLOCKS, scoring::v1::SEVERITY_EXPLAIN, scoring::v1::SEVERITY_NOTE}) {
    for (const auto& rule : rule_set.rules()) {
      if (rule.severity() != severity) continue;
      out += fmt::format("  {}{}  {}\n", SeverityMark(style, severity), rule.title(), Faint(style, rule.id()));
      const bool is_believed = rule.certainty() == scoring::v1::CERTAINTY_BELIEVED;
      out += fmt::format("        依据：{}\n",
                         Wrap(rule.clause() + (is_believed ? "（尚未核实，仅作提示）" : ""), 14, style.width));
    }
  }
  return out;
}

}  // namespace

std::string PrintRuleSetList(const std::vector<const RuleSet*>& rule_sets, const Style& style) {
  using Align = Table::Align;
  Table table({{"名称", Align::kLeft},
               {"适用区划", Align::kLeft},
               {"年度", Align::kLeft},
               {"类型", Align::kLeft},
               {"标题", Align::kLeft}});
  for (const RuleSet* rule_set : rule_sets) {
    const auto& applies_to = rule_set->applies_to();
    table.AddRow(
        {rule_set->name(), DivisionCodes(applies_to), Years(applies_to), Kinds(applies_to), rule_set->title()});
  }
  return table.Print(style, 0);
}

std::string PrintRuleSet(const RuleSet& rule_set, const std::string& digest, const Style& style) {
  const auto& applies_to = rule_set.applies_to();
  std::string out = Bold(style, rule_set.title()) + "\n";
  out += Faint(style, fmt::format("{}  {}", rule_set.name(), digest)) + "\n";
  out += fmt::format("适用：{}，{} 年度，{}\n", DivisionCodes(applies_to), Years(applies_to), Kinds(applies_to));
  out += Heading(style, "来源");
  for (const auto& source : rule_set.sources()) {
    out += fmt::format("  [{}] {}\n", source.id(), Wrap(source.title(), 4, style.width));
  }
  return out + PrintWeights(rule_set, style) + PrintTiersAndGrades(rule_set, style) +
         PrintWorkRubric(rule_set.work_rubric(), style) + PrintRules(rule_set, style);
}

}  // namespace jixiao::cli
