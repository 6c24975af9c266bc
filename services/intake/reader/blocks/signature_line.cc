#include "intake/reader/blocks/signature_line.h"

#include <array>
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

enum class Field { kPreparer, kPreparerAndTelephone, kDate, kTelephone, kHead, kPerson, kUnit };

struct FieldLabel {
  std::string_view text;
  Field field;
};

// Longer labels before those they start with.
constexpr std::array<FieldLabel, 30> kLabels = {{
    {"填表人及联系方式", Field::kPreparerAndTelephone},
    {"填报人及联系方式", Field::kPreparerAndTelephone},
    {"填表人及联系电话", Field::kPreparerAndTelephone},
    {"填报人及联系电话", Field::kPreparerAndTelephone},
    {"联系人及电话", Field::kPreparerAndTelephone},
    {"填表人", Field::kPreparer},
    {"填报人", Field::kPreparer},
    {"制表人", Field::kPreparer},
    {"经办人", Field::kPreparer},
    {"填报日期", Field::kDate},
    {"填表日期", Field::kDate},
    {"填报时间", Field::kDate},
    {"填表时间", Field::kDate},
    {"联系电话", Field::kTelephone},
    {"联系方式", Field::kTelephone},
    {"手机号码", Field::kTelephone},
    {"电话", Field::kTelephone},
    {"手机", Field::kTelephone},
    {"单位负责人签字", Field::kHead},
    {"单位负责人", Field::kHead},
    {"部门负责人", Field::kHead},
    {"部门（单位）负责人", Field::kHead},
    {"主要负责人", Field::kHead},
    {"项目负责人", Field::kHead},
    {"财务负责人", Field::kHead},
    {"分管领导", Field::kHead},
    {"负责人", Field::kHead},
    {"联系人", Field::kPerson},
    {"审核人", Field::kPerson},
    {"填报单位", Field::kUnit},
}};

struct Mark {
  Field field;
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

// True if some label starts with the character at `position`.
bool MayStartLabel(std::string_view text, size_t position) {
  static constexpr std::string_view kFirst = "填制经联手电单部主项财分负审";
  const std::string_view character = text.substr(position, 3);
  for (size_t i = 0; i < kFirst.size(); i += 3) {
    if (kFirst.substr(i, 3) == character) return true;
  }
  return false;
}

std::optional<Mark> MarkAt(std::string_view text, size_t position) {
  if (!MayStartLabel(text, position)) return std::nullopt;
  for (const FieldLabel& label : kLabels) {
    // Cheap refusal first: most positions start no label.
    if (!text.substr(position).starts_with(label.text.substr(0, Utf8SequenceLength(label.text)))) continue;
    const size_t end = MatchLabel(text, position, label.text);
    const size_t value = end == 0 ? 0 : BehindColon(text, end);
    if (value > 0) return Mark{label.field, position, value};
  }
  return std::nullopt;
}

// Most lines name nobody; these searches are much cheaper than looking for every
// label at every character.
bool MayHaveMarks(std::string_view text) {
  if (text.find(':') == std::string_view::npos && text.find("：") == std::string_view::npos) return false;
  for (const std::string_view part : {"填", "电话", "联系", "负责人", "经办", "手机", "审核人", "制表", "分管领导"}) {
    if (text.find(part) != std::string_view::npos) return true;
  }
  return false;
}

std::vector<Mark> FindMarks(std::string_view text) {
  std::vector<Mark> marks;
  for (size_t position = 0; position < text.size();) {
    if (const auto mark = MarkAt(text, position)) {
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

void ReadField(Field field, std::string_view text, const Address& address, SignatureBlock& block, Report& report) {
  if (text.empty()) return;
  switch (field) {
    case Field::kPreparer:
      block.set_has_preparer(true);
      return AddContact(report::v1::CONTACT_ROLE_PREPARER, text, address, report);
    case Field::kPreparerAndTelephone: {
      const size_t start = TelephoneStart(text);
      ReadField(Field::kPreparer, Trim(text.substr(0, start)), address, block, report);
      if (start != std::string_view::npos) ReadField(Field::kTelephone, text.substr(start), address, block, report);
      return;
    }
    case Field::kTelephone:
      block.set_has_telephone(true);
      return AddContact(report::v1::CONTACT_ROLE_TELEPHONE, text, address, report);
    case Field::kHead:
      block.set_has_signature(true);
      return AddContact(report::v1::CONTACT_ROLE_HEAD, text, address, report);
    case Field::kPerson: return AddContact(report::v1::CONTACT_ROLE_OTHER, text, address, report);
    case Field::kDate:
      block.set_has_date(IsFilledDate(text));
      return AddUnread(text, "填报日期只登记是否填写", address.source_line(), *report.mutable_provenance());
    case Field::kUnit:
      return AddUnread(text, "签字栏中的单位名称，不单独登记", address.source_line(), *report.mutable_provenance());
  }
}

}  // namespace

bool IsSignatureLine(std::string_view text) {
  if (!MayHaveMarks(text)) return false;
  // A label with colon opens the line, or two of them stand in a short one.
  constexpr size_t kLongestLine = 600;
  text = Trim(text);
  if (text.empty()) return false;
  const auto first = MarkAt(text, 0);
  if (first && first->field != Field::kUnit) return true;
  if (text.size() > kLongestLine) return false;
  size_t personal = 0;
  for (const Mark& mark : FindMarks(text)) personal += mark.field != Field::kUnit;
  return personal >= 2 || (first && personal > 0);
}

void ReadSignatureLine(std::string_view text, const Address& address, Report& report) {
  text = Trim(text);
  const std::vector<Mark> marks = FindMarks(text);
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
