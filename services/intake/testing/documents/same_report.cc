#include "intake/testing/documents/same_report.h"

#include <google/protobuf/util/message_differencer.h>

#include <vector>

namespace jixiao::intake::testing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool IsBlankValue(const Message& message) {
  const auto* value = dynamic_cast<const report::v1::Value*>(&message);
  return value != nullptr && value->as_written().empty() && value->number_case() == report::v1::Value::NUMBER_NOT_SET;
}

void ForgetPlaces(Message& message) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->name() == "address" || field->name() == "source_line") {
      reflection.ClearField(&message, field);
    } else if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      continue;
    } else if (field->is_repeated()) {
      for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
        ForgetPlaces(*reflection.MutableRepeatedMessage(&message, field, i));
      }
    } else {
      ForgetPlaces(*reflection.MutableMessage(&message, field));
      if (IsBlankValue(reflection.GetMessage(message, field))) reflection.ClearField(&message, field);
    }
  }
}

}  // namespace

std::string DifferencesOf(report::v1::Report one, report::v1::Report other) {
  for (report::v1::Report* report : {&one, &other}) {
    report->clear_provenance();
    ForgetPlaces(*report);
  }
  std::string differences;
  google::protobuf::util::MessageDifferencer differencer;
  differencer.ReportDifferencesToString(&differences);
  differencer.Compare(one, other);
  return differences;
}

}  // namespace jixiao::intake::testing
