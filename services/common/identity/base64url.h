// The one spelling of bytes that tokens use: base64url without padding.
#ifndef JIXIAO_COMMON_IDENTITY_BASE64URL_H_
#define JIXIAO_COMMON_IDENTITY_BASE64URL_H_

#include <optional>
#include <string>
#include <string_view>

namespace jixiao {

std::string EncodeBase64Url(std::string_view bytes);

// Empty unless `text` is what EncodeBase64Url gives: no padding, no blanks, no
// stray bits at the end.
std::optional<std::string> DecodeBase64Url(std::string_view text);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_IDENTITY_BASE64URL_H_
