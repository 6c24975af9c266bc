#include "conformance/example.h"

#include <fmt/format.h>
#include <google/protobuf/text_format.h>

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "conformance/draft.h"

namespace jixiao::conformance {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using report::v1::Value;

// One step of a path: a field, and an element of it.
struct Step {
  std::string field;
  std::optional<int> element;
};

std::optional<Step> NextStep(std::string_view& path) {
  const size_t end = path.find('.');
  std::string_view word = path.substr(0, end);
  path = end == std::string_view::npos ? std::string_view() : path.substr(end + 1);
  Step step;
  const size_t open = word.find('[');
  step.field = word.substr(0, open);
  if (open != std::string_view::npos) {
    int element = 0;
    const std::string_view digits = word.substr(open + 1, word.size() - open - 2);
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), element);
    if (error != std::errc() || stop != digits.data() + digits.size()) return std::nullopt;
    step.element = element;
  }
  return step;
}

absl::Status Nowhere(const v1::Edit& edit) {
  return absl::InvalidArgumentError(fmt::format("path leads nowhere: {}", edit.path()));
}

Scale ScaleOf(const Value& value) {
  switch (value.number_case()) {
    case Value::kPointsMilli: return Scale::kPoints;
    case Value::kRatePpm: return Scale::kRate;
    case Value::kCountMilli: return Scale::kCount;
    default: return Scale::kMoney;
  }
}

std::string Replaced(const std::string& text, const v1::Edit& edit) {
  const size_t at = edit.has_find() ? text.find(edit.find()) : std::string::npos;
  if (at == std::string::npos) return edit.value();
  return std::string(text).replace(at, edit.find().size(), edit.value());
}

void WriteValue(const v1::Edit& edit, Value& value) {
  const std::string text = Replaced(value.as_written(), edit);
  const bool is_number = value.number_case() != Value::NUMBER_NOT_SET;
  const report::v1::Address address = value.address();
  WriteCell(value, text, is_number ? std::optional<Scale>(ScaleOf(value)) : std::nullopt, address);
}

absl::Status SetScalar(const v1::Edit& edit, const FieldDescriptor& field, Message& message) {
  const auto* reflection = message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      reflection->SetString(&message, &field, Replaced(reflection->GetString(message, &field), edit));
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_INT32:
      reflection->SetInt32(&message, &field, std::atoi(edit.value().c_str()));
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_BOOL:
      reflection->SetBool(&message, &field, edit.value() == "true");
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto* value = field.enum_type()->FindValueByName(edit.value());
      if (value == nullptr) return Nowhere(edit);
      reflection->SetEnum(&message, &field, value);
      return absl::OkStatus();
    }
    default: return Nowhere(edit);
  }
}

// Removes element `index` of a repeated field, keeping the order of the others.
void RemoveElement(const FieldDescriptor& field, int index, Message& message) {
  const auto* reflection = message.GetReflection();
  const int size = reflection->FieldSize(message, &field);
  for (int i = index; i + 1 < size; ++i) reflection->SwapElements(&message, &field, i, i + 1);
  reflection->RemoveLast(&message, &field);
}

absl::Status ApplyTo(const v1::Edit& edit, const FieldDescriptor& field, std::optional<int> element, Message& message) {
  const auto* reflection = message.GetReflection();
  if (element) {
    if (!edit.has_value()) {
      RemoveElement(field, *element, message);
      return absl::OkStatus();
    }
    if (field.message_type() == nullptr) return Nowhere(edit);
  }
  if (!edit.has_value()) {
    reflection->ClearField(&message, &field);
    return absl::OkStatus();
  }
  if (field.message_type() == Value::descriptor() && !field.is_repeated()) {
    WriteValue(edit, static_cast<Value&>(*reflection->MutableMessage(&message, &field)));
    return absl::OkStatus();
  }
  if (field.message_type() == report::v1::Paragraph::descriptor() && element) {
    auto& paragraph =
        static_cast<report::v1::Paragraph&>(*reflection->MutableRepeatedMessage(&message, &field, *element));
    paragraph.set_text(Replaced(paragraph.text(), edit));
    return absl::OkStatus();
  }
  return SetScalar(edit, field, message);
}

}  // namespace

absl::Status ApplyEdit(const v1::Edit& edit, report::v1::Report& report) {
  if (edit.has_add_contact()) {
    *report.add_contacts() = edit.add_contact();
    return absl::OkStatus();
  }
  Message* message = &report;
  std::string_view path = edit.path();
  while (true) {
    const auto step = NextStep(path);
    if (!step) return Nowhere(edit);
    const FieldDescriptor* field = message->GetDescriptor()->FindFieldByName(step->field);
    if (field == nullptr || (step->element && !field->is_repeated())) return Nowhere(edit);
    const auto* reflection = message->GetReflection();
    if (step->element && *step->element >= reflection->FieldSize(*message, field)) return Nowhere(edit);
    if (path.empty() && edit.has_add_paragraph()) {
      if (field->message_type() != report::v1::Paragraph::descriptor()) return Nowhere(edit);
      static_cast<report::v1::Paragraph*>(reflection->AddMessage(message, field))->set_text(edit.add_paragraph());
      return absl::OkStatus();
    }
    if (path.empty() && edit.has_add()) {
      if (field->message_type() == nullptr || !field->is_repeated()) return Nowhere(edit);
      Message* added = reflection->AddMessage(message, field);
      return google::protobuf::TextFormat::ParseFromString(edit.add(), added) ? absl::OkStatus() : Nowhere(edit);
    }
    if (path.empty()) return ApplyTo(edit, *field, step->element, *message);
    if (field->message_type() == nullptr || (field->is_repeated() && !step->element)) return Nowhere(edit);
    message = step->element ? reflection->MutableRepeatedMessage(message, field, *step->element)
                            : reflection->MutableMessage(message, field);
  }
}

}  // namespace jixiao::conformance
