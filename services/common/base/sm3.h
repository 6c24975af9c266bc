// For any service: SM3 (GB/T 32905), where the law asks for a commercial
// cryptographic algorithm. Other digests: see digest.h.
#ifndef JIXIAO_COMMON_BASE_SM3_H_
#define JIXIAO_COMMON_BASE_SM3_H_

#include <string>
#include <string_view>

namespace jixiao {

inline constexpr size_t kSm3Size = 32;

// 32 bytes.
std::string Sm3(std::string_view bytes);

// `sm3:` and 64 lower-case hex digits.
std::string Sm3Digest(std::string_view bytes);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_BASE_SM3_H_
