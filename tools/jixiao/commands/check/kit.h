// `jixiao kit`: the conformance kit, for this engine and for other checkers.
#ifndef JIXIAO_COMMANDS_CHECK_KIT_H_
#define JIXIAO_COMMANDS_CHECK_KIT_H_

#include <cstdint>
#include <string>

#include "client/service_client.h"
#include "commands/output.h"

namespace jixiao::cli {

struct KitArguments {
  std::string rule_sets_folder;
  uint64_t seed = 1;
  int count = 60;
  int misses_per_kind = 0;
  std::string folder;   // export, grade
  std::string answers;  // grade
};

// Generates reports, checks them and prints how the engine did. kExitBlocked if
// an aim is missed. `client`: asks a scoring service instead of the engine built
// in; null for none.
int RunKitRun(const KitArguments& arguments, ServiceClient* client, const Output& output);

// Writes the reports, their labels and a README for those who test a checker of
// their own.
int RunKitExport(const KitArguments& arguments, const Output& output);

// Compares somebody's findings with the labels of an exported set.
int RunKitGrade(const KitArguments& arguments, const Output& output);

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_CHECK_KIT_H_
