// Reads the files a person names.
#ifndef JIXIAO_TOOLS_JIXIAO_COMMANDS_READ_FILE_H_
#define JIXIAO_TOOLS_JIXIAO_COMMANDS_READ_FILE_H_

#include <string>

#include "absl/status/statusor.h"

namespace jixiao::cli {

// The bytes of `path`, or of standard input for `-`. Fails with NOT_FOUND,
// PERMISSION_DENIED or INVALID_ARGUMENT (a folder, or more than 1 MiB, which no
// service takes); the message is in Chinese.
absl::StatusOr<std::string> ReadFile(const std::string& path);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_COMMANDS_READ_FILE_H_
