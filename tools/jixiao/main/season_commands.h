// `roster`, `season` and `progress`.
#ifndef JIXIAO_TOOLS_JIXIAO_MAIN_SEASON_COMMANDS_H_
#define JIXIAO_TOOLS_JIXIAO_MAIN_SEASON_COMMANDS_H_

#include "main/command_kit.h"

namespace jixiao::cli {

void AddSeasonCommands(CLI::App& app, CommandKit& kit);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_MAIN_SEASON_COMMANDS_H_
