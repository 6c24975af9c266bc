#include "intake/core/review/compare_reports.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "intake/core/review/match_rows.h"

namespace jixiao::intake {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using report::v1::Value;

// Where a thing stands is not what it says.
bool IsPosition(const FieldDescriptor& field) { return field.name() == "source_line" || field.name() == "address"; }

bool IsValue(const Message& message) { return message.GetDescriptor() == Value::descriptor(); }

// First field of `message` that names it, for matching rows.
std::string KeyOf(const Message& message) {
  const Descriptor& type = *message.GetDescriptor();
  for (const char* name : {"level3", "label", "heading", "text", "name", "criterion", "title", "level1"}) {
    const FieldDescriptor* field = type.FindFieldByName(name);
    if (field == nullptr || field->is_repeated()) continue;
    const Reflection& reflection = *message.GetReflection();
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) return reflection.GetString(message, field);
    if (field->message_type() == Value::descriptor()) {
      return static_cast<const Value&>(reflection.GetMessage(message, field)).as_written();
    }
  }
  return std::string();
}

std::string ScalarText(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return field.is_repeated() ? reflection.GetRepeatedString(message, &field, index)
                                 : reflection.GetString(message, &field);
    case FieldDescriptor::CPPTYPE_ENUM: return reflection.GetEnum(message, &field)->name();
    case FieldDescriptor::CPPTYPE_BOOL: return reflection.GetBool(message, &field) ? "true" : "false";
    case FieldDescriptor::CPPTYPE_INT32: return std::to_string(reflection.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64: return std::to_string(reflection.GetInt64(message, &field));
    default: return std::string();  // report.proto has no others
  }
}

std::string NumberText(const Value& value) {
  switch (value.number_case()) {
    case Value::kAmountFen: return fmt::format("amount_fen {}", value.amount_fen());
    case Value::kPointsMilli: return fmt::format("points_milli {}", value.points_milli());
    case Value::kRatePpm: return fmt::format("rate_ppm {}", value.rate_ppm());
    case Value::kCountMilli: return fmt::format("count_milli {}", value.count_milli());
    case Value::NUMBER_NOT_SET: break;
  }
  return std::string();
}

// Label of `message` itself or of the first value in it; `inherited` if none.
std::string LabelOf(const Message& message, const std::string& inherited) {
  if (IsValue(message)) {
    const auto& value = static_cast<const Value&>(message);
    return value.address().has_label() ? value.address().label() : inherited;
  }
  const Descriptor& type = *message.GetDescriptor();
  if (const FieldDescriptor* heading = type.FindFieldByName("heading")) {
    std::string text = message.GetReflection()->GetString(message, heading);
    if (!text.empty()) return text;
  }
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.is_repeated() || field.message_type() != Value::descriptor()) continue;
    if (!message.GetReflection()->HasField(message, &field)) continue;
    const auto& value = static_cast<const Value&>(message.GetReflection()->GetMessage(message, &field));
    if (value.address().has_label()) return value.address().label();
  }
  return inherited;
}

class Comparison {
 public:
  // At least one of both is there.
  void Messages(const Message* older, const Message* newer, const std::string& path, const std::string& label);

  std::vector<v1::FieldDifference> Take() { return std::move(differences_); }

 private:
  void Values(const Value* older, const Value* newer, const std::string& path, const std::string& label);
  void Field(const Message* older, const Message* newer, const FieldDescriptor& field, const std::string& path,
             const std::string& label);
  void Rows(const Message* older, const Message* newer, const FieldDescriptor& field, const std::string& path,
            const std::string& label);
  void Texts(const Message* older, const Message* newer, const FieldDescriptor& field, const std::string& path,
             const std::string& label);
  void Add(const std::string& path, const std::string& label, const std::string* from, const std::string* to);

  std::vector<v1::FieldDifference> differences_;
};

void Comparison::Add(const std::string& path, const std::string& label, const std::string* from,
                     const std::string* to) {
  if (differences_.size() >= kMaxDifferences) return;
  v1::FieldDifference& difference = differences_.emplace_back();
  difference.set_path(path);
  if (!label.empty()) difference.set_label(label);
  if (from != nullptr) difference.set_from(*from);
  if (to != nullptr) difference.set_to(*to);
}

void Comparison::Values(const Value* older, const Value* newer, const std::string& path, const std::string& label) {
  const std::string* from = older == nullptr ? nullptr : &older->as_written();
  const std::string* to = newer == nullptr ? nullptr : &newer->as_written();
  if (from == nullptr || to == nullptr || *from != *to) return Add(path, label, from, to);
  // The same words, read as another number.
  const std::string old_number = NumberText(*older);
  const std::string new_number = NumberText(*newer);
  if (old_number != new_number) Add(path, label, &old_number, &new_number);
}

int CountOf(const Message* message, const FieldDescriptor& field) {
  return message == nullptr ? 0 : message->GetReflection()->FieldSize(*message, &field);
}

const Message* RowOf(const Message* message, const FieldDescriptor& field, int index) {
  return index < 0 ? nullptr : &message->GetReflection()->GetRepeatedMessage(*message, &field, index);
}

void Comparison::Rows(const Message* older, const Message* newer, const FieldDescriptor& field, const std::string& path,
                      const std::string& label) {
  std::vector<std::string> old_keys, new_keys;
  for (int i = 0; i < CountOf(older, field); ++i) old_keys.push_back(KeyOf(*RowOf(older, field, i)));
  for (int i = 0; i < CountOf(newer, field); ++i) new_keys.push_back(KeyOf(*RowOf(newer, field, i)));
  for (const RowMatch& match : MatchRows(old_keys, new_keys)) {
    const int index = match.newer >= 0 ? match.newer : match.older;
    Messages(RowOf(older, field, match.older), RowOf(newer, field, match.newer), fmt::format("{}[{}]", path, index),
             label);
  }
}

void Comparison::Texts(const Message* older, const Message* newer, const FieldDescriptor& field,
                       const std::string& path, const std::string& label) {
  std::vector<std::string> from, to;
  for (int i = 0; i < CountOf(older, field); ++i) from.push_back(ScalarText(*older, field, i));
  for (int i = 0; i < CountOf(newer, field); ++i) to.push_back(ScalarText(*newer, field, i));
  for (const RowMatch& match : MatchRows(from, to)) {
    const std::string* before = match.older < 0 ? nullptr : &from[static_cast<size_t>(match.older)];
    const std::string* after = match.newer < 0 ? nullptr : &to[static_cast<size_t>(match.newer)];
    if (before != nullptr && after != nullptr && *before == *after) continue;
    Add(fmt::format("{}[{}]", path, match.newer >= 0 ? match.newer : match.older), label, before, after);
  }
}

void Comparison::Field(const Message* older, const Message* newer, const FieldDescriptor& field,
                       const std::string& path, const std::string& label) {
  if (field.is_repeated()) {
    return field.message_type() != nullptr ? Rows(older, newer, field, path, label)
                                           : Texts(older, newer, field, path, label);
  }
  const bool in_older = older != nullptr && older->GetReflection()->HasField(*older, &field);
  const bool in_newer = newer != nullptr && newer->GetReflection()->HasField(*newer, &field);
  if (!in_older && !in_newer) return;
  if (field.message_type() != nullptr) {
    return Messages(in_older ? &older->GetReflection()->GetMessage(*older, &field) : nullptr,
                    in_newer ? &newer->GetReflection()->GetMessage(*newer, &field) : nullptr, path, label);
  }
  const std::string from = in_older ? ScalarText(*older, field, 0) : std::string();
  const std::string to = in_newer ? ScalarText(*newer, field, 0) : std::string();
  if (in_older && in_newer && from == to) return;
  Add(path, label, in_older ? &from : nullptr, in_newer ? &to : nullptr);
}

void Comparison::Messages(const Message* older, const Message* newer, const std::string& path,
                          const std::string& label) {
  const Message& any = newer != nullptr ? *newer : *older;
  const std::string own_label = LabelOf(any, label);
  if (IsValue(any)) {
    return Values(static_cast<const Value*>(older), static_cast<const Value*>(newer), path, own_label);
  }
  const Descriptor& type = *any.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (!IsPosition(field)) Field(older, newer, field, path + "." + field.name(), own_label);
  }
}

}  // namespace

std::vector<v1::FieldDifference> CompareReports(const report::v1::Report& older, const report::v1::Report& newer) {
  Comparison comparison;
  comparison.Messages(&older.content(), &newer.content(), "content", "");
  return comparison.Take();
}

}  // namespace jixiao::intake
