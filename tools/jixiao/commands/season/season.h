// `jixiao season` and `jixiao progress`: when reports are taken, and who has filed.
#ifndef JIXIAO_COMMANDS_SEASON_SEASON_H_
#define JIXIAO_COMMANDS_SEASON_SEASON_H_

#include <string>

#include "client/service_client.h"
#include "commands/output.h"

namespace jixiao::cli {

struct SeasonSetArguments {
  std::string name;
  std::string rule_set;
  std::string opening;   // `YYYY-MM-DD`, from midnight in China
  std::string deadline;  // `YYYY-MM-DD`, to the end of the day
  bool is_closed = false;
  std::string request_id;  // empty: a fresh one
};

struct SeasonExtendArguments {
  std::string season;
  std::string unit;
  std::string deadline;
  std::string reason;
  std::string request_id;
};

struct ProgressArguments {
  std::string division_code;
  int fiscal_year = 0;
  std::string kind = "department";
  int max_missing = 20;
  std::string rule_sets_folder;
};

int RunSeasonSet(const SeasonSetArguments& arguments, ServiceClient& client, const Output& output);
int RunSeasonGet(const std::string& name, ServiceClient& client, const Output& output);
int RunSeasonExtend(const SeasonExtendArguments& arguments, ServiceClient& client, const Output& output);
int RunProgress(const ProgressArguments& arguments, ServiceClient& client, const Output& output);

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_SEASON_SEASON_H_
