// `jixiao check`: the whole check without a server, by the same engine.
#ifndef JIXIAO_COMMANDS_CHECK_CHECK_H_
#define JIXIAO_COMMANDS_CHECK_CHECK_H_

#include <string>
#include <vector>

#include "commands/output.h"
#include "commands/season/calendar.h"

namespace jixiao::cli {

struct CheckArguments {
  std::vector<std::string> files;
  std::string rule_sets_folder;
  std::string rule_set;       // `rulesets/{id}`; empty: the one that applies
  std::string division_code;  // for texts that do not name their division
  FilingArguments filing;
  bool with_trace = false;
  std::string report_file;  // where the report's bytes go; empty: nowhere. Only for one file
  std::string card_file;    // the same for the card's
};

// kExitBlocked if a report has a blocking finding.
int RunCheck(const CheckArguments& arguments, const Output& output);

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_CHECK_CHECK_H_
