#include "integration/listed_differences.h"

#include <fmt/format.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>

#include <regex>

#include "jixiao/scoring/v1/scorecard.pb.h"

namespace jixiao::testing {
namespace {

using google::protobuf::Message;
using google::protobuf::util::MessageDifferencer;
using FieldPath = std::vector<MessageDifferencer::SpecificField>;

std::string PathOf(const FieldPath& fields) {
  std::string path;
  for (const auto& field : fields) path += (path.empty() ? "" : ".") + field.field->name();
  return path;
}

// Findings come and go whole, so they are named by what they are about.
std::string PathOfElement(const Message& parent, const FieldPath& fields, int index) {
  const google::protobuf::FieldDescriptor* field = fields.back().field;
  if (!field->is_repeated() || field->message_type() != scoring::v1::Finding::descriptor()) return PathOf(fields);
  const Message& element = parent.GetReflection()->GetRepeatedMessage(parent, field, index);
  return fmt::format("{}({})", PathOf(fields), dynamic_cast<const scoring::v1::Finding&>(element).rule_id());
}

std::string WithIndices(const FieldPath& fields) {
  std::string path;
  for (const auto& field : fields) {
    path += (path.empty() ? "" : ".") + field.field->name();
    if (field.field->is_repeated()) path += fmt::format("[{}]", field.index >= 0 ? field.index : field.new_index);
  }
  return path;
}

bool Covers(std::string_view listed, std::string_view path) {
  const bool is_anywhere = listed.starts_with("*.");
  const bool holds_below = listed.ends_with(".*");
  if (is_anywhere) listed.remove_prefix(2);
  if (holds_below) listed.remove_suffix(2);
  const std::string framed = fmt::format(".{}.", path);
  const size_t at = framed.find(fmt::format(".{}.", listed));
  if (at == std::string::npos || (!is_anywhere && at != 0)) return false;
  return holds_below || at + listed.size() + 2 == framed.size();
}

std::string WithoutPlaces(const std::string& text) {
  static const std::regex kPlace("（第[0-9]+张表第[0-9]+行）|（正文第[0-9]+段）|（表[0-9]+ · [A-Z]+[0-9]+）");
  return std::regex_replace(text, kPlace, "");
}

// The field's value in its own message, for people.
std::string Printed(const Message& parent, const MessageDifferencer::SpecificField& field, int index) {
  const google::protobuf::Reflection& reflection = *parent.GetReflection();
  if (!field.field->is_repeated() && !reflection.HasField(parent, field.field)) return "nothing";
  google::protobuf::TextFormat::Printer printer;
  printer.SetUseUtf8StringEscaping(true);
  printer.SetSingleLineMode(true);
  std::string text;
  printer.PrintFieldValueToString(parent, field.field, field.field->is_repeated() ? index : -1, &text);
  return text;
}

class Collector final : public MessageDifferencer::Reporter {
 public:
  Collector(const std::vector<ListedDifference>& list, std::set<std::string>& met) : list_(list), met_(met) {}

  void ReportAdded(const Message&, const Message& other, const FieldPath& path) override {
    const int index = path.back().new_index;
    Note(PathOfElement(other, path, index), path, "nothing", Printed(other, path.back(), index));
  }
  void ReportDeleted(const Message& one, const Message&, const FieldPath& path) override {
    const int index = path.back().index;
    Note(PathOfElement(one, path, index), path, Printed(one, path.back(), index), "nothing");
  }
  void ReportModified(const Message& one, const Message& other, const FieldPath& path) override {
    // The fields below it were told already.
    if (path.back().field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) return;
    Note(PathOf(path), path, Printed(one, path.back(), path.back().index),
         Printed(other, path.back(), path.back().new_index));
  }

  std::vector<std::string> Take() { return std::move(unlisted_); }

 private:
  void Note(const std::string& path, const FieldPath& fields, const std::string& one, const std::string& other) {
    const bool has_places_only = WithoutPlaces(other) == one;
    for (const ListedDifference& listed : list_) {
      if (!Covers(listed.path, path) || (listed.only_places && !has_places_only)) continue;
      met_.insert(listed.path);
      return;
    }
    unlisted_.push_back(fmt::format("{}: {} became {}", WithIndices(fields), one, other));
  }

  const std::vector<ListedDifference>& list_;
  std::set<std::string>& met_;
  std::vector<std::string> unlisted_;
};

}  // namespace

std::vector<std::string> UnlistedDifferences(const Message& one, const Message& other,
                                             const std::vector<ListedDifference>& list, std::set<std::string>& met) {
  Collector collector(list, met);
  MessageDifferencer differencer;
  const google::protobuf::Descriptor& card = *scoring::v1::ScoreCard::descriptor();
  differencer.TreatAsMap(card.FindFieldByName("findings"), scoring::v1::Finding::descriptor()->FindFieldByName("id"));
  differencer.ReportDifferencesTo(&collector);
  differencer.Compare(one, other);
  return collector.Take();
}

}  // namespace jixiao::testing
