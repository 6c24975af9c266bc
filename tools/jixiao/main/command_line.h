// The command line of `jixiao`: words and flags to a command that can be run.
#ifndef JIXIAO_TOOLS_JIXIAO_MAIN_COMMAND_LINE_H_
#define JIXIAO_TOOLS_JIXIAO_MAIN_COMMAND_LINE_H_

namespace jixiao::cli {

// Parses and runs one command; the exit code of commands/output.h.
int RunCommandLine(int argc, char** argv);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_MAIN_COMMAND_LINE_H_
