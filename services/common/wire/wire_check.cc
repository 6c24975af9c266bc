#include "common/wire/wire_check.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "common/base/errors.h"
#include "common/base/text.h"
#include "common/wire/message_shape.h"
#include "common/wire/wire_cursor.h"

namespace jixiao {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;

class NoVisitor : public WireVisitor {
 public:
  void Enter(const WireVisit&) override {}
  void Leave(const WireVisit&, WireViolations&) override {}
};

// Methods return false if the walk cannot go on; violations() then says why.
class Walker {
 public:
  Walker(const WireLimits& limits, WireVisitor& visitor)
      : limits_(limits), visitor_(visitor), violations_(limits.max_violations) {}

  bool Walk(std::string_view bytes, const MessageShape& shape, const WirePlace& here, int depth);

  const WireViolations& violations() const { return violations_; }

 private:
  // How many elements each repeated field has.
  using Counts = absl::InlinedVector<int32_t, 16>;

  bool WalkField(WireCursor& in, const FieldShape& field, const WirePlace& place, int depth);
  bool CheckOccurrence(const FieldShape& field, uint64_t& seen, Counts& counts, WirePlace& place);
  bool CheckText(std::string_view text, const FieldShape& field, const WirePlace& place);
  bool CheckNumber(uint64_t value, const FieldShape& field, const WirePlace& place);
  bool CheckCounts(const MessageShape& shape, uint64_t seen, const Counts& counts, const WirePlace& here);

  // A rule of the caller's is broken.
  bool Refuse(const WirePlace& place, std::string_view below, std::string description) {
    violations_.Add(place, below, std::move(description));
    return !violations_.is_full();
  }
  // The bytes are not what their type says.
  bool Report(const WirePlace& place, std::string description) {
    ++broken_count_;
    return Refuse(place, "", std::move(description));
  }
  bool Stop(const WirePlace& place, std::string description) {
    Report(place, std::move(description));
    return false;
  }

  const WireLimits& limits_;
  WireVisitor& visitor_;
  WireViolations violations_;
  int64_t field_count_ = 0;
  int64_t broken_count_ = 0;
};

bool Walker::CheckText(std::string_view text, const FieldShape& field, const WirePlace& place) {
  const auto size = static_cast<int64_t>(text.size());
  if (size > limits_.max_string_bytes) {
    return Report(place, fmt::format("文字过长：{} 字节，上限 {} 字节，请精简或拆分", size, limits_.max_string_bytes));
  }
  if (!IsCleanUtf8(text)) {
    return Report(place, "文字不是有效的 UTF-8 编码，或含有空字符（U+0000）、非字符（如 U+FFFE），请重新导出后再报送");
  }
  // Bytes bound characters: those are only counted where it can matter.
  if (field.rule != nullptr && size > field.rule->max_characters && CodePointCount(text) > field.rule->max_characters) {
    return Refuse(place, "", fmt::format("文字过长，上限 {} 字", field.rule->max_characters));
  }
  return true;
}

bool Walker::CheckNumber(uint64_t value, const FieldShape& field, const WirePlace& place) {
  if (field.type == FieldDescriptor::TYPE_ENUM) {
    if (field.IsUsableEnum(static_cast<int>(value))) return true;
    return Report(place, fmt::format("取值 {} 不在允许范围内", value));
  }
  if (field.rule == nullptr) return true;
  // As parsers read it.
  const int64_t number =
      field.type == FieldDescriptor::TYPE_INT32 ? static_cast<int32_t>(value) : static_cast<int64_t>(value);
  if (number >= field.rule->min && number <= field.rule->max) return true;
  return Refuse(place, "", std::string(field.rule->if_out_of_range));
}

bool Walker::WalkField(WireCursor& in, const FieldShape& field, const WirePlace& place, int depth) {
  switch (field.wire_type) {
    case WireFormatLite::WIRETYPE_VARINT: {
      uint64_t value = 0;
      if (!in.ReadVarint(value)) break;
      return CheckNumber(value, field, place);
    }
    case WireFormatLite::WIRETYPE_LENGTH_DELIMITED: {
      std::string_view payload;
      if (!in.ReadPayload(payload)) break;
      if (field.type == FieldDescriptor::TYPE_STRING) return CheckText(payload, field, place);
      return field.message == nullptr || Walk(payload, *field.message, place, depth + 1);
    }
    default:
      // Numbers of fixed size; groups are of no declared type.
      if (!in.Skip(field.wire_type == WireFormatLite::WIRETYPE_FIXED32 ? 4 : 8)) break;
      return true;
  }
  return Stop(place, "报文在此处被截断");
}

bool Walker::CheckOccurrence(const FieldShape& field, uint64_t& seen, Counts& counts, WirePlace& place) {
  if (++field_count_ > limits_.max_fields) {
    return Stop(*place.parent, fmt::format("报文内容过多，字段总数超过 {} 个，请拆分报送", limits_.max_fields));
  }
  const bool is_new = (seen & field.bit) == 0;
  seen |= field.bit;
  if (!field.is_repeated()) return is_new || Stop(place, "字段重复出现，只能出现一次");
  place.index = counts[static_cast<size_t>(field.repeated_index)]++;
  return place.index < limits_.max_repeated || Stop(place, fmt::format("条目过多，最多 {} 条", limits_.max_repeated));
}

bool Walker::CheckCounts(const MessageShape& shape, uint64_t seen, const Counts& counts, const WirePlace& here) {
  for (const FieldShape* field : shape.counted()) {
    const FieldRule& rule = *field->rule;
    if ((seen & field->bit) == 0) {
      if (!rule.if_missing.empty() && !Refuse(here, rule.field, std::string(rule.if_missing))) return false;
    } else if (field->is_repeated()) {
      const int64_t count = counts[static_cast<size_t>(field->repeated_index)];
      if (count > rule.max_items &&
          !Refuse(here, rule.field, fmt::format("条目过多：{} 条，上限 {} 条", count, rule.max_items))) {
        return false;
      }
    }
  }
  return true;
}

bool Walker::Walk(std::string_view bytes, const MessageShape& shape, const WirePlace& here, int depth) {
  if (depth > limits_.max_depth) {
    return Stop(here, fmt::format("嵌套过深，最多 {} 层", limits_.max_depth));
  }
  const WireVisit visit{shape.visit_as(), here.field->rule == nullptr ? 0 : here.field->rule->mark, bytes, here};
  const int64_t broken_before = broken_count_;
  if (visit.visit_as != 0) visitor_.Enter(visit);
  uint64_t seen = 0;
  Counts counts(static_cast<size_t>(shape.repeated_count()), 0);
  WireCursor in(bytes);
  while (!in.AtEnd()) {
    uint32_t tag = 0;
    if (!in.ReadTag(tag)) return Stop(here, "报文已损坏，无法继续读取");
    const uint32_t number = tag >> WireFormatLite::kTagTypeBits;
    const FieldShape* field = shape.Find(number);
    if (field == nullptr) {
      return Stop(here, fmt::format("含有接口定义之外的字段（编号 {}），请核对接口版本", number));
    }
    WirePlace place{&here, field, -1};
    if (!CheckOccurrence(*field, seen, counts, place)) return false;
    // Packed scalars are not used in Jixiao's messages, so one wire type is right.
    if ((tag & WireFormatLite::kTagTypeMask) != field->wire_type) {
      return Stop(place, "字段的编码类型与接口定义不符，请按 proto 定义重新生成报文");
    }
    if (!WalkField(in, *field, place, depth)) return false;
  }
  const bool may_lack = (shape.required() & ~seen) != 0 || shape.repeated_count() > 0;
  if (may_lack && !CheckCounts(shape, seen, counts, here)) return false;
  if (shape.IsLeft(seen) && broken_count_ == broken_before) visitor_.Leave(visit, violations_);
  return !violations_.is_full();
}

absl::Status Check(std::string_view bytes, const MessageShape& shape, WireVisitor& visitor, std::string_view root,
                   const WireLimits& limits) {
  if (static_cast<int64_t>(bytes.size()) > limits.max_bytes) {
    return InvalidFields(
        {{std::string(root), fmt::format("内容过大：{} 字节，上限 {} 字节", bytes.size(), limits.max_bytes)}});
  }
  FieldShape root_field;
  root_field.name = root;
  Walker walker(limits, visitor);
  walker.Walk(bytes, shape, {nullptr, &root_field, -1}, 1);
  const auto& violations = walker.violations().list();
  return violations.empty() ? absl::OkStatus() : InvalidFields(violations);
}

}  // namespace

std::string WirePlace::ToString() const {
  std::string path = parent == nullptr ? std::string() : parent->ToString();
  if (!path.empty() && !field->name.empty()) path += '.';
  path += field->name;
  if (index >= 0) path += fmt::format("[{}]", index);
  return path;
}

void WireViolations::Add(const WirePlace& place, std::string_view below, std::string description) {
  if (is_full()) return;
  std::string path = place.ToString();
  if (!path.empty() && !below.empty()) path += '.';
  path += below;
  list_.push_back({std::move(path), std::move(description)});
}

absl::Status CheckWire(std::string_view bytes, const Descriptor& type, std::string_view root,
                       const WireLimits& limits) {
  NoVisitor visitor;
  return Check(bytes, MessageShapes::Plain().Of(type), visitor, root, limits);
}

absl::Status CheckWire(std::string_view bytes, const Descriptor& type, MessageShapes& shapes, WireVisitor& visitor,
                       std::string_view root, const WireLimits& limits) {
  return Check(bytes, shapes.Of(type), visitor, root, limits);
}

}  // namespace jixiao
