// Filing, and looking at what was filed.
#ifndef JIXIAO_TOOLS_JIXIAO_MAIN_FILING_COMMANDS_H_
#define JIXIAO_TOOLS_JIXIAO_MAIN_FILING_COMMANDS_H_

#include "main/command_kit.h"

namespace jixiao::cli {

void AddFilingCommands(CLI::App& app, CommandKit& kit);
void AddVersionCommands(CLI::App& app, CommandKit& kit);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_MAIN_FILING_COMMANDS_H_
