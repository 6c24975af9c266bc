// Personal data in a report that is to be published. What is found is masked in
// the finding itself.
#include <fmt/format.h>

#include "common/base/text.h"
#include "common/domain/personal_data.h"
#include "scoring/core/checks/checks.h"

namespace jixiao::scoring {
namespace {

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

void CheckPassage(const Passage& passage, Findings& findings) {
  const std::vector<PersonalData> finds = FindPersonalData(passage.text);
  if (finds.empty()) return;
  const Address address = passage.cell == nullptr ? PlaceOf(passage) : passage.cell->address();
  const std::u32string chars = ToCodePoints(passage.text);
  for (const PersonalData& find : finds) {
    Address place = address;
    place.set_start_char(static_cast<int32_t>(find.start_char));
    place.set_char_count(static_cast<int32_t>(find.char_count));
    const std::string found = ToUtf8(
        std::u32string_view(chars).substr(static_cast<size_t>(find.start_char), static_cast<size_t>(find.char_count)));
    findings.Add({.rule_id = "PII",
                  .places = {place},
                  .value = fmt::format("{} {}", NameOf(find.kind), MaskWhole(found)),
                  .expected = "公开的报告不出现个人信息"});
  }
}

std::string_view NameOf(report::v1::FileProperty property) {
  switch (property) {
    case report::v1::FILE_PROPERTY_AUTHOR: return "“作者”";
    case report::v1::FILE_PROPERTY_LAST_MODIFIED_BY: return "“上次修改者”";
    case report::v1::FILE_PROPERTY_COMPANY: return "“单位”";
    case report::v1::FILE_PROPERTY_MANAGER: return "“经理”";
    default: return "";
  }
}

void CheckFileProperties(const report::v1::Provenance& provenance, Findings& findings) {
  std::string named;
  for (const report::v1::NamingProperty& naming : provenance.naming_properties()) named += NameOf(naming.property());
  if (named.empty()) return;
  findings.Add({.rule_id = "PII_METADATA",
                .places = {DocumentPlace("文件属性")},
                .value = fmt::format("{}写有人名或其他单位的名称", named),
                .expected = "公开、转发的文件不带这些属性"});
}

}  // namespace

void CheckPersonalData(const ReportView& view, Findings& findings) {
  CheckFileProperties(view.report.provenance(), findings);
  if (!findings.Checks("PII")) return;
  for (const report::v1::Contact& contact : view.report.contacts()) {
    Address place = contact.address();
    if (!place.has_label()) place.set_label("报告所附联系信息");
    findings.Add({.rule_id = "PII",
                  .places = {place},
                  .value = fmt::format("{} {}", NameOf(contact.role()), MaskWhole(contact.text())),
                  .expected = "公开的报告不出现个人信息"});
  }
  for (const Passage& passage : view.passages) CheckPassage(passage, findings);
}

}  // namespace jixiao::scoring
