#include "scoring/core/verify/first_difference.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/unknown_field_set.h>

#include <algorithm>
#include <vector>

namespace jixiao::scoring {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Values are shown without quotation marks and escapes: they are Chinese texts
// and numbers.
std::string ValueAt(const Message& message, const FieldDescriptor& field, int index) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    return field.is_repeated() ? reflection.GetRepeatedString(message, &field, index)
                               : reflection.GetString(message, &field);
  }
  std::string text;
  google::protobuf::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  printer.SetUseUtf8StringEscaping(true);
  printer.PrintFieldValueToString(message, &field, index, &text);
  return text;
}

std::optional<Difference> Compare(const Message& stored, const Message& derived, const std::string& path);

std::optional<Difference> CompareElement(const Message& stored, const Message& derived, const FieldDescriptor& field,
                                         int index, const std::string& path) {
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    const auto& a = *stored.GetReflection();
    const auto& b = *derived.GetReflection();
    if (!field.is_repeated()) return Compare(a.GetMessage(stored, &field), b.GetMessage(derived, &field), path);
    return Compare(a.GetRepeatedMessage(stored, &field, index), b.GetRepeatedMessage(derived, &field, index), path);
  }
  std::string old_value = ValueAt(stored, field, index);
  std::string new_value = ValueAt(derived, field, index);
  if (old_value == new_value) return std::nullopt;
  return Difference{path, std::move(old_value), std::move(new_value)};
}

std::optional<Difference> CompareRepeated(const Message& stored, const Message& derived, const FieldDescriptor& field,
                                          const std::string& path) {
  const int old_size = stored.GetReflection()->FieldSize(stored, &field);
  const int new_size = derived.GetReflection()->FieldSize(derived, &field);
  for (int i = 0; i < std::min(old_size, new_size); ++i) {
    if (auto found = CompareElement(stored, derived, field, i, fmt::format("{}[{}]", path, i))) return found;
  }
  if (old_size == new_size) return std::nullopt;
  const int at = std::min(old_size, new_size);
  return Difference{fmt::format("{}[{}]", path, at), old_size > at ? ValueAt(stored, field, at) : "",
                    new_size > at ? ValueAt(derived, field, at) : ""};
}

std::optional<Difference> CompareField(const Message& stored, const Message& derived, const FieldDescriptor& field,
                                       const std::string& path) {
  if (field.is_repeated()) return CompareRepeated(stored, derived, field, path);
  const bool in_stored = stored.GetReflection()->HasField(stored, &field);
  const bool in_derived = derived.GetReflection()->HasField(derived, &field);
  if (in_stored && in_derived) return CompareElement(stored, derived, field, -1, path);
  if (!in_stored && !in_derived) return std::nullopt;
  return Difference{path, in_stored ? ValueAt(stored, field, -1) : "", in_derived ? ValueAt(derived, field, -1) : ""};
}

std::optional<Difference> Compare(const Message& stored, const Message& derived, const std::string& path) {
  const google::protobuf::Descriptor& type = *stored.GetDescriptor();
  std::vector<const FieldDescriptor*> fields;
  fields.reserve(static_cast<size_t>(type.field_count()));
  for (int i = 0; i < type.field_count(); ++i) fields.push_back(type.field(i));
  std::sort(fields.begin(), fields.end(), [](const auto* a, const auto* b) { return a->number() < b->number(); });
  const std::string prefix = path.empty() ? "" : path + ".";
  for (const FieldDescriptor* field : fields) {
    if (auto found = CompareField(stored, derived, *field, prefix + field->name())) return found;
  }
  const auto unknown = [](const Message& message) {
    return message.GetReflection()->GetUnknownFields(message).field_count();
  };
  if (unknown(stored) == unknown(derived)) return std::nullopt;
  return Difference{prefix + "(unknown fields)", std::to_string(unknown(stored)), std::to_string(unknown(derived))};
}

}  // namespace

std::optional<Difference> FirstDifference(const Message& stored, const Message& derived) {
  return Compare(stored, derived, "");
}

}  // namespace jixiao::scoring
