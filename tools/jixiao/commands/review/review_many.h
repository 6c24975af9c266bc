// `jixiao review`: approves or returns all submissions that match a filter.
#ifndef JIXIAO_COMMANDS_REVIEW_REVIEW_MANY_H_
#define JIXIAO_COMMANDS_REVIEW_REVIEW_MANY_H_

#include <optional>
#include <string>

#include "client/service_client.h"
#include "commands/output.h"

namespace jixiao::cli {

struct ReviewManyArguments {
  std::string division_code;
  int fiscal_year = 0;
  std::string kind;  // `department`, `project`; empty: both
  bool approve = false;
  bool return_ = false;
  bool with_blocking = false;
  bool with_unexplained = false;
  bool within_supported = false;
  std::string reason;
  bool preview = false;
  std::optional<int> expected_count;  // of a preview; absent: any number
  std::string request_id;             // empty: a fresh one
};

// Repeats the call until nothing remains or nothing more changes.
int RunReviewMany(const ReviewManyArguments& arguments, ServiceClient& client, const Output& output);

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_REVIEW_REVIEW_MANY_H_
