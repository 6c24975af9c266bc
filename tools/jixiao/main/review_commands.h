// What reviewers do with a version, and the unit's answers to them.
#ifndef JIXIAO_TOOLS_JIXIAO_MAIN_REVIEW_COMMANDS_H_
#define JIXIAO_TOOLS_JIXIAO_MAIN_REVIEW_COMMANDS_H_

#include "main/command_kit.h"

namespace jixiao::cli {

void AddReviewCommands(CLI::App& app, CommandKit& kit);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_MAIN_REVIEW_COMMANDS_H_
