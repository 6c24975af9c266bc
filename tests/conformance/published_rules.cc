#include "conformance/published_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "common/base/text.h"

namespace jixiao::conformance {
namespace {

using scoring::v1::Rule;

bool IsWordedAlike(const Rule& a, const Rule& b) {
  return a.severity() == b.severity() && a.title() == b.title() && a.clause() == b.clause() &&
         a.certainty() == b.certainty() && a.why() == b.why() && a.how_to_fix() == b.how_to_fix();
}

std::string_view WordFor(scoring::v1::Severity severity) {
  switch (severity) {
    case scoring::v1::SEVERITY_BLOCKS: return "严重";
    case scoring::v1::SEVERITY_EXPLAIN: return "一般";
    default: return "提示";
  }
}

std::string_view WordFor(scoring::v1::Certainty certainty) {
  switch (certainty) {
    case scoring::v1::CERTAINTY_PUBLISHED: return "已公布的文件";
    case scoring::v1::CERTAINTY_APPLIED: return "实际报告中使用";
    case scoring::v1::CERTAINTY_OBSERVED: return "现有系统的做法";
    default: return "未经证实";
  }
}

// A cell of a Markdown table.
std::string Cell(const std::string& text) { return ReplaceAll(ReplaceAll(text, "|", "\\|"), "\n", " "); }

std::string IdOf(const std::string& rule_set) { return rule_set.substr(rule_set.rfind('/') + 1); }

std::string PrintRule(const v1::PublishedRule& published) {
  const Rule& rule = published.rule();
  std::string out = fmt::format("### {}　{}\n\n", rule.id(), rule.title());
  std::string used;
  for (const std::string& rule_set : published.rule_sets()) used += (used.empty() ? "" : "、") + IdOf(rule_set);
  out += fmt::format("- 程度：{}\n- 依据：{}（{}）\n- 为什么：{}\n- 怎么改：{}\n- 使用：{}\n", WordFor(rule.severity()),
                     rule.clause(), WordFor(rule.certainty()), rule.why(), rule.how_to_fix(),
                     used.empty() ? "保留编号，尚未检查" : used);
  for (const auto& regional : published.regional()) {
    const std::string id = IdOf(regional.rule_set());
    if (regional.rule().severity() != rule.severity()) {
      out += fmt::format("- {}：程度为{}\n", id, WordFor(regional.rule().severity()));
    }
    if (regional.rule().clause() != rule.clause()) out += fmt::format("- {}：依据 {}\n", id, regional.rule().clause());
  }
  return out + "\n";
}

}  // namespace

v1::PublishedRules PublishRules(const scoring::v1::RuleCatalogue& catalogue, const scoring::RuleSets& rule_sets) {
  v1::PublishedRules list;
  std::vector<const Rule*> rules;
  for (const Rule& rule : catalogue.rules()) rules.push_back(&rule);
  std::sort(rules.begin(), rules.end(), [](const Rule* a, const Rule* b) { return a->id() < b->id(); });
  for (const Rule* rule : rules) {
    v1::PublishedRule& published = *list.add_rules();
    *published.mutable_rule() = *rule;
    for (const scoring::LoadedRuleSet& loaded : rule_sets.all()) {
      for (const Rule& used : loaded.rule_set.rules()) {
        if (used.id() != rule->id()) continue;
        published.add_rule_sets(loaded.rule_set.name());
        if (IsWordedAlike(used, *rule)) continue;
        v1::RegionalRule& regional = *published.add_regional();
        regional.set_rule_set(loaded.rule_set.name());
        *regional.mutable_rule() = used;
      }
    }
  }
  return list;
}

std::string RulesAsMarkdown(const v1::PublishedRules& list) {
  constexpr std::array<scoring::v1::Severity, 3> kOrder = {scoring::v1::SEVERITY_BLOCKS, scoring::v1::SEVERITY_EXPLAIN,
                                                           scoring::v1::SEVERITY_NOTE};
  std::string out =
      "# 检查规则\n\n由 `jixiao rules export --format markdown` 从 `rules.textproto` "
      "和各套评分规则生成，请勿直接修改。\n\n";
  out += fmt::format("共 {} 条。严重：更正或说明之前不公开；一般：逐条更正或说明；提示：不要求处理。\n\n",
                     list.rules_size());
  out += "| 编号 | 名称 | 程度 | 使用的评分规则 |\n| --- | --- | --- | --- |\n";
  for (const auto severity : kOrder) {
    for (const auto& published : list.rules()) {
      if (published.rule().severity() != severity) continue;
      out += fmt::format("| {} | {} | {} | {} |\n", published.rule().id(), Cell(published.rule().title()),
                         WordFor(severity),
                         published.rule_sets_size() == 0 ? "保留" : fmt::format("{} 套", published.rule_sets_size()));
    }
  }
  for (const auto severity : kOrder) {
    out += fmt::format("\n## {}\n\n", WordFor(severity));
    for (const auto& published : list.rules()) {
      if (published.rule().severity() == severity) out += PrintRule(published);
    }
  }
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace jixiao::conformance
