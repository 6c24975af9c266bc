// For any service: bytes made smaller for storage. Reports shrink to about a
// fifth in some 20 us, which costs less than writing what it saves.
#ifndef JIXIAO_COMMON_BASE_PACKED_BYTES_H_
#define JIXIAO_COMMON_BASE_PACKED_BYTES_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jixiao {

// An LZ4 frame; empty for empty bytes.
std::string PackBytes(std::string_view bytes);

// What PackBytes was given. DATA_LOSS (reason PACKED_BYTES_DAMAGED) if it is no
// frame, or one that is damaged or says that it holds more than `max_bytes`.
absl::StatusOr<std::string> UnpackBytes(std::string_view packed, int64_t max_bytes = int64_t{64} << 20);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_BASE_PACKED_BYTES_H_
