// For those who run or audit the platform.
#ifndef JIXIAO_TOOLS_JIXIAO_MAIN_PLATFORM_COMMANDS_H_
#define JIXIAO_TOOLS_JIXIAO_MAIN_PLATFORM_COMMANDS_H_

#include "main/command_kit.h"

namespace jixiao::cli {

void AddPlatformCommands(CLI::App& app, CommandKit& kit);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_MAIN_PLATFORM_COMMANDS_H_
