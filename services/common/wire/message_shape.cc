#include "common/wire/message_shape.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "common/base/log.h"
#include "google/protobuf/wire_format.h"

namespace jixiao {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormat;

MessageShapes::MessageShapes(std::vector<MessageRules> rules) : rules_(std::move(rules)) {
  for (const MessageRules& of : rules_) Of(*of.type);
}

MessageShapes& MessageShapes::Plain() {
  static auto* const shapes = new MessageShapes({});
  return *shapes;
}

const MessageShape& MessageShapes::Of(const Descriptor& type) {
  {
    const std::shared_lock lock(mutex_);
    if (const auto known = shapes_.find(&type); known != shapes_.end()) return *known->second;
  }
  const std::unique_lock lock(mutex_);
  return Make(type);
}

// With the lock held. Types may hold themselves.
const MessageShape& MessageShapes::Make(const Descriptor& type) {
  const auto [place, is_new] = shapes_.try_emplace(&type);
  if (!is_new) return *place->second;
  place->second = std::make_unique<MessageShape>();
  MessageShape& shape = *place->second;
  JIXIAO_CHECK(type.field_count() <= 64);
  int last = 0;
  for (int i = 0; i < type.field_count(); ++i) last = std::max(last, type.field(i)->number());
  shape.by_number_.resize(static_cast<size_t>(last) + 1);
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    shape.by_number_[static_cast<size_t>(field.number())] = ShapeOf(field, shape);
  }
  for (const MessageRules& of : rules_) {
    if (of.type != &type) continue;
    shape.visit_as_ = of.visit_as;
    for (const std::string_view field : of.leave_if) {
      const FieldDescriptor* known = type.FindFieldByName(std::string(field));
      JIXIAO_CHECK(known != nullptr);
      shape.leave_if_ |= uint64_t{1} << known->index();
    }
    for (const FieldRule& rule : of.fields) AddRule(rule, type, shape);
  }
  return shape;
}

FieldShape MessageShapes::ShapeOf(const FieldDescriptor& field, MessageShape& shape) {
  FieldShape out;
  out.name = field.name();
  out.bit = uint64_t{1} << field.index();
  out.wire_type = static_cast<uint8_t>(WireFormat::WireTypeForFieldType(field.type()));
  out.type = static_cast<uint8_t>(field.type());
  if (field.is_repeated()) out.repeated_index = static_cast<int16_t>(shape.repeated_count_++);
  if (field.type() == FieldDescriptor::TYPE_MESSAGE) out.message = &Make(*field.message_type());
  if (field.type() != FieldDescriptor::TYPE_ENUM) return out;
  out.enum_type = field.enum_type();
  for (int value = 1; value < 64; ++value) {
    if (out.enum_type->FindValueByNumber(value) != nullptr) out.small_values |= uint64_t{1} << value;
  }
  return out;
}

void MessageShapes::AddRule(const FieldRule& rule, const Descriptor& type, MessageShape& shape) {
  const FieldDescriptor* field = type.FindFieldByName(std::string(rule.field));
  JIXIAO_CHECK(field != nullptr);
  const bool has_range = rule.min != FieldRule::kLeast || rule.max != FieldRule::kMost;
  JIXIAO_CHECK(!has_range || field->type() == FieldDescriptor::TYPE_INT32 ||
               field->type() == FieldDescriptor::TYPE_INT64);
  JIXIAO_CHECK(rule.max_characters == FieldRule::kMost || field->type() == FieldDescriptor::TYPE_STRING);
  JIXIAO_CHECK(rule.max_items == FieldRule::kMost || field->is_repeated());
  JIXIAO_CHECK(rule.mark == 0 || field->type() == FieldDescriptor::TYPE_MESSAGE);
  FieldShape& out = shape.by_number_[static_cast<size_t>(field->number())];
  out.rule = &rule;
  if (!rule.if_missing.empty()) shape.required_ |= out.bit;
  if (!rule.if_missing.empty() || rule.max_items != FieldRule::kMost) shape.counted_.push_back(&out);
}

}  // namespace jixiao
