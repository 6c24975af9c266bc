#include "common/rpc/raw_message.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "absl/status/status.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"

namespace jixiao {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

// A top-level field: all its bytes, and the payload if it is length-delimited.
struct WireField {
  int number = 0;
  bool is_length_delimited = false;
  std::string_view whole;
  std::string_view payload;
};

absl::Status Broken() {
  return MakeError(absl::StatusCode::kInvalidArgument, "BROKEN_MESSAGE", "报文已损坏，无法读取，请重新生成后再发送");
}

// Reads the field at the front of `rest` and takes it off.
absl::StatusOr<WireField> NextField(std::string_view& rest) {
  CodedInputStream in(reinterpret_cast<const uint8_t*>(rest.data()), static_cast<int>(rest.size()));
  const uint32_t tag = in.ReadTag();
  if (tag == 0 || WireFormatLite::GetTagFieldNumber(tag) == 0) return Broken();
  WireField field;
  field.number = WireFormatLite::GetTagFieldNumber(tag);
  field.is_length_delimited = WireFormatLite::GetTagWireType(tag) == WireFormatLite::WIRETYPE_LENGTH_DELIMITED;
  if (field.is_length_delimited) {
    uint32_t length = 0;
    if (!in.ReadVarint32(&length)) return Broken();
    const size_t start = static_cast<size_t>(in.CurrentPosition());
    if (length > rest.size() - start) return Broken();
    field.payload = rest.substr(start, length);
    field.whole = rest.substr(0, start + length);
  } else {
    if (!WireFormatLite::SkipField(&in, tag)) return Broken();
    field.whole = rest.substr(0, static_cast<size_t>(in.CurrentPosition()));
  }
  rest.remove_prefix(field.whole.size());
  return field;
}

}  // namespace

std::string ToBytes(const grpc::ByteBuffer& buffer) {
  std::string bytes;
  bytes.reserve(buffer.Length());
  std::vector<grpc::Slice> slices;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

grpc::ByteBuffer ToByteBuffer(std::string bytes) {
  auto* const owned = new std::string(std::move(bytes));
  const grpc::Slice slice(
      owned->data(), owned->size(), [](void* text) { delete static_cast<std::string*>(text); }, owned);
  return grpc::ByteBuffer(&slice, 1);
}

absl::StatusOr<std::optional<std::string_view>> FindField(std::string_view wire, int number) {
  std::optional<std::string_view> found;
  while (!wire.empty()) {
    JIXIAO_ASSIGN_OR_RETURN(const WireField field, NextField(wire));
    if (field.number != number) continue;
    if (found || !field.is_length_delimited) {
      return MakeError(
          absl::StatusCode::kInvalidArgument, "BROKEN_MESSAGE",
          fmt::format("报文第 {} 号字段{}，请按接口定义重新生成报文", number, found ? "重复出现" : "编码类型不符"));
    }
    found = field.payload;
  }
  return found;
}

absl::StatusOr<std::string> KeepFields(std::string_view wire, std::initializer_list<int> numbers) {
  std::string kept;
  while (!wire.empty()) {
    JIXIAO_ASSIGN_OR_RETURN(const WireField field, NextField(wire));
    if (std::find(numbers.begin(), numbers.end(), field.number) != numbers.end()) kept += field.whole;
  }
  return kept;
}

absl::StatusOr<std::string> DropField(std::string_view wire, int number) {
  std::string kept;
  while (!wire.empty()) {
    JIXIAO_ASSIGN_OR_RETURN(const WireField field, NextField(wire));
    if (field.number != number) kept += field.whole;
  }
  return kept;
}

void AppendField(int number, std::string_view payload, std::string& wire) {
  uint8_t head[20];
  uint8_t* end = WireFormatLite::WriteTagToArray(number, WireFormatLite::WIRETYPE_LENGTH_DELIMITED, head);
  end = google::protobuf::io::CodedOutputStream::WriteVarint32ToArray(static_cast<uint32_t>(payload.size()), end);
  wire.append(reinterpret_cast<const char*>(head), static_cast<size_t>(end - head));
  wire += payload;
}

}  // namespace jixiao
