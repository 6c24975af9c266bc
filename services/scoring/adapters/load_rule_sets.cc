#include "scoring/adapters/load_rule_sets.h"

#include <fmt/format.h>

#include <filesystem>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/base/text_proto.h"
#include "google/protobuf/text_format.h"

namespace jixiao::scoring {
namespace {

absl::StatusOr<std::string> ReadFile(const std::filesystem::path& path) {
  return ReadDataFile(path.string(), "RULE_SETS_UNREADABLE");
}

constexpr char kBadRuleSet[] = "BAD_RULE_SET";

// Labels of forms are for the reader of documents, no part of a rule set.
constexpr char kLabelsFile[] = "labels.textproto";

absl::StatusOr<RuleTexts> ReadShared(const std::filesystem::path& root) {
  RuleTexts shared;
  JIXIAO_ASSIGN_OR_RETURN(shared.catalogue, ReadFile(root / "rules.textproto"));
  JIXIAO_ASSIGN_OR_RETURN(shared.divisions, Divisions::Load((root / "divisions.textproto").string()));
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(root / "forms", error)) {
    if (entry.path().extension() != ".textproto" || entry.path().filename() == kLabelsFile) continue;
    JIXIAO_ASSIGN_OR_RETURN(shared.forms[entry.path().stem().string()], ReadFile(entry.path()));
  }
  return shared;
}

}  // namespace

absl::StatusOr<RuleSets> LoadRuleSets(const std::string& folder) {
  const std::filesystem::path root(folder);
  JIXIAO_ASSIGN_OR_RETURN(RuleTexts texts, ReadShared(root));
  absl::StatusOr<SharedRules> parsed = SharedRules::Parse(std::move(texts));
  if (!parsed.ok()) return BrokenDataFile(root.string(), kBadRuleSet, parsed.status());
  const SharedRules shared = *std::move(parsed);
  std::vector<LoadedRuleSet> loaded;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(root, error)) {
    const std::filesystem::path file = entry.path() / "ruleset.textproto";
    if (!std::filesystem::exists(file, error)) continue;
    JIXIAO_ASSIGN_OR_RETURN(const std::string text, ReadFile(file));
    absl::StatusOr<LoadedRuleSet> rule_set = ParseRuleSet(text, shared);
    if (rule_set.ok() && rule_set->rule_set.name() != "rulesets/" + entry.path().filename().string()) {
      rule_set = InvalidFields({{"name", "must be `rulesets/` and the name of the folder"}});
    }
    if (!rule_set.ok()) return BrokenDataFile(file.string(), kBadRuleSet, rule_set.status());
    loaded.push_back(*std::move(rule_set));
  }
  if (loaded.empty()) {
    return MakeError(absl::StatusCode::kNotFound, "RULE_SETS_UNREADABLE",
                     fmt::format("no <id>/ruleset.textproto below {}", folder));
  }
  return RuleSets::Create(std::move(loaded));
}

absl::StatusOr<v1::RuleCatalogue> LoadRuleCatalogue(const std::string& folder) {
  const std::filesystem::path path = std::filesystem::path(folder) / "rules.textproto";
  JIXIAO_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  v1::RuleCatalogue catalogue;
  if (!google::protobuf::TextFormat::ParseFromString(text, &catalogue)) {
    return MakeError(absl::StatusCode::kInvalidArgument, kBadRuleSet,
                     fmt::format("{}: not a RuleCatalogue in textproto", path.string()));
  }
  return catalogue;
}

}  // namespace jixiao::scoring
