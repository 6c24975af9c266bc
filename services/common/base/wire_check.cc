#include "common/base/wire_check.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "common/base/errors.h"
#include "common/base/message_shape.h"
#include "common/base/text.h"
#include "common/base/wire_cursor.h"

namespace jixiao {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;

constexpr size_t kMaxViolations = 20;

// Where the walk stands; paths are only spelled out when something is wrong.
struct Step {
  const Step* parent;
  const FieldShape* field;
  int64_t index;  // -1 if not repeated
};

std::string PathOf(const Step& step) {
  std::string path = step.parent == nullptr ? std::string() : PathOf(*step.parent);
  if (!path.empty() && !step.field->name.empty()) path += '.';
  path += step.field->name;
  if (step.index >= 0) path += fmt::format("[{}]", step.index);
  return path;
}

class Walker {
 public:
  explicit Walker(const WireLimits& limits) : limits_(limits) {}

  // False if the walk cannot go on; violations() then says why.
  bool Walk(std::string_view bytes, const MessageShape& shape, const Step& here, int depth);

  const std::vector<FieldViolation>& violations() const { return violations_; }

 private:
  bool Report(const Step& step, std::string description) {
    violations_.push_back({PathOf(step), std::move(description)});
    return violations_.size() < kMaxViolations;
  }
  bool Stop(const Step& step, std::string description) {
    Report(step, std::move(description));
    return false;
  }
  bool WalkField(WireCursor& in, WireFormatLite::WireType wire_type, const FieldShape& field, const Step& step,
                 int depth);
  bool WalkLengthDelimited(std::string_view payload, const FieldShape& field, const Step& step, int depth);

  const WireLimits& limits_;
  int64_t field_count_ = 0;
  std::vector<FieldViolation> violations_;
};

bool Walker::WalkLengthDelimited(std::string_view payload, const FieldShape& field, const Step& step, int depth) {
  switch (field.type) {
    case FieldDescriptor::TYPE_MESSAGE: return Walk(payload, *field.message, step, depth + 1);
    case FieldDescriptor::TYPE_STRING:
      if (static_cast<int64_t>(payload.size()) > limits_.max_string_bytes) {
        return Report(step, fmt::format("文字过长：{} 字节，上限 {} 字节，请精简或拆分", payload.size(),
                                        limits_.max_string_bytes));
      }
      if (!IsCleanUtf8(payload)) {
        return Report(step, "文字不是有效的 UTF-8 编码，或含有空字符（U+0000），请重新导出后再报送");
      }
      return true;
    default: return true;  // bytes
  }
}

bool Walker::WalkField(WireCursor& in, WireFormatLite::WireType wire_type, const FieldShape& field, const Step& step,
                       int depth) {
  // Packed scalars are not used in Jixiao's messages, so one wire type is right.
  if (wire_type != field.wire_type) {
    return Stop(step, "字段的编码类型与接口定义不符，请按 proto 定义重新生成报文");
  }
  switch (wire_type) {
    case WireFormatLite::WIRETYPE_VARINT: {
      uint64_t value = 0;
      if (!in.ReadVarint(value)) return Stop(step, "报文在此处被截断");
      if (field.type == FieldDescriptor::TYPE_ENUM && !field.IsUsableEnum(static_cast<int>(value))) {
        return Report(step, fmt::format("取值 {} 不在允许范围内", value));
      }
      return true;
    }
    case WireFormatLite::WIRETYPE_LENGTH_DELIMITED: {
      std::string_view payload;
      if (!in.ReadPayload(payload)) return Stop(step, "报文在此处被截断");
      return WalkLengthDelimited(payload, field, step, depth);
    }
    default:
      // Numbers of fixed size; groups are of no declared type.
      return in.Skip(wire_type == WireFormatLite::WIRETYPE_FIXED32 ? 4 : 8) || Stop(step, "报文在此处被截断");
  }
}

bool Walker::Walk(std::string_view bytes, const MessageShape& shape, const Step& here, int depth) {
  if (depth > limits_.max_depth) {
    return Stop(here, fmt::format("嵌套过深，最多 {} 层", limits_.max_depth));
  }
  absl::InlinedVector<int32_t, 32> seen(static_cast<size_t>(shape.field_count()), 0);
  WireCursor in(bytes);
  while (!in.AtEnd()) {
    uint32_t tag = 0;
    if (!in.ReadTag(tag)) return Stop(here, "报文已损坏，无法继续读取");
    if (++field_count_ > limits_.max_fields) {
      return Stop(here, fmt::format("报文内容过多，字段总数超过 {} 个，请拆分报送", limits_.max_fields));
    }
    const int number = WireFormatLite::GetTagFieldNumber(tag);
    const FieldShape* field = shape.Find(number);
    if (field == nullptr) {
      return Stop(here, fmt::format("含有接口定义之外的字段（编号 {}），请核对接口版本", number));
    }
    int32_t& count = seen[field->index];
    const Step step{&here, field, field->is_repeated ? count : -1};
    ++count;
    if (!field->is_repeated && count > 1) return Stop(step, "字段重复出现，只能出现一次");
    if (count > limits_.max_repeated) {
      return Stop(step, fmt::format("条目过多，最多 {} 条", limits_.max_repeated));
    }
    if (!WalkField(in, WireFormatLite::GetTagWireType(tag), *field, step, depth)) return false;
  }
  return true;
}

}  // namespace

absl::Status CheckWire(std::string_view bytes, const Descriptor& type, std::string_view root,
                       const WireLimits& limits) {
  FieldShape root_field;
  root_field.name = root;
  const Step step{nullptr, &root_field, -1};
  Walker walker(limits);
  if (static_cast<int64_t>(bytes.size()) > limits.max_bytes) {
    return InvalidFields(
        {{std::string(root), fmt::format("内容过大：{} 字节，上限 {} 字节", bytes.size(), limits.max_bytes)}});
  }
  walker.Walk(bytes, MessageShape::Of(type), step, 1);
  if (walker.violations().empty()) return absl::OkStatus();
  return InvalidFields(walker.violations());
}

}  // namespace jixiao
