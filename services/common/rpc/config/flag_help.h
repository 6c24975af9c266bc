// For ParseServerFlags: what a service prints for --help.
#ifndef JIXIAO_COMMON_RPC_CONFIG_FLAG_HELP_H_
#define JIXIAO_COMMON_RPC_CONFIG_FLAG_HELP_H_

#include <string>
#include <string_view>

namespace jixiao {

// Every flag of this program by subject, each with what its value is and the
// value it has now, which is its default as long as nothing was parsed.
//
// The text of a flag begins with its subject and, unless the type says it, with
// what its value is or counts: "[limits, threads] Threads that do the work of calls".
// A flag that names no subject stands under `other`. Abseil's own flags are left out.
std::string FlagHelp(std::string_view program, std::string_view usage);

// True if `argv` asks for help: --help, -help or -h before a `--`.
bool AsksForHelp(int argc, char** argv);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_RPC_CONFIG_FLAG_HELP_H_
