#include "common/base/message_shape.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "google/protobuf/wire_format.h"

namespace jixiao {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormat;

class MessageShapes {
 public:
  const MessageShape& Of(const Descriptor& type) {
    {
      const std::shared_lock lock(mutex_);
      if (const auto known = shapes_.find(&type); known != shapes_.end()) return *known->second;
    }
    const std::unique_lock lock(mutex_);
    return Make(type);
  }

 private:
  // With the lock held. Types may hold themselves.
  const MessageShape& Make(const Descriptor& type) {
    const auto [place, is_new] = shapes_.try_emplace(&type);
    if (!is_new) return *place->second;
    place->second = std::make_unique<MessageShape>();
    MessageShape& shape = *place->second;
    shape.field_count_ = type.field_count();
    int last = 0;
    for (int i = 0; i < type.field_count(); ++i) last = std::max(last, type.field(i)->number());
    shape.by_number_.resize(static_cast<size_t>(last) + 1);
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      shape.by_number_[static_cast<size_t>(field.number())] = ShapeOf(field);
    }
    return shape;
  }

  FieldShape ShapeOf(const FieldDescriptor& field) {
    FieldShape shape;
    shape.name = field.name();
    shape.index = static_cast<uint32_t>(field.index());
    shape.wire_type = WireFormat::WireTypeForFieldType(field.type());
    shape.type = field.type();
    shape.is_known = true;
    shape.is_repeated = field.is_repeated();
    if (shape.type == FieldDescriptor::TYPE_MESSAGE) shape.message = &Make(*field.message_type());
    if (shape.type != FieldDescriptor::TYPE_ENUM) return shape;
    shape.enum_type = field.enum_type();
    for (int value = 1; value < 64; ++value) {
      if (shape.enum_type->FindValueByNumber(value) != nullptr) shape.small_values |= uint64_t{1} << value;
    }
    return shape;
  }

  std::shared_mutex mutex_;
  std::unordered_map<const Descriptor*, std::unique_ptr<MessageShape>> shapes_;
};

const MessageShape& MessageShape::Of(const Descriptor& type) {
  static MessageShapes* const shapes = new MessageShapes;
  return shapes->Of(type);
}

}  // namespace jixiao
