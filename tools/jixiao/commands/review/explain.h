// `jixiao explain`: what has to be explained, which explanations are accepted, and
// handing one in.
#ifndef JIXIAO_COMMANDS_REVIEW_EXPLAIN_H_
#define JIXIAO_COMMANDS_REVIEW_EXPLAIN_H_

#include <optional>
#include <string>
#include <vector>

#include "client/service_client.h"
#include "commands/output.h"
#include "jixiao/intake/v1/submission.pb.h"

namespace jixiao::cli {

struct ExplainArguments {
  std::string name;        // `submissions/{submission}`
  std::string finding_id;  // empty: list what has to be explained
  std::string text;
  std::optional<int> version;  // absent: the current one
  std::string request_id;      // empty: a fresh one
};

// Ids of the findings of a scored submission that need an explanation, explained
// or not.
std::vector<std::string> FindingsToExplainOf(const intake::v1::Submission& submission);

int RunExplain(const ExplainArguments& arguments, ServiceClient& client, const Output& output);

// The published list of accepted explanations.
int RunExplanationKinds(const std::string& rule_sets_folder, const Output& output);

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_REVIEW_EXPLAIN_H_
