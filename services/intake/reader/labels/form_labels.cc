#include "intake/reader/labels/form_labels.h"

#include <fmt/format.h>

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "common/base/text_proto.h"

namespace jixiao::intake {
namespace {

using forms::v1::Words;
using google::protobuf::Message;
using google::protobuf::RepeatedPtrField;

template <typename Holds>
bool AnyOf(const RepeatedPtrField<std::string>& words, const Holds& holds) {
  return words.empty() || std::any_of(words.begin(), words.end(), holds);
}

bool HasWords(const Words& words) {
  return words.is_size() + words.begins_size() + words.ends_size() + words.has_size() > 0;
}

// What the first entry that fits `label` means.
template <typename Entry, typename Meaning>
Meaning FirstMeaning(const RepeatedPtrField<Entry>& entries, std::string_view label, Meaning none) {
  for (const Entry& entry : entries) {
    if (Fits(entry.words(), label)) return entry.means();
  }
  return none;
}

bool IsOptional(const Message& message, const google::protobuf::FieldDescriptor& field) {
  return message.GetDescriptor() == Words::descriptor() ||
         message.GetDescriptor() == forms::v1::FormMark::descriptor() || field.name() == "means";
}

// Everything that is wrong in `message`: what is missing, and labels that no word describes.
void Lint(const Message& message, const std::string& path, std::vector<FieldViolation>& problems) {
  const auto& reflection = *message.GetReflection();
  if (message.GetDescriptor() == Words::descriptor() && !HasWords(static_cast<const Words&>(message))) {
    problems.push_back({path, "has no word: give `is`, `begins`, `ends` or `has`"});
  }
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const auto& field = *message.GetDescriptor()->field(i);
    const std::string place = path.empty() ? field.name() : path + "." + field.name();
    const int count =
        field.is_repeated() ? reflection.FieldSize(message, &field) : reflection.HasField(message, &field);
    if (count == 0 && !IsOptional(message, field)) problems.push_back({place, "is missing"});
    if (field.cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field.is_repeated() && count > 0) Lint(reflection.GetMessage(message, &field), place, problems);
    for (int at = 0; field.is_repeated() && at < count; ++at) {
      Lint(reflection.GetRepeatedMessage(message, &field, at), fmt::format("{}[{}]", place, at), problems);
    }
  }
}

}  // namespace

bool Fits(const Words& words, std::string_view label) {
  label = words.without_brackets() ? WithoutBrackets(label) : WithoutColon(label);
  if (label.empty()) return false;
  const auto is_part = [label](const std::string& word) { return Contains(label, word); };
  return AnyOf(words.is(), [label](const std::string& word) { return label == word; }) &&
         AnyOf(words.begins(), [label](const std::string& word) { return label.starts_with(word); }) &&
         AnyOf(words.ends(), [label](const std::string& word) { return label.ends_with(word); }) &&
         AnyOf(words.has(), is_part) && AnyOf(words.also_has(), is_part) &&
         std::none_of(words.lacks().begin(), words.lacks().end(), is_part) &&
         (!words.has_longest() || CodePointCount(label) <= words.longest());
}

struct FormLabels::Table {
  forms::v1::FormLabels words;
  std::vector<SignatureWord> signature_words;
  absl::flat_hash_set<std::string_view> first_characters;  // of the signature words
};

FormLabels::FormLabels() : table_(std::make_shared<const Table>()) {}

absl::StatusOr<FormLabels> FormLabels::Parse(std::string_view textproto) {
  auto table = std::make_shared<Table>();
  JIXIAO_RETURN_IF_ERROR(ParseTextProto(textproto, "", table->words));
  std::vector<FieldViolation> problems;
  Lint(table->words, "", problems);
  if (!problems.empty()) return InvalidFields(problems);
  for (const auto& label : table->words.signature_labels()) {
    for (const std::string& text : label.texts()) table->signature_words.push_back({text, label.means()});
  }
  std::stable_sort(table->signature_words.begin(), table->signature_words.end(),
                   [](const auto& a, const auto& b) { return a.text.size() > b.text.size(); });
  for (const SignatureWord& word : table->signature_words) {
    table->first_characters.insert(word.text.substr(0, Utf8SequenceLength(word.text)));
  }
  return FormLabels(std::move(table));
}

absl::StatusOr<FormLabels> FormLabels::Load(const std::string& path) {
  return LoadDataFile<FormLabels>(path, "LABELS", Parse);
}

const forms::v1::FormLabels& FormLabels::words() const { return table_->words; }

FundColumn FormLabels::FundColumnOf(std::string_view label) const {
  return FirstMeaning(words().fund_columns(), label, forms::v1::FUND_COLUMN_UNSPECIFIED);
}

TaskColumn FormLabels::TaskColumnOf(std::string_view label) const {
  return FirstMeaning(words().task_columns(), label, forms::v1::TASK_COLUMN_UNSPECIFIED);
}

IndicatorColumn FormLabels::IndicatorColumnOf(std::string_view label) const {
  return FirstMeaning(words().indicator_columns(), label, forms::v1::INDICATOR_COLUMN_UNSPECIFIED);
}

WorkColumn FormLabels::WorkColumnOf(std::string_view label) const {
  return FirstMeaning(words().work_columns(), label, forms::v1::WORK_COLUMN_UNSPECIFIED);
}

BaseColumn FormLabels::BaseColumnOf(std::string_view label) const {
  return FirstMeaning(words().base_columns(), label, forms::v1::BASE_COLUMN_UNSPECIFIED);
}

HeadField FormLabels::HeadFieldOf(std::string_view label) const {
  return FirstMeaning(words().head_fields(), label, forms::v1::HEAD_FIELD_UNSPECIFIED);
}

report::v1::FundRole FormLabels::FundRoleOf(std::string_view label) const {
  return FirstMeaning(words().fund_roles(), label, report::v1::FUND_ROLE_UNKNOWN);
}

report::v1::CostItem FormLabels::CostItemOf(std::string_view label) const {
  return FirstMeaning(words().cost_items(), WithoutNumber(label), report::v1::COST_ITEM_OTHER);
}

report::v1::SectionRole FormLabels::SectionRoleOf(std::string_view label) const {
  return FirstMeaning(words().section_roles(), label, report::v1::SECTION_ROLE_UNKNOWN);
}

bool FormLabels::IsTableCaption(std::string_view label) const { return Fits(words().captions(), label); }

bool FormLabels::IsAnnexLine(std::string_view label) const {
  return std::any_of(words().annex_words().begin(), words().annex_words().end(), [label](const std::string& word) {
    return label.starts_with(word) && label.find_first_not_of("0123456789:.-", word.size()) == std::string_view::npos;
  });
}

bool FormLabels::IsNote(std::string_view label) const { return Fits(words().notes(), label); }

bool FormLabels::IsSideLabel(std::string_view label) const {
  return !label.empty() && Fits(words().side_labels(), SplitPoints(label).name);
}

std::string FormLabels::CleanFundLabel(std::string_view text) const {
  const std::string label = LabelOf(text);
  std::string_view rest = WithoutNumber(label);
  for (const std::string& group : words().fund_groups()) {
    if (!rest.starts_with(group)) continue;
    rest.remove_prefix(group.size());
    if (rest.starts_with(':')) rest.remove_prefix(1);
    return std::string(WithoutNumber(rest));
  }
  // A number in brackets counts the parts of a group; other prefixes belong to the label.
  if (label.starts_with('(')) return std::string(rest);
  return RemoveBlanks(text);
}

bool FormLabels::IsSharedLevel1(std::string_view name) const {
  const auto& shared = words().shared_level1();
  return std::find(shared.begin(), shared.end(), name) != shared.end();
}

std::string FormLabels::Level1Name(std::string_view label) const {
  const std::string_view bare = WithoutSuffix(label, "指标");
  return std::string(IsSharedLevel1(bare) ? bare : label);
}

std::string_view FormLabels::Level1Of(std::string_view level2) const {
  for (const auto& shared : words().shared_level2()) {
    if (std::find(shared.names().begin(), shared.names().end(), level2) != shared.names().end()) return shared.level1();
  }
  return "";
}

const std::vector<FormLabels::SignatureWord>& FormLabels::signature_words() const { return table_->signature_words; }

bool FormLabels::MayStartSignature(std::string_view text) const {
  return table_->first_characters.contains(text.substr(0, Utf8SequenceLength(text)));
}

std::string Level2Name(std::string_view label) { return std::string(WithoutSuffix(label, "指标")); }

}  // namespace jixiao::intake
