// `jixiao watch`: shows each change of a submission as it happens.
#ifndef JIXIAO_COMMANDS_REVIEW_WATCH_H_
#define JIXIAO_COMMANDS_REVIEW_WATCH_H_

#include <string>

#include "client/service_client.h"
#include "commands/output.h"

namespace jixiao::cli {

struct WatchArguments {
  std::string name;
  bool until_done = false;  // until people or nobody have to act: returned, published, withdrawn, not scored
  int minutes = 60;
};

int RunWatch(const WatchArguments& arguments, ServiceClient& client, const Output& output);

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_REVIEW_WATCH_H_
