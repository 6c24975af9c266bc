// What groups of commands in files of their own share: options that every command
// of a kind has, and how a command is run.
#ifndef JIXIAO_TOOLS_JIXIAO_MAIN_COMMAND_KIT_H_
#define JIXIAO_TOOLS_JIXIAO_MAIN_COMMAND_KIT_H_

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>

#include "client/service_client.h"
#include "commands/output.h"

namespace jixiao::cli {

// Lives until the command has run; so do the arguments that options write to.
class CommandKit {
 public:
  virtual ~CommandKit() = default;

  virtual CLI::App* Add(CLI::App& parent, const std::string& name, const std::string& description) = 0;
  // --format, --server, --timeout.
  virtual void AddServer(CLI::App* command) = 0;
  virtual void AddName(CLI::App* command, std::string& name) = 0;
  virtual void AddVersion(CLI::App* command, std::optional<int>& version) = 0;
  virtual void OnRun(CLI::App* command, std::function<int()> run) = 0;

  // For `run`: as the options say.
  virtual Output MakeOutput() const = 0;
  virtual ServiceClient& Client() = 0;
};

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_MAIN_COMMAND_KIT_H_
