// For any service: digests that only who has the key can make.
#ifndef JIXIAO_COMMON_BASE_KEYED_DIGEST_H_
#define JIXIAO_COMMON_BASE_KEYED_DIGEST_H_

#include <string>
#include <string_view>

namespace jixiao {

// HMAC-SHA-256, 32 raw bytes. With an empty `key` it guards against accidents
// only.
std::string KeyedDigest(std::string_view key, std::string_view message);

// Takes the same time wherever two digests differ.
bool IsSameDigest(std::string_view a, std::string_view b);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_BASE_KEYED_DIGEST_H_
