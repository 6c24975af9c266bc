// Checking and scoring on this machine, and what that goes by.
#ifndef JIXIAO_TOOLS_JIXIAO_MAIN_CHECK_COMMANDS_H_
#define JIXIAO_TOOLS_JIXIAO_MAIN_CHECK_COMMANDS_H_

#include "main/command_kit.h"

namespace jixiao::cli {

void AddCheckCommands(CLI::App& app, CommandKit& kit);
void AddVerifyCommands(CLI::App& app, CommandKit& kit);
void AddRuleCommands(CLI::App& app, CommandKit& kit);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_MAIN_CHECK_COMMANDS_H_
