// Masks personal data in everything that is about to become public. Contacts
// never get here; this is the second layer, over all text that may be published.
#ifndef JIXIAO_PUBLISH_CORE_REDACT_H_
#define JIXIAO_PUBLISH_CORE_REDACT_H_

#include <string>
#include <string_view>
#include <vector>

#include "common/domain/personal_data.h"
#include "google/protobuf/message.h"
#include "jixiao/publish/v1/disclosure.pb.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::publish {

// Walks messages by reflection, so that a field added tomorrow is scanned too.
class Redactor {
 public:
  // `contacts` are the people named in the report: their names and numbers are
  // masked wherever they occur, with or without a label.
  explicit Redactor(const google::protobuf::RepeatedPtrField<report::v1::Contact>& contacts);

  // Masks in place. `path` is the field path of `message`, for example
  // `content`. Figures that scores rest on (amounts, points, rates) are kept; a
  // masked value loses its parsed number, which would repeat what was masked.
  void Redact(const std::string& path, google::protobuf::Message& message);
  void RedactText(const std::string& path, std::string& text);

  const std::vector<v1::Redaction>& redactions() const { return redactions_; }

  // Places, in a clerk's words, that stop publication until a person decides.
  const std::vector<std::string>& blocking_places() const { return blocking_places_; }

 private:
  struct KnownPerson {
    std::u32string text;  // as in a ScanCopy
    bool is_number;
  };

  std::vector<PersonalData> Find(std::string_view text) const;
  std::vector<PersonalData> FindKnown(std::string_view text) const;
  bool Mask(const std::string& path, std::string& text);
  void RedactString(const std::string& path, const google::protobuf::FieldDescriptor& field, int index,
                    google::protobuf::Message& message);
  void RedactValue(const std::string& path, report::v1::Value& value);
  void RedactLabelled(const std::string& path, report::v1::LabelledValue& labelled);
  void Note(const std::string& path, const PersonalData& find);

  std::vector<KnownPerson> known_;
  std::string place_;  // where the walk is, in a clerk's words
  std::vector<v1::Redaction> redactions_;
  std::vector<std::string> blocking_places_;
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_CORE_REDACT_H_
