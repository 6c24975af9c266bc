// `jixiao confirm`: a reviewer confirms points of the work assessment.
#ifndef JIXIAO_COMMANDS_REVIEW_CONFIRM_H_
#define JIXIAO_COMMANDS_REVIEW_CONFIRM_H_

#include <optional>
#include <string>
#include <vector>

#include "client/service_client.h"
#include "commands/output.h"

namespace jixiao::cli {

struct ConfirmArguments {
  std::string name;
  std::vector<std::string> criteria;  // `ID=POINTS`
  std::string reason;
  std::optional<int> version;  // absent: the current one
  std::string request_id;      // empty: a fresh one
  bool wait = false;           // until it is scored again
};

int RunConfirm(const ConfirmArguments& arguments, ServiceClient& client, const Output& output);

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_REVIEW_CONFIRM_H_
