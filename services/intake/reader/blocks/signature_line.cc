#include "intake/reader/blocks/signature_line.h"

#include <optional>
#include <string>
#include <vector>

#include "common/base/text.h"
#include "intake/reader/blocks/unread.h"

namespace jixiao::intake {
namespace {

using report::v1::Address;
using report::v1::ContactRole;
using report::v1::Report;
using report::v1::SignatureBlock;

struct Mark {
  SignatureField field;
  size_t start;  // of the label
  size_t value;  // behind the colon
};

size_t SkipBlanks(std::string_view text, size_t position) {
  while (position < text.size() && IsBlank(FrontCodePoint(text.substr(position)))) {
    position += Utf8SequenceLength(text.substr(position));
  }
  return position;
}

// Position behind `label`, blanks between its characters allowed; 0 if it does
// not stand at `position`.
size_t MatchLabel(std::string_view text, size_t position, std::string_view label) {
  while (!label.empty()) {
    const size_t length = Utf8SequenceLength(label);
    position = SkipBlanks(text, position);
    if (text.substr(position, length) != label.substr(0, length)) return 0;
    position += length;
    label.remove_prefix(length);
  }
  return position;
}

// Position behind the colon after a label, over `（签字）` and the like; 0 if
// there is none.
size_t BehindColon(std::string_view text, size_t position) {
  position = SkipBlanks(text, position);
  for (const std::string_view open : {"（", "("}) {
    if (!text.substr(position).starts_with(open)) continue;
    for (const std::string_view close : {"）", ")"}) {
      const size_t end = text.substr(0, position + 30).find(close, position);
      if (end == std::string_view::npos) continue;
      position = SkipBlanks(text, end + close.size());
      break;
    }
  }
  for (const std::string_view colon : {"：", ":"}) {
    if (text.substr(position).starts_with(colon)) return position + colon.size();
  }
  return 0;
}

std::optional<Mark> MarkAt(std::string_view text, size_t position, const FormLabels& labels) {
  // Cheap refusals first: most positions start no label.
  if (!labels.MayStartSignature(text.substr(position))) return std::nullopt;
  for (const auto& [word, field] : labels.signature_words()) {
    if (!text.substr(position).starts_with(word.substr(0, Utf8SequenceLength(word)))) continue;
    const size_t end = MatchLabel(text, position, word);
    const size_t value = end == 0 ? 0 : BehindColon(text, end);
    if (value > 0) return Mark{field, position, value};
  }
  return std::nullopt;
}

std::vector<Mark> FindMarks(std::string_view text, const FormLabels& labels) {
  std::vector<Mark> marks;
  for (size_t position = 0; position < text.size();) {
    if (const auto mark = MarkAt(text, position, labels)) {
      marks.push_back(*mark);
      position = mark->value;
    } else {
      position += Utf8SequenceLength(text.substr(position)) == 0 ? 1 : Utf8SequenceLength(text.substr(position));
    }
  }
  return marks;
}

void AddContact(ContactRole role, std::string_view text, const Address& address, Report& report) {
  constexpr int64_t kLongest = 200;
  if (CodePointCount(text) > kLongest) {
    return AddUnread(text, "签字栏内容过长", address.source_line(), *report.mutable_provenance());
  }
  report::v1::Contact& contact = *report.add_contacts();
  contact.set_role(role);
  contact.set_text(std::string(text));
  *contact.mutable_address() = address;
}

// Where a telephone number starts in `林某 2828****`; npos if nowhere.
size_t TelephoneStart(std::string_view text) {
  const size_t start = text.find_first_of("+0123456789");
  return start;
}

bool IsFilledDate(std::string_view text) { return text.find_first_of("0123456789") != std::string_view::npos; }

void ReadField(SignatureField field, std::string_view text, const Address& address, SignatureBlock& block,
               Report& report) {
  if (text.empty()) return;
  switch (field) {
    case forms::v1::SIGNATURE_FIELD_PREPARER:
      block.set_has_preparer(true);
      return AddContact(report::v1::CONTACT_ROLE_PREPARER, text, address, report);
    case forms::v1::SIGNATURE_FIELD_PREPARER_AND_TELEPHONE: {
      const size_t start = TelephoneStart(text);
      ReadField(forms::v1::SIGNATURE_FIELD_PREPARER, Trim(text.substr(0, start)), address, block, report);
      if (start != std::string_view::npos)
        ReadField(forms::v1::SIGNATURE_FIELD_TELEPHONE, text.substr(start), address, block, report);
      return;
    }
    case forms::v1::SIGNATURE_FIELD_TELEPHONE:
      block.set_has_telephone(true);
      return AddContact(report::v1::CONTACT_ROLE_TELEPHONE, text, address, report);
    case forms::v1::SIGNATURE_FIELD_HEAD:
      block.set_has_signature(true);
      return AddContact(report::v1::CONTACT_ROLE_HEAD, text, address, report);
    case forms::v1::SIGNATURE_FIELD_PERSON: return AddContact(report::v1::CONTACT_ROLE_OTHER, text, address, report);
    case forms::v1::SIGNATURE_FIELD_DATE:
      block.set_has_date(IsFilledDate(text));
      return AddUnread(text, "填报日期只登记是否填写", address.source_line(), *report.mutable_provenance());
    case forms::v1::SIGNATURE_FIELD_UNIT:
      return AddUnread(text, "签字栏中的单位名称，不单独登记", address.source_line(), *report.mutable_provenance());
    case forms::v1::SIGNATURE_FIELD_UNSPECIFIED: break;
  }
}

}  // namespace

bool IsSignatureLine(std::string_view text, const FormLabels& labels) {
  // Most lines have no colon, and searching for one is much cheaper than for labels.
  if (text.find(':') == std::string_view::npos && text.find("：") == std::string_view::npos) return false;
  // A label with colon opens the line, or two of them stand in a short one.
  constexpr size_t kLongestLine = 600;
  text = Trim(text);
  if (text.empty()) return false;
  const auto first = MarkAt(text, 0, labels);
  if (first && first->field != forms::v1::SIGNATURE_FIELD_UNIT) return true;
  if (text.size() > kLongestLine) return false;
  size_t personal = 0;
  for (const Mark& mark : FindMarks(text, labels)) personal += mark.field != forms::v1::SIGNATURE_FIELD_UNIT;
  return personal >= 2 || (first && personal > 0);
}

void ReadSignatureLine(std::string_view text, const Address& address, const FormLabels& labels, Report& report) {
  text = Trim(text);
  const std::vector<Mark> marks = FindMarks(text, labels);
  if (marks.empty()) return;
  SignatureBlock& block = *report.mutable_content()->add_signature_blocks();
  *block.mutable_address() = address;
  block.set_has_preparer(false);
  block.set_has_date(false);
  block.set_has_telephone(false);
  block.set_has_signature(false);
  AddUnread(Trim(text.substr(0, marks.front().start)), "签字栏前的文字", address.source_line(),
            *report.mutable_provenance());
  for (size_t i = 0; i < marks.size(); ++i) {
    const size_t end = i + 1 < marks.size() ? marks[i + 1].start : text.size();
    ReadField(marks[i].field, Trim(text.substr(marks[i].value, end - marks[i].value)), address, block, report);
  }
}

}  // namespace jixiao::intake
