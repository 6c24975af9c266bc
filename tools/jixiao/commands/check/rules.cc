#include "commands/check/rules.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <vector>

#include "conformance/published_rules.h"
#include "print/failure.h"
#include "print/rule_set.h"
#include "scoring/adapters/load_rule_sets.h"

namespace jixiao::cli {

std::string RuleSetsFolder(const std::string& named) {
  if (!named.empty()) return named;
  if (const char* folder = std::getenv("JIXIAO_RULESETS"); folder != nullptr && *folder != '\0') return folder;
  std::error_code error;
  const auto binary_folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  for (const char* near : {"../../../rulesets", "../share/jixiao/rulesets"}) {
    const auto folder = (binary_folder / near).lexically_normal();
    if (std::filesystem::is_directory(folder, error)) return folder.string();
  }
  return "/usr/share/jixiao/rulesets";
}

int RunRulesList(const std::string& folder, const Output& output) {
  const auto rule_sets = scoring::LoadRuleSets(folder);
  if (!rule_sets.ok()) {
    output.WriteFailure(folder, rule_sets.status());
    return kExitBadInput;
  }
  std::vector<const scoring::v1::RuleSet*> list;
  for (const auto& loaded : rule_sets->all()) {
    list.push_back(&loaded.rule_set);
    if (output.as_json()) output.WriteJson(loaded.rule_set);
  }
  if (!output.as_json()) output.Write(PrintRuleSetList(list, output.style()));
  return kExitOk;
}

int RunRulesShow(const std::string& folder, const std::string& name, const Output& output) {
  const auto rule_sets = scoring::LoadRuleSets(folder);
  if (!rule_sets.ok()) {
    output.WriteFailure(folder, rule_sets.status());
    return kExitBadInput;
  }
  const std::string whole_name = name.rfind("rulesets/", 0) == 0 ? name : "rulesets/" + name;
  const auto found = rule_sets->Find(whole_name);
  if (!found.ok()) {
    output.WriteFailure(name, found.status());
    return kExitBadInput;
  }
  if (output.as_json()) {
    output.WriteJson((*found)->rule_set);
  } else {
    output.Write(PrintRuleSet((*found)->rule_set, (*found)->digest, output.style()));
  }
  return kExitOk;
}

int RunRulesLint(const std::string& folder, const Output& output) {
  const auto rule_sets = scoring::LoadRuleSets(folder);
  if (!rule_sets.ok()) {
    // The message lists one problem a line, which the usual form would join.
    if (output.as_json()) {
      output.WriteFailure(folder, rule_sets.status());
    } else {
      output.Write(fmt::format("评分规则有问题：\n{}\n", std::string(rule_sets.status().message())));
    }
    return kExitBlocked;
  }
  const size_t count = rule_sets->all().size();
  output.Write(output.as_json() ? fmt::format("{{\"ruleSetCount\":{}}}\n", count)
                                : fmt::format("{} 套评分规则，没有问题。\n", count));
  return kExitOk;
}

int RunRulesExport(const std::string& folder, bool as_markdown, const Output& output) {
  const auto rule_sets = scoring::LoadRuleSets(folder);
  const auto catalogue = scoring::LoadRuleCatalogue(folder);
  for (const absl::Status& status : {rule_sets.status(), catalogue.status()}) {
    if (status.ok()) continue;
    output.WriteFailure(folder, status);
    return kExitBadInput;
  }
  const auto list = conformance::PublishRules(*catalogue, *rule_sets);
  if (as_markdown) {
    output.Write(conformance::RulesAsMarkdown(list));
  } else {
    output.WriteJson(list);
  }
  return kExitOk;
}

}  // namespace jixiao::cli
