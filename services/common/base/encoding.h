// For any service: text files as clerks' programs write them.
#ifndef JIXIAO_COMMON_BASE_ENCODING_H_
#define JIXIAO_COMMON_BASE_ENCODING_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jixiao {

// `bytes` as UTF-8 without byte order mark. They are taken for UTF-8 if they are
// well-formed as such, else for GB 18030, which Excel and WPS write by default.
// INVALID_ARGUMENT if they are neither, or hold U+0000 or a noncharacter; the message is in Chinese
// and says how to save the file.
absl::StatusOr<std::string> DecodeText(std::string_view bytes);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_BASE_ENCODING_H_
