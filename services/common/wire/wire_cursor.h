// For the wire check: reads the protobuf wire format from bytes in memory. Every
// read fails at the end of the bytes and then leaves the cursor anywhere. What it
// reads, protobuf's parsers read the same way.
#ifndef JIXIAO_COMMON_WIRE_WIRE_CURSOR_H_
#define JIXIAO_COMMON_WIRE_WIRE_CURSOR_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "google/protobuf/wire_format_lite.h"

namespace jixiao {

// One field as it stands on the wire.
struct WireField {
  int number = 0;
  std::string_view payload;  // of text, bytes and messages
  uint64_t value = 0;        // of varints
};

class WireCursor {
 public:
  explicit WireCursor(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  bool AtEnd() const { return at_ == end_; }

  // Up to ten bytes.
  bool ReadVarint(uint64_t& value) { return ReadVarint(value, 10); }

  // A tag is not 0 and has 32 bits, in at most five bytes.
  bool ReadTag(uint32_t& tag) { return ReadVarint32(tag) && tag != 0; }

  // A length and that many bytes.
  bool ReadPayload(std::string_view& payload) {
    uint32_t size = 0;
    if (!ReadVarint32(size) || size > static_cast<size_t>(end_ - at_)) return false;
    payload = {at_, size};
    at_ += size;
    return true;
  }

  bool Skip(size_t size) {
    if (size > static_cast<size_t>(end_ - at_)) return false;
    at_ += size;
    return true;
  }

  // The next field, whatever its number. Also fails at groups.
  bool ReadField(WireField& field) {
    using google::protobuf::internal::WireFormatLite;
    uint32_t tag = 0;
    if (!ReadTag(tag)) return false;
    field = {WireFormatLite::GetTagFieldNumber(tag), {}, 0};
    switch (WireFormatLite::GetTagWireType(tag)) {
      case WireFormatLite::WIRETYPE_VARINT: return ReadVarint(field.value);
      case WireFormatLite::WIRETYPE_LENGTH_DELIMITED: return ReadPayload(field.payload);
      case WireFormatLite::WIRETYPE_FIXED32: return Skip(4);
      case WireFormatLite::WIRETYPE_FIXED64: return Skip(8);
      default: return false;
    }
  }

 private:
  // Nearly all have one byte.
  bool ReadVarint(uint64_t& value, int max_bytes) {
    if (at_ == end_) return false;
    value = static_cast<unsigned char>(*at_++);
    if (value < 0x80) return true;
    value &= 0x7F;
    for (int i = 1; i < max_bytes && at_ != end_; ++i) {
      const auto byte = static_cast<unsigned char>(*at_++);
      value |= static_cast<uint64_t>(byte & 0x7F) << (7 * i);
      if (byte < 0x80) return true;
    }
    return false;
  }

  bool ReadVarint32(uint32_t& value) {
    uint64_t wide = 0;
    if (!ReadVarint(wide, 5) || wide > UINT32_MAX) return false;
    value = static_cast<uint32_t>(wide);
    return true;
  }

  const char* at_;
  const char* const end_;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_WIRE_WIRE_CURSOR_H_
