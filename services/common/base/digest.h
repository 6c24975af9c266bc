// For any service: content digests. SHA-256 rather than SM3: it identifies
// bytes on every hot path, and is some eight times faster here; SM3 is for the
// audit chain and receipts, where the law asks for it.
#ifndef JIXIAO_COMMON_BASE_DIGEST_H_
#define JIXIAO_COMMON_BASE_DIGEST_H_

#include <string>
#include <string_view>

namespace jixiao {

// `sha256:` and 64 lower-case hex digits.
std::string ContentDigest(std::string_view bytes);

// True if `text` has the form of a ContentDigest.
bool IsContentDigest(std::string_view text);

// Lower-case hex of `bytes`.
std::string HexOf(std::string_view bytes);

// `byte_count` random bytes as hex, from the operating system.
std::string RandomHex(int byte_count);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_BASE_DIGEST_H_
