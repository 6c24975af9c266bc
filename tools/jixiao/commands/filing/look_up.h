// `jixiao status`, `show`, `diff`, `history` and `ping`: what intake knows.
#ifndef JIXIAO_COMMANDS_FILING_LOOK_UP_H_
#define JIXIAO_COMMANDS_FILING_LOOK_UP_H_

#include <optional>
#include <string>
#include <vector>

#include "client/service_client.h"
#include "commands/output.h"

namespace jixiao::cli {

// All submissions of a division and year if no name is given.
struct StatusArguments {
  std::vector<std::string> names;
  std::string division_code;
  std::optional<int> fiscal_year;
  std::string page_base;  // put before page paths, for example `http://127.0.0.1:8080`
};

struct ShowArguments {
  std::string name;
  std::optional<int> version;  // absent: the current one
  bool with_trace = false;
};

struct DiffArguments {
  std::string name;
  int older = 0;
  int newer = 0;
};

int RunStatus(const StatusArguments& arguments, ServiceClient& client, const Output& output);
int RunShow(const ShowArguments& arguments, ServiceClient& client, const Output& output);
int RunDiff(const DiffArguments& arguments, ServiceClient& client, const Output& output);
int RunHistory(const std::string& name, ServiceClient& client, const Output& output);
int RunPing(ServiceClient& client, const Output& output);

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_FILING_LOOK_UP_H_
