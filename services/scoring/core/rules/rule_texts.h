// Puts a rule set together from its own text, the forms it names and the
// catalogue of rules, and remembers where each entry stands.
#ifndef JIXIAO_SCORING_CORE_RULES_RULE_TEXTS_H_
#define JIXIAO_SCORING_CORE_RULES_RULE_TEXTS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/domain/divisions.h"
#include "jixiao/scoring/v1/ruleset.pb.h"

namespace jixiao::scoring {

// Texts that all rule sets share.
struct RuleTexts {
  std::string catalogue;                     // rulesets/rules.textproto
  std::map<std::string, std::string> forms;  // by name, without `.textproto`
  Divisions divisions = {};                  // rulesets/divisions.textproto
};

// One text, parsed, with the line of each entry by field name; index 0 for fields
// that are no list.
struct ParsedText {
  std::string file;
  v1::RuleSet rule_set;
  std::map<std::string, std::vector<int>, std::less<>> lines;
};

// RuleTexts, parsed once for many rule sets.
class SharedRules {
 public:
  // INVALID_ARGUMENT names file and line of what cannot be read.
  static absl::StatusOr<SharedRules> Parse(RuleTexts texts);

  const RuleTexts& texts() const { return texts_; }
  // By id.
  const std::map<std::string, v1::Rule>& rules() const { return rules_; }
  // Null if there is no such form.
  const ParsedText* FindForm(const std::string& name) const;

 private:
  RuleTexts texts_;
  std::map<std::string, v1::Rule> rules_;
  std::map<std::string, ParsedText> forms_;
};

// Where the fields of a merged rule set were written, for people who mend them.
class Origins {
 public:
  // `field` is a field name of RuleSet, `index` its place in a list, else 0.
  // `forms/common.textproto:12`, or the rule set's file if it stands nowhere.
  std::string Of(std::string_view field, int index = 0) const;

  void Set(const std::string& field, int index, std::string place);
  void Remove(const std::string& field, int index);

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> places_;
};

// A rule set as it is used: forms merged, rules completed from the catalogue,
// rules that are off removed with their relations.
struct MergedRuleSet {
  v1::RuleSet rule_set;
  Origins origins;
  std::string digest;  // of every text that went in
};

// INVALID_ARGUMENT names file and line of what cannot be read or merged.
absl::StatusOr<MergedRuleSet> MergeRuleTexts(std::string_view text, const SharedRules& shared);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_RULES_RULE_TEXTS_H_
