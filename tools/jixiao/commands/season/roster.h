// `jixiao roster`: which units are expected to file what.
#ifndef JIXIAO_COMMANDS_SEASON_ROSTER_H_
#define JIXIAO_COMMANDS_SEASON_ROSTER_H_

#include <optional>
#include <string>

#include "client/service_client.h"
#include "commands/output.h"

namespace jixiao::cli {

struct RosterImportArguments {
  std::string file;  // CSV
  bool is_preview = false;
  std::string request_id;  // empty: a fresh one
};

struct RosterListArguments {
  std::string division_code;
  std::optional<int> fiscal_year;
};

int RunRosterImport(const RosterImportArguments& arguments, ServiceClient& client, const Output& output);
int RunRosterList(const RosterListArguments& arguments, ServiceClient& client, const Output& output);

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_SEASON_ROSTER_H_
