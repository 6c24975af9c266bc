// Reads and writes the files a person names.
#ifndef JIXIAO_TOOLS_JIXIAO_COMMANDS_READ_FILE_H_
#define JIXIAO_TOOLS_JIXIAO_COMMANDS_READ_FILE_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace jixiao::cli {

// No service takes a larger report.
inline constexpr size_t kMaxReportBytes = 1 << 20;
// A card repeats the texts of its rules and so outgrows its report.
inline constexpr size_t kMaxCardBytes = 8 << 20;

// The bytes of `path`, or of standard input for `-`. Fails with NOT_FOUND,
// PERMISSION_DENIED or INVALID_ARGUMENT (a folder, or more than `max_bytes`); the
// message is in Chinese.
absl::StatusOr<std::string> ReadFile(const std::string& path, size_t max_bytes = kMaxReportBytes);

// Writes or replaces `path`, readable by its owner only: reports name people.
// PERMISSION_DENIED if it cannot be written; the message is in Chinese.
absl::Status WriteFile(const std::string& path, std::string_view bytes);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_COMMANDS_READ_FILE_H_
