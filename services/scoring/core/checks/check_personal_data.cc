// Personal data in a report that is to be published. What is found is masked in
// the finding itself.
#include <fmt/format.h>

#include "common/base/text.h"
#include "common/domain/personal_data.h"
#include "scoring/core/checks/checks.h"

namespace jixiao::scoring {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using report::v1::Address;

std::string_view NameOf(PersonalDataKind kind) {
  switch (kind) {
    case PersonalDataKind::kName: return "姓名";
    case PersonalDataKind::kTelephone: return "电话号码";
    case PersonalDataKind::kIdentityNumber: return "身份证件号码";
    case PersonalDataKind::kBankCard: return "银行卡号";
    case PersonalDataKind::kPassport: return "证件号码";
    case PersonalDataKind::kEmail: return "电子邮箱";
    case PersonalDataKind::kAccount: return "社交账号";
  }
  return "";
}

std::string_view NameOf(report::v1::ContactRole role) {
  switch (role) {
    case report::v1::CONTACT_ROLE_PREPARER: return "填表人姓名";
    case report::v1::CONTACT_ROLE_TELEPHONE: return "联系电话";
    case report::v1::CONTACT_ROLE_HEAD: return "单位负责人姓名";
    default: return "联系信息";
  }
}

void CheckText(const std::string& text, const Address& address, Findings& findings) {
  for (const PersonalData& find : FindPersonalData(text)) {
    Address place = address;
    place.set_start_char(static_cast<int32_t>(find.start_char));
    place.set_char_count(static_cast<int32_t>(find.char_count));
    const std::u32string chars = ToCodePoints(text);
    const std::string found = ToUtf8(
        std::u32string_view(chars).substr(static_cast<size_t>(find.start_char), static_cast<size_t>(find.char_count)));
    findings.Add({.rule_id = "PII",
                  .places = {place},
                  .value = fmt::format("{} {}", NameOf(find.kind), MaskWhole(found)),
                  .expected = "公开的报告不出现个人信息",
                  .difference = ""});
  }
}

// Every cell of a table has an address of its own; reflection reaches all of
// them, also those of fields added later.
void CheckValues(const Message& message, Findings& findings) {
  if (message.GetDescriptor() == report::v1::Value::descriptor()) {
    const auto& value = static_cast<const report::v1::Value&>(message);
    // Figures fill most cells; nothing personal fits into a few characters.
    if (value.as_written().size() >= 8) CheckText(value.as_written(), value.address(), findings);
    return;
  }
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      CheckValues(reflection->GetMessage(message, field), findings);
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      CheckValues(reflection->GetRepeatedMessage(message, field, i), findings);
    }
  }
}

}  // namespace

void CheckPersonalData(const ReportView& view, Findings& findings) {
  if (!findings.Checks("PII")) return;
  for (const report::v1::Contact& contact : view.report.contacts()) {
    Address place = contact.address();
    if (!place.has_label()) place.set_label("报告所附联系信息");
    findings.Add({.rule_id = "PII",
                  .places = {place},
                  .value = fmt::format("{} {}", NameOf(contact.role()), MaskWhole(contact.text())),
                  .expected = "公开的报告不出现个人信息",
                  .difference = ""});
  }
  const auto& content = view.content();
  for (int s = 0; s < content.sections_size(); ++s) {
    const auto& section = content.sections(s);
    for (int p = 0; p < section.paragraphs_size(); ++p) {
      CheckText(section.paragraphs(p).text(), ParagraphAddress(section, s, p), findings);
    }
  }
  CheckValues(content, findings);
}

}  // namespace jixiao::scoring
