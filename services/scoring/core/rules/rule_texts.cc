#include "scoring/core/rules/rule_texts.h"

#include <fmt/format.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "common/base/text_proto.h"
#include "common/wire/wire_check.h"

namespace jixiao::scoring {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::TextFormat;

constexpr std::string_view kOwnFile = "ruleset.textproto";

// Rule sets are long, but written by people.
WireLimits LimitsOfRules() {
  WireLimits limits;
  limits.max_bytes = 8 << 20;
  limits.max_fields = 400'000;
  return limits;
}

absl::Status ParseText(std::string_view text, std::string_view file, Message& message,
                       TextFormat::ParseInfoTree* lines = nullptr) {
  if (!IsCleanUtf8(text)) {
    return InvalidFields({{std::string(file), "is no UTF-8 text, or holds U+0000 or a noncharacter"}});
  }
  JIXIAO_RETURN_IF_ERROR(ParseTextProto(text, file, message, lines));
  // Escapes may still write what is no text: `title: "\377"`.
  return CheckWire(message.SerializeAsString(), *message.GetDescriptor(), file, LimitsOfRules());
}

// What makes two entries of a list one entry; empty for lists that add up.
std::optional<std::string> KeyOf(const FieldDescriptor& field, const Message& entry, int index) {
  if (field.name() == "tiers") return std::to_string(index);
  if (field.name() == "rules") return static_cast<const v1::Rule&>(entry).id();
  if (field.name() == "sources") return static_cast<const v1::Source&>(entry).id();
  if (field.name() == "levels") return static_cast<const v1::LevelRule&>(entry).level1();
  if (field.name() == "scoring_clauses") {
    return std::to_string(static_cast<const v1::ScoringClause&>(entry).topic());
  }
  return std::nullopt;
}

// Merges texts one after the other; the later one wins.
class Merger {
 public:
  void Add(const ParsedText& text) {
    v1::RuleSet part = text.rule_set;
    std::vector<const FieldDescriptor*> fields;
    part.GetReflection()->ListFields(part, &fields);
    for (const FieldDescriptor* field : fields) {
      const std::vector<int>& lines = text.lines.find(field->name())->second;
      const auto place = [&](int index) { return fmt::format("{}:{}", text.file, lines[static_cast<size_t>(index)]); };
      if (!field->is_repeated()) {
        merged_.origins.Set(field->name(), 0, place(0));
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        TakeEntries(part, *field, place);
      } else {
        NotePlaces(part, *field, place);
      }
    }
    merged_.rule_set.MergeFrom(part);
  }

  MergedRuleSet& merged() { return merged_; }

 private:
  // Moves the entries of one list out of `part`. Entries of one text are never
  // merged with each other: the linter reports them as standing twice.
  template <typename Place>
  void TakeEntries(v1::RuleSet& part, const FieldDescriptor& field, const Place& place) {
    const Reflection& reflection = *part.GetReflection();
    const int earlier = reflection.FieldSize(merged_.rule_set, &field);
    std::set<std::string> seen;
    for (int i = 0; i < reflection.FieldSize(part, &field); ++i) {
      const Message& entry = reflection.GetRepeatedMessage(part, &field, i);
      const std::optional<std::string> key = KeyOf(field, entry, i);
      const int same = key && seen.insert(*key).second ? Find(field, *key, earlier) : -1;
      const int target = same >= 0 ? same : reflection.FieldSize(merged_.rule_set, &field);
      Message* into = same >= 0 ? reflection.MutableRepeatedMessage(&merged_.rule_set, &field, same)
                                : reflection.AddMessage(&merged_.rule_set, &field);
      into->MergeFrom(entry);
      merged_.origins.Set(field.name(), target, place(i));
    }
    reflection.ClearField(&part, &field);
  }

  // Among the first `earlier` entries, which earlier texts gave; -1 if absent.
  int Find(const FieldDescriptor& field, const std::string& key, int earlier) const {
    const Reflection& reflection = *merged_.rule_set.GetReflection();
    for (int i = 0; i < earlier; ++i) {
      if (KeyOf(field, reflection.GetRepeatedMessage(merged_.rule_set, &field, i), i) == key) return i;
    }
    return -1;
  }

  template <typename Place>
  void NotePlaces(const v1::RuleSet& part, const FieldDescriptor& field, const Place& place) {
    const Reflection& reflection = *part.GetReflection();
    const int before = reflection.FieldSize(merged_.rule_set, &field);
    for (int i = 0; i < reflection.FieldSize(part, &field); ++i) {
      merged_.origins.Set(field.name(), before + i, place(i));
    }
  }

  MergedRuleSet merged_;
};

absl::StatusOr<ParsedText> ParseRuleSetText(std::string_view text, std::string file) {
  ParsedText parsed{std::move(file), {}, {}};
  TextFormat::ParseInfoTree tree;
  JIXIAO_RETURN_IF_ERROR(ParseText(text, parsed.file, parsed.rule_set, &tree));
  const Reflection& reflection = *parsed.rule_set.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(parsed.rule_set, &fields);
  for (const FieldDescriptor* field : fields) {
    std::vector<int>& lines = parsed.lines[field->name()];
    const int count = field->is_repeated() ? reflection.FieldSize(parsed.rule_set, field) : 1;
    for (int i = 0; i < count; ++i) lines.push_back(tree.GetLocation(field, field->is_repeated() ? i : -1).line + 1);
  }
  return parsed;
}

// A form is shared, so it may not say what is one rule set's own.
absl::Status CheckForm(const v1::RuleSet& form, const std::string& file) {
  if (form.has_name() || form.has_applies_to() || form.forms_size() > 0) {
    return InvalidFields({{file, "a form has no name, no applies_to and no forms of its own"}});
  }
  return absl::OkStatus();
}

// Fills what a rule leaves open from the catalogue.
void CompleteRules(const std::map<std::string, v1::Rule>& known, v1::RuleSet& rule_set) {
  for (v1::Rule& rule : *rule_set.mutable_rules()) {
    const auto it = known.find(rule.id());
    if (it == known.end()) continue;
    v1::Rule complete = it->second;
    complete.MergeFrom(rule);
    rule = std::move(complete);
  }
}

// Takes out the rules that are off, and the relations that would report them.
absl::Status SwitchOff(MergedRuleSet& merged) {
  std::vector<FieldViolation> problems;
  v1::RuleSet& rule_set = merged.rule_set;
  for (int i = 0; i < rule_set.rules_off_size(); ++i) {
    const std::string& id = rule_set.rules_off(i);
    auto& rules = *rule_set.mutable_rules();
    const auto it = std::find_if(rules.begin(), rules.end(), [&](const v1::Rule& rule) { return rule.id() == id; });
    if (it == rules.end()) {
      problems.push_back({merged.origins.Of("rules_off", i), fmt::format("rules_off: `{}` is not on", id)});
      continue;
    }
    merged.origins.Remove("rules", static_cast<int>(it - rules.begin()));
    rules.erase(it);
    auto& relations = *rule_set.mutable_relations();
    for (int r = relations.size() - 1; r >= 0; --r) {
      if (relations[r].rule_id() != id) continue;
      merged.origins.Remove("relations", r);
      relations.erase(relations.begin() + r);
    }
  }
  return problems.empty() ? absl::OkStatus() : InvalidFields(problems);
}

}  // namespace

std::string Origins::Of(std::string_view field, int index) const {
  const auto it = places_.find(field);
  if (it == places_.end() || index < 0 || index >= static_cast<int>(it->second.size())) return std::string(kOwnFile);
  return it->second[static_cast<size_t>(index)];
}

void Origins::Set(const std::string& field, int index, std::string place) {
  auto& places = places_[field];
  if (index >= static_cast<int>(places.size())) places.resize(static_cast<size_t>(index) + 1);
  places[static_cast<size_t>(index)] = std::move(place);
}

void Origins::Remove(const std::string& field, int index) {
  auto& places = places_[field];
  places.erase(places.begin() + index);
}

absl::StatusOr<SharedRules> SharedRules::Parse(RuleTexts texts) {
  SharedRules shared;
  v1::RuleCatalogue catalogue;
  JIXIAO_RETURN_IF_ERROR(ParseText(texts.catalogue, "rules.textproto", catalogue));
  for (v1::Rule& rule : *catalogue.mutable_rules()) {
    const std::string id = rule.id();
    if (shared.rules_.emplace(id, std::move(rule)).second) continue;
    return InvalidFields({{"rules.textproto", fmt::format("`{}` stands twice", id)}});
  }
  for (const auto& [name, text] : texts.forms) {
    JIXIAO_ASSIGN_OR_RETURN(ParsedText form, ParseRuleSetText(text, fmt::format("forms/{}.textproto", name)));
    JIXIAO_RETURN_IF_ERROR(CheckForm(form.rule_set, form.file));
    shared.forms_.emplace(name, std::move(form));
  }
  shared.texts_ = std::move(texts);
  return shared;
}

const ParsedText* SharedRules::FindForm(const std::string& name) const {
  const auto it = forms_.find(name);
  return it == forms_.end() ? nullptr : &it->second;
}

absl::StatusOr<MergedRuleSet> MergeRuleTexts(std::string_view text, const SharedRules& shared) {
  JIXIAO_ASSIGN_OR_RETURN(const ParsedText own, ParseRuleSetText(text, std::string(kOwnFile)));
  // Every text decides what a report is told, so every text is pinned, in the
  // order of merging, and so are the names of places. No textproto holds U+0000.
  std::string pinned = shared.texts().catalogue + '\0' + shared.texts().divisions.digest();
  Merger merger;
  for (const std::string& name : own.rule_set.forms()) {
    const ParsedText* form = shared.FindForm(name);
    if (form == nullptr) {
      return InvalidFields({{std::string(kOwnFile), fmt::format("forms: there is no forms/{}.textproto", name)}});
    }
    merger.Add(*form);
    pinned += '\0' + shared.texts().forms.find(name)->second;
  }
  merger.Add(own);
  MergedRuleSet merged = std::move(merger.merged());
  CompleteRules(shared.rules(), merged.rule_set);
  JIXIAO_RETURN_IF_ERROR(SwitchOff(merged));
  merged.digest = ContentDigest(pinned + '\0' + std::string(text));
  return merged;
}

}  // namespace jixiao::scoring
