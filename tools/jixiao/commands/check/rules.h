// `jixiao rules`: the rule sets on this machine.
#ifndef JIXIAO_COMMANDS_CHECK_RULES_H_
#define JIXIAO_COMMANDS_CHECK_RULES_H_

#include <string>

#include "commands/output.h"

namespace jixiao::cli {

// `named` if not empty, else $JIXIAO_RULESETS, else the folder that came with
// this binary: in the source tree or under share/jixiao.
std::string RuleSetsFolder(const std::string& named);

int RunRulesList(const std::string& folder, const Output& output);
int RunRulesShow(const std::string& folder, const std::string& name, const Output& output);

// kExitBlocked with every problem, each with file and place.
int RunRulesLint(const std::string& folder, const Output& output);

// The published list of all rules: JSON, or Markdown for people.
int RunRulesExport(const std::string& folder, bool as_markdown, const Output& output);

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_CHECK_RULES_H_
