// For the wire check: what a message may hold on the wire, read off its
// descriptor once, with the rules of a caller. Descriptors answer too slowly to be
// asked for every field.
#ifndef JIXIAO_COMMON_WIRE_MESSAGE_SHAPE_H_
#define JIXIAO_COMMON_WIRE_MESSAGE_SHAPE_H_

#include <cstdint>
#include <memory>
#include <shared_mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/wire/wire_rules.h"
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

  bool is_known() const { return bit != 0; }
  bool is_repeated() const { return repeated_index >= 0; }

  std::string_view name;
  const MessageShape* message = nullptr;  // of a message
  const google::protobuf::EnumDescriptor* enum_type = nullptr;
  uint64_t small_values = 0;        // of an enum: bit n for value n, not for 0
  const FieldRule* rule = nullptr;  // null if there is none
  uint64_t bit = 0;                 // among the fields of its message
  int16_t repeated_index = -1;      // in [0, repeated_count())
  uint8_t wire_type = 0;            // a WireFormatLite::WireType
  uint8_t type = 0;                 // a FieldDescriptor::Type
};

class MessageShape {
 public:
  // Null if there is no such field.
  const FieldShape* Find(uint32_t number) const {
    if (number >= by_number_.size()) return nullptr;
    const FieldShape& field = by_number_[number];
    return field.is_known() ? &field : nullptr;
  }

  int repeated_count() const { return repeated_count_; }

  // Bits of the fields that must be there, and those fields and the ones with a
  // limited number of items, in order.
  uint64_t required() const { return required_; }
  const std::vector<const FieldShape*>& counted() const { return counted_; }

  int visit_as() const { return visit_as_; }
  // True if a visitor takes leave of a message with the fields whose bits are set.
  bool IsLeft(uint64_t seen) const { return visit_as_ != 0 && (leave_if_ == 0 || (leave_if_ & seen) != 0); }

 private:
  friend class MessageShapes;

  std::vector<FieldShape> by_number_;
  std::vector<const FieldShape*> counted_;
  uint64_t required_ = 0;
  uint64_t leave_if_ = 0;
  int repeated_count_ = 0;
  int visit_as_ = 0;
};

// The shapes of all messages, with one set of rules. Lives forever.
class MessageShapes {
 public:
  // Ends the program at a rule for a field that is not there or of another type.
  explicit MessageShapes(std::vector<MessageRules> rules);

  // Without rules.
  static MessageShapes& Plain();

  // Of a type that lives forever, as generated ones do, with at most 64 fields;
  // the shape lives as long. Made when first asked for, by any thread.
  const MessageShape& Of(const google::protobuf::Descriptor& type);

 private:
  const MessageShape& Make(const google::protobuf::Descriptor& type);
  FieldShape ShapeOf(const google::protobuf::FieldDescriptor& field, MessageShape& shape);
  void AddRule(const FieldRule& rule, const google::protobuf::Descriptor& type, MessageShape& shape);

  const std::vector<MessageRules> rules_;
  std::shared_mutex mutex_;
  std::unordered_map<const google::protobuf::Descriptor*, std::unique_ptr<MessageShape>> shapes_;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_WIRE_MESSAGE_SHAPE_H_
