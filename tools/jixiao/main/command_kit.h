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
  virtual void AddFormat(CLI::App* command) = 0;
  // --format, --server, --timeout, and who calls.
  virtual void AddServer(CLI::App* command) = 0;
  // --server alone.
  virtual CLI::Option* AddServerAddress(CLI::App* command, const std::string& description) = 0;
  // --rulesets, and with --format.
  virtual void AddRuleSetsFolder(CLI::App* command) = 0;
  virtual void AddRuleSets(CLI::App* command) = 0;
  virtual void AddName(CLI::App* command, std::string& name) = 0;
  virtual void AddVersion(CLI::App* command, std::optional<int>& version) = 0;
  virtual void OnRun(CLI::App* command, std::function<int()> run) = 0;

  // For `run`: as the options say.
  virtual Output MakeOutput() const = 0;
  virtual std::string RuleSets() const = 0;
  virtual ServiceClient& Client() = 0;
};

// An option that names a file.
inline CLI::Option* AddFile(CLI::App* command, const std::string& name, std::string& path,
                            const std::string& description) {
  return command->add_option(name, path, description)->type_name("FILE");
}

// Of what is done once however often it is asked for.
inline void AddRequestId(CLI::App* command, std::string& request_id) {
  command->add_option("--request-id", request_id, "请求编号，重复办理同一编号只算一次")->type_name("ID");
}

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_MAIN_COMMAND_KIT_H_
