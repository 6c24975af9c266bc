// `jixiao submit-many`: files a file of reports over one stream, with a log of
// the results that a later run goes on from.
#ifndef JIXIAO_COMMANDS_FILING_SUBMIT_MANY_H_
#define JIXIAO_COMMANDS_FILING_SUBMIT_MANY_H_

#include <memory>
#include <string>

#include "client/service_client.h"
#include "commands/output.h"

namespace jixiao::cli {

struct SubmitManyArguments {
  std::string file;  // jixiao.report.v1.Report messages, each behind its length as varint
  std::string log;   // results, one line each; empty: `{file}.results`
  int window = 128;
};

int RunSubmitMany(const SubmitManyArguments& arguments, ServiceClient& client, const Output& output);

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_FILING_SUBMIT_MANY_H_
