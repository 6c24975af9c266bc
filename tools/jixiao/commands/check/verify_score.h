// `jixiao verify-score`: derives a stored score card again and compares the
// bytes. Anybody who has report and card can do it; no server needed.
#ifndef JIXIAO_COMMANDS_CHECK_VERIFY_SCORE_H_
#define JIXIAO_COMMANDS_CHECK_VERIFY_SCORE_H_

#include <optional>
#include <string>

#include "client/service_client.h"
#include "commands/output.h"

namespace jixiao::cli {

struct VerifyArguments {
  // A submission, whose stored bytes come from intake …
  std::string name;
  std::optional<int> version;
  // … or files with those bytes.
  std::string report_file;
  std::string card_file;
  std::string context_file;      // empty: the context that the card names
  std::string rule_sets_folder;  // for deriving here
  std::string scoring_server;    // not empty: that service derives
};

// kExitOk if the bytes are identical, kExitBlocked if not, kExitNotHere if the
// pinned rule set or engine version is not at hand. `intake` is asked only if a
// submission is named.
int RunVerifyScore(const VerifyArguments& arguments, ServiceClient& intake, const Output& output);

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_CHECK_VERIFY_SCORE_H_
