// For the wire check: what a message may hold on the wire, read off its
// descriptor once. Descriptors answer too slowly to be asked for every field.
#ifndef JIXIAO_COMMON_BASE_MESSAGE_SHAPE_H_
#define JIXIAO_COMMON_BASE_MESSAGE_SHAPE_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/wire_format_lite.h"

namespace jixiao {

class MessageShape;

// A cache line, which is also found faster in a row of them.
struct alignas(64) FieldShape {
  // True if `value` is declared and not 0, for fields of an enum.
  bool IsUsableEnum(int value) const {
    if (value >= 0 && value < 64) return (small_values >> value & 1) != 0;
    return enum_type->FindValueByNumber(value) != nullptr;
  }

  std::string_view name;
  const MessageShape* message = nullptr;  // of a message
  const google::protobuf::EnumDescriptor* enum_type = nullptr;
  uint64_t small_values = 0;  // of an enum: bit n for value n, not for 0
  uint32_t index = 0;         // in [0, field_count())
  google::protobuf::internal::WireFormatLite::WireType wire_type{};
  google::protobuf::FieldDescriptor::Type type{};
  bool is_known = false;
  bool is_repeated = false;
};

class MessageShape {
 public:
  // Of a type that lives forever, as generated ones do; so does the shape. Made
  // when first asked for, by any thread.
  static const MessageShape& Of(const google::protobuf::Descriptor& type);

  // Null if there is no such field.
  const FieldShape* Find(int number) const {
    if (static_cast<size_t>(number) >= by_number_.size()) return nullptr;
    const FieldShape& field = by_number_[static_cast<size_t>(number)];
    return field.is_known ? &field : nullptr;
  }

  int field_count() const { return field_count_; }

 private:
  friend class MessageShapes;

  std::vector<FieldShape> by_number_;
  int field_count_ = 0;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_BASE_MESSAGE_SHAPE_H_
