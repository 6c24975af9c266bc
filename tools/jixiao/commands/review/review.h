// `jixiao approve`, `return` and `withdraw`: what a reviewer or the unit decides.
#ifndef JIXIAO_COMMANDS_REVIEW_REVIEW_H_
#define JIXIAO_COMMANDS_REVIEW_REVIEW_H_

#include <optional>
#include <string>
#include <vector>

#include "client/service_client.h"
#include "commands/output.h"
#include "jixiao/intake/v1/submission.pb.h"

namespace jixiao::cli {

struct ReviewArguments {
  std::string name;            // `submissions/{submission}`
  std::optional<int> version;  // absent: the current one
  std::string reason;
  std::vector<std::string> comments;  // as ReadComment reads them
  std::string request_id;             // empty: a fresh one
  bool wait = false;                  // until the page is public
};

// `TEXT`, `TEXT@FINDING` or `TEXT@PLACE`, a place by its words in the report.
intake::v1::ReviewComment ReadComment(const std::string& text);

int RunApprove(const ReviewArguments& arguments, ServiceClient& client, const Output& output);
int RunReturn(const ReviewArguments& arguments, ServiceClient& client, const Output& output);
int RunWithdraw(const ReviewArguments& arguments, ServiceClient& client, const Output& output);

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_REVIEW_REVIEW_H_
