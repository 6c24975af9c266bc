// For the wire check: reads the protobuf wire format from bytes in memory. Every
// read fails at the end of the bytes and then leaves the cursor anywhere.
#ifndef JIXIAO_COMMON_BASE_WIRE_CURSOR_H_
#define JIXIAO_COMMON_BASE_WIRE_CURSOR_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace jixiao {

class WireCursor {
 public:
  explicit WireCursor(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  bool AtEnd() const { return at_ == end_; }

  // Up to ten bytes.
  bool ReadVarint(uint64_t& value) {
    value = 0;
    for (int shift = 0; shift < 70 && at_ < end_; shift += 7) {
      const auto byte = static_cast<unsigned char>(*at_++);
      value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return true;
    }
    return false;
  }

  // A tag is not 0 and has 32 bits.
  bool ReadTag(uint32_t& tag) {
    uint64_t value = 0;
    if (!ReadVarint(value) || value == 0 || value > UINT32_MAX) return false;
    tag = static_cast<uint32_t>(value);
    return true;
  }

  // A length and that many bytes.
  bool ReadPayload(std::string_view& payload) {
    uint64_t size = 0;
    if (!ReadVarint(size) || size > static_cast<size_t>(end_ - at_)) return false;
    payload = {at_, static_cast<size_t>(size)};
    at_ += size;
    return true;
  }

  bool Skip(size_t size) {
    if (size > static_cast<size_t>(end_ - at_)) return false;
    at_ += size;
    return true;
  }

 private:
  const char* at_;
  const char* const end_;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_BASE_WIRE_CURSOR_H_
