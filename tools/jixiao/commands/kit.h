// `jixiao kit`: the conformance kit, for this engine and for other checkers.
#ifndef JIXIAO_TOOLS_JIXIAO_COMMANDS_KIT_H_
#define JIXIAO_TOOLS_JIXIAO_COMMANDS_KIT_H_

#include <cstdint>
#include <string>

#include "commands/output.h"

namespace jixiao::cli {

struct KitArguments {
  std::string rule_sets_folder;
  uint64_t seed = 1;
  int count = 60;
};

// Generates reports, checks them and prints how the engine did. kExitBlocked if
// an aim is missed.
int RunKitRun(const KitArguments& arguments, const Output& output);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_COMMANDS_KIT_H_
