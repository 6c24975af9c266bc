// NamePlaces, by reflection: every message that has a source line.
#include <fmt/format.h>

#include "common/base/text.h"
#include "intake/reader/blocks/office_blocks.h"

namespace jixiao::intake {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr int64_t kLongestPlace = 100;

std::string PlaceOf(const std::vector<std::string>& places, int line) {
  const bool is_known = line > 0 && static_cast<size_t>(line) <= places.size();
  return is_known ? Shorten(places[static_cast<size_t>(line) - 1], kLongestPlace) : std::string();
}

// `自评表 · 产出 · 数量 · 培训 · 得分（自评表 · F12）`.
void NamePlace(const std::string& place, report::v1::Address& address) {
  constexpr int64_t kLongestLabel = 200;
  const std::string suffix = fmt::format("（{}）", place);
  const int64_t room = kLongestLabel - CodePointCount(suffix);
  const std::string& label = address.label();
  address.set_label((CodePointCount(label) > room ? Shorten(label, room - 1) : label) + suffix);
}

void NameIn(const std::vector<std::string>& places, Message& message);

void NameInFields(const std::vector<std::string>& places, Message& message) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      NameIn(places, *reflection.MutableMessage(&message, field));
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      NameIn(places, *reflection.MutableRepeatedMessage(&message, field, i));
    }
  }
}

void NameIn(const std::vector<std::string>& places, Message& message) {
  NameInFields(places, message);
  const FieldDescriptor* line = message.GetDescriptor()->FindFieldByName("source_line");
  const Reflection& reflection = *message.GetReflection();
  if (line == nullptr || !reflection.HasField(message, line)) return;
  const std::string place = PlaceOf(places, reflection.GetInt32(message, line));
  reflection.ClearField(&message, line);
  if (place.empty()) return;
  if (auto* address = dynamic_cast<report::v1::Address*>(&message)) return NamePlace(place, *address);
  const FieldDescriptor* named = message.GetDescriptor()->FindFieldByName("place");
  if (named != nullptr) reflection.SetString(&message, named, place);
}

}  // namespace

void NamePlaces(const std::vector<std::string>& places, report::v1::Report& report) {
  NameIn(places, report);
  for (report::v1::TableSource& source : *report.mutable_provenance()->mutable_tables()) {
    source.set_from(PlaceOf(places, std::stoi(source.from())));
    source.set_to(PlaceOf(places, std::stoi(source.to())));
  }
}

}  // namespace jixiao::intake
