// `jixiao submit`: files reports with intake.
#ifndef JIXIAO_COMMANDS_FILING_SUBMIT_H_
#define JIXIAO_COMMANDS_FILING_SUBMIT_H_

#include <optional>
#include <string>
#include <vector>

#include "client/service_client.h"
#include "commands/output.h"

namespace jixiao::cli {

struct SubmitArguments {
  std::vector<std::string> files;
  std::string unit_code;      // empty: intake knows the unit, or gives it a code
  std::string division_code;  // empty: as the document says
  std::string request_id;     // empty: a fresh one per file
  std::optional<int> base_version;
  bool wait = false;  // until the score is there
};

int RunSubmit(const SubmitArguments& arguments, ServiceClient& client, const Output& output);

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_FILING_SUBMIT_H_
