// A failure for people: what is wrong, where, and how to mend it.
#ifndef JIXIAO_TOOLS_JIXIAO_PRINT_FAILURE_H_
#define JIXIAO_TOOLS_JIXIAO_PRINT_FAILURE_H_

#include <string>

#include "absl/status/status.h"
#include "print/terminal_text.h"

namespace jixiao::cli {

// `about` is the file, submission or server the failure is about.
std::string PrintFailure(const std::string& about, const absl::Status& status, const Style& style);

// The same for programs: code, reason, message, broken fields; one line of JSON.
std::string FailureJson(const std::string& about, const absl::Status& status);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_PRINT_FAILURE_H_
