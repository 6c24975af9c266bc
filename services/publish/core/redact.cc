#include "publish/core/redact.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/text.h"
#include "common/domain/scan_copy.h"

namespace jixiao::publish {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Our own tokens: masking them would break references. They are looked at, and
// stop publication if they hold what must not be public.
bool IsToken(const FieldDescriptor& field) {
  static constexpr std::string_view kTokens[] = {
      "id",   "rule_id",       "finding_id",     "caused_by",    "heals", "rule_set",      "rule_set_digest",
      "form", "report_digest", "engine_version", "criterion_id", "code",  "division_code", "supervising_unit_code"};
  return std::find(std::begin(kTokens), std::end(kTokens), field.name()) != std::end(kTokens);
}

v1::Redaction::Kind ToProtoKind(PersonalDataKind kind) {
  switch (kind) {
    case PersonalDataKind::kName: return v1::Redaction::KIND_NAME;
    case PersonalDataKind::kTelephone: return v1::Redaction::KIND_TELEPHONE;
    case PersonalDataKind::kIdentityNumber: return v1::Redaction::KIND_IDENTITY_NUMBER;
    case PersonalDataKind::kBankCard: return v1::Redaction::KIND_BANK_CARD;
    case PersonalDataKind::kPassport: return v1::Redaction::KIND_PASSPORT;
    case PersonalDataKind::kEmail: return v1::Redaction::KIND_EMAIL;
    case PersonalDataKind::kAccount: return v1::Redaction::KIND_ACCOUNT;
  }
  return v1::Redaction::KIND_UNSPECIFIED;
}

// Where `message` stands, if it says so itself.
std::string PlaceOf(const Message& message) {
  if (const auto* section = dynamic_cast<const report::v1::Section*>(&message)) {
    return fmt::format("正文“{}{}”", section->number(), section->heading());
  }
  if (const auto* table = dynamic_cast<const report::v1::EvaluationTable*>(&message)) return table->title();
  if (const auto* value = dynamic_cast<const report::v1::Value*>(&message)) return value->address().label();
  if (const auto* finding = dynamic_cast<const scoring::v1::Finding*>(&message)) {
    return fmt::format("检查发现“{}”", finding->title());
  }
  return "";
}

bool Overlaps(const PersonalData& a, const PersonalData& b) {
  return a.start_char < b.start_char + b.char_count && b.start_char < a.start_char + a.char_count;
}

}  // namespace

Redactor::Redactor(const google::protobuf::RepeatedPtrField<report::v1::Contact>& contacts) {
  for (const report::v1::Contact& contact : contacts) {
    std::u32string name;
    std::u32string number;
    for (const ScanChar& c : MakeScanCopy(contact.text())) {
      if (IsDigit(c.c)) number += c.c;
      if (IsHan(c.c) || c.c == U'·') name += c.c;
    }
    if (number.size() >= 7) known_.push_back({number, true});
    if (name.size() >= 2 && name.size() <= 20) known_.push_back({name, false});
  }
}

std::vector<PersonalData> Redactor::FindKnown(std::string_view text) const {
  std::vector<PersonalData> finds;
  if (known_.empty()) return finds;
  const ScanCopy copy = MakeScanCopy(text);
  const auto at = [&](size_t i) { return i < copy.size() ? copy[i].c : U'\0'; };
  for (const KnownPerson& person : known_) {
    for (size_t i = 0; i + person.text.size() <= copy.size(); ++i) {
      if (!StandsAt(copy, i, person.text)) continue;
      const size_t end = i + person.text.size();
      const char32_t before = i > 0 ? at(i - 1) : U'\0';
      if (person.is_number &&
          (IsDigit(before) || before == '.' || IsDigit(at(end)) || (at(end) == '.' && IsDigit(at(end + 1))))) {
        continue;
      }
      // Two characters are as often a word as a name: only where they stand alone.
      if (!person.is_number && person.text.size() == 2 &&
          ((IsHan(before) && !copy[i].follows_blank) || (IsHan(at(end)) && !copy[end].follows_blank))) {
        continue;
      }
      const int64_t start = copy[i].index;
      finds.push_back({person.is_number ? PersonalDataKind::kTelephone : PersonalDataKind::kName, start,
                       copy[end - 1].index + 1 - start});
      i = end - 1;
    }
  }
  return finds;
}

std::vector<PersonalData> Redactor::Find(std::string_view text) const {
  std::vector<PersonalData> finds = FindPersonalData(text);
  for (const PersonalData& known : FindKnown(text)) {
    if (std::none_of(finds.begin(), finds.end(), [&](const PersonalData& find) { return Overlaps(find, known); })) {
      finds.push_back(known);
    }
  }
  std::sort(finds.begin(), finds.end(),
            [](const PersonalData& a, const PersonalData& b) { return a.start_char < b.start_char; });
  return finds;
}

void Redactor::Note(const std::string& path, const PersonalData& find) {
  v1::Redaction& redaction = redactions_.emplace_back();
  redaction.set_kind(ToProtoKind(find.kind));
  redaction.set_field_path(path);
  redaction.set_char_count(static_cast<int32_t>(find.char_count));
  if (BlocksPublication(find.kind)) {
    blocking_places_.push_back(fmt::format("{}（{}）", place_.empty() ? path : place_, PersonalDataTitle(find.kind)));
  }
}

bool Redactor::Mask(const std::string& path, std::string& text) {
  const std::vector<PersonalData> finds = Find(text);
  for (const PersonalData& find : finds) Note(path, find);
  if (!finds.empty()) text = MaskPersonalData(text, finds);
  return !finds.empty();
}

void Redactor::RedactText(const std::string& path, std::string& text) {
  place_.clear();
  Mask(path, text);
}

void Redactor::RedactString(const std::string& path, const FieldDescriptor& field, int index, Message& message) {
  const auto& reflection = *message.GetReflection();
  std::string text =
      index < 0 ? reflection.GetString(message, &field) : reflection.GetRepeatedString(message, &field, index);
  if (IsToken(field)) {
    for (const PersonalData& find : FindPersonalData(text)) {
      if (BlocksPublication(find.kind)) Note(path, find);
    }
    return;
  }
  if (!Mask(path, text)) return;
  if (index < 0) {
    reflection.SetString(&message, &field, text);
  } else {
    reflection.SetRepeatedString(&message, &field, index, text);
  }
}

void Redactor::RedactValue(const std::string& path, report::v1::Value& value) {
  const bool is_figure = value.has_amount_fen() || value.has_points_milli() || value.has_rate_ppm();
  if (is_figure) {
    for (const PersonalData& find : FindPersonalData(value.as_written())) {
      if (BlocksPublication(find.kind)) Note(path + ".as_written", find);
    }
  } else if (Mask(path + ".as_written", *value.mutable_as_written())) {
    value.clear_number();
  }
  if (value.has_address()) Redact(path + ".address", *value.mutable_address());
}

// The label may stand in one cell and the name in the next.
void Redactor::RedactLabelled(const std::string& path, report::v1::LabelledValue& labelled) {
  const std::string label = labelled.label() + "：";
  const auto label_chars = CodePointCount(label);
  for (const PersonalData& find : FindPersonalData(label + labelled.value().as_written())) {
    if (find.start_char < label_chars) continue;
    Note(path + ".value.as_written", {find.kind, 0, CodePointCount(labelled.value().as_written())});
    labelled.mutable_value()->set_as_written(MaskWhole(labelled.value().as_written()));
    labelled.mutable_value()->clear_number();
    return;
  }
}

void Redactor::Redact(const std::string& path, Message& message) {
  const std::string outer_place = place_;
  if (std::string place = PlaceOf(message); !place.empty()) place_ = std::move(place);
  if (auto* value = dynamic_cast<report::v1::Value*>(&message)) {
    RedactValue(path, *value);
    place_ = outer_place;
    return;
  }
  if (auto* labelled = dynamic_cast<report::v1::LabelledValue*>(&message)) RedactLabelled(path, *labelled);
  const auto& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const bool is_message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (!is_message && field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) continue;
    const std::string at = path.empty() ? field->name() : path + "." + field->name();
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      const std::string element = field->is_repeated() ? fmt::format("{}[{}]", at, i) : at;
      if (!is_message) {
        RedactString(element, *field, field->is_repeated() ? i : -1, message);
      } else {
        Redact(element, field->is_repeated() ? *reflection.MutableRepeatedMessage(&message, field, i)
                                             : *reflection.MutableMessage(&message, field));
      }
    }
  }
  place_ = outer_place;
}

}  // namespace jixiao::publish
