// Mistakes of the document as a whole: missing parts, personal data, copied
// text, wrong names and years.
#include <fmt/format.h>

#include <array>

#include "common/base/text.h"
#include "conformance/plant.h"

namespace jixiao::conformance {
namespace {

using report::v1::Address;

Address Whole(report::v1::Part part, int index = -1) {
  Address address;
  address.set_label("报告");
  address.set_part(part);
  if (index >= 0) address.set_part_index(index);
  return address;
}

Address ParagraphPlace(int section, int paragraph) {
  Address address = Whole(report::v1::PART_SECTION, section);
  address.set_row_index(paragraph);
  return address;
}

bool SectionMissing(Planting& planting) {
  auto& sections = *planting.content().mutable_sections();
  if (sections.size() < 3) return false;
  // The sections with figures stay: without them other mistakes could hide.
  const int index = static_cast<int>(planting.random().Between(1, sections.size() - 1));
  const bool has_figures =
      !planting.Figures([&](const Figure& f) { return f.cell == nullptr && f.section == index; }).empty();
  if (has_figures) return false;
  for (Figure& figure : planting.draft().figures()) {
    if (figure.cell == nullptr && figure.section > index) --figure.section;
  }
  sections.DeleteSubrange(index, 1);
  planting.Place(Whole(report::v1::PART_DOCUMENT));
  return planting.Expect({"MISSING_PART"});
}

bool AnnexMissing(Planting& planting) {
  auto& content = planting.content();
  if (content.has_work_assessment_sheet()) {
    content.clear_work_assessment_sheet();
  } else {
    return false;
  }
  planting.Place(Whole(report::v1::PART_DOCUMENT));
  return planting.Expect({"MISSING_ANNEX"});
}

bool ProjectTableMissing(Planting& planting) {
  auto& tables = *planting.content().mutable_evaluation_tables();
  if (tables.size() < 2) return false;
  tables.RemoveLast();
  std::erase_if(planting.draft().figures(), [&](const Figure& f) { return f.table >= tables.size(); });
  planting.Place(Whole(report::v1::PART_DOCUMENT));
  return planting.Expect({"MISSING_ANNEX"});
}

bool PersonalData(Planting& planting) {
  // Invented numbers: the prefix is not given to anybody.
  static constexpr std::array<const char*, 3> kTexts = {"如有疑问请与经办人联系，手机：13800001{:03}。",
                                                        "填表人：周若溪，联系电话：1390000{:04}。",
                                                        "项目负责人手机号码1370000{:04}。"};
  auto& sections = *planting.content().mutable_sections();
  if (sections.empty()) {
    auto& contact = *planting.draft().report().add_contacts();
    contact.set_role(report::v1::CONTACT_ROLE_TELEPHONE);
    contact.set_text("13800001234");
    *contact.mutable_address() = Whole(report::v1::PART_DOCUMENT);
    planting.Place(contact.address());
    return planting.Expect({"PII"});
  }
  const int section = sections.size() - 1;
  auto& paragraph = *sections[section].add_paragraphs();
  const int64_t number = planting.random().Between(100, 999);
  paragraph.set_text(fmt::format(fmt::runtime(planting.random().Pick(kTexts)), number));
  planting.Place(ParagraphPlace(section, sections[section].paragraphs_size() - 1));
  return planting.Expect({"PII"});
}

bool GoalsCopied(Planting& planting) {
  const int index = static_cast<int>(planting.random().Below(planting.content().evaluation_tables_size()));
  auto& table = *planting.content().mutable_evaluation_tables(index);
  planting.Place(table.expected_goals().address());
  planting.ChangeCell(*table.mutable_actual_goals(), table.expected_goals().as_written());
  return planting.Expect({"GOAL_COPY"});
}

// One character of the name replaced by one that looks or sounds alike.
bool UnitNameOff(Planting& planting) {
  static constexpr std::array<std::array<const char*, 2>, 8> kAlike = {
      {{"农", "浓"}, {"业", "叶"}, {"局", "居"}, {"街", "衔"}, {"办", "力"}, {"中", "申"}, {"化", "花"}, {"人", "入"}}};
  const int index = static_cast<int>(planting.random().Below(planting.content().evaluation_tables_size()));
  auto& name = *planting.content().mutable_evaluation_tables(index)->mutable_unit_name();
  // 水利局 and 水务局 are two units: so short a name does not tell.
  if (CodePointCount(planting.book().domain->bureau) <= 3) return false;
  for (const auto& alike : kAlike) {
    const size_t at = name.as_written().rfind(alike[0]);
    if (at == std::string::npos) continue;
    std::string other = name.as_written();
    other.replace(at, std::string_view(alike[0]).size(), alike[1]);
    planting.ChangeCell(name, other);
    planting.Place(Whole(report::v1::PART_DOCUMENT));
    return planting.Expect({"UNIT_NAME", "UNIT_NAME_OFF"});
  }
  return false;
}

bool WrongYear(Planting& planting) {
  const int index = static_cast<int>(planting.random().Below(planting.content().evaluation_tables_size()));
  auto& table = *planting.content().mutable_evaluation_tables(index);
  const std::string year = fmt::format("{}年度", planting.book().year);
  if (table.title().find(year) == std::string::npos) return false;
  table.set_title(ReplaceAll(table.title(), year, fmt::format("{}年度", planting.book().year - 1)));
  planting.Place(Whole(report::v1::PART_EVALUATION_TABLE, index));
  planting.Place(Whole(report::v1::PART_DOCUMENT));
  return planting.Expect({"WRONG_YEAR", "YEAR_MISMATCH"});
}

bool TemplateResidue(Planting& planting) {
  static constexpr std::array<const char*, 4> kResidues = {"（请填写本单位职能，不超过500字）", "××单位（盖章）",
                                                           "（填写说明：按实际情况填列）", "（此页为封面）"};
  auto& sections = *planting.content().mutable_sections();
  if (sections.size() < 2) return false;
  const int section = static_cast<int>(planting.random().Between(1, sections.size() - 1));
  sections[section].add_paragraphs()->set_text(planting.random().Pick(kResidues));
  planting.Place(ParagraphPlace(section, sections[section].paragraphs_size() - 1));
  return planting.Expect({"TEMPLATE_RESIDUE", "TEMPLATE_REUSE"});
}

// The budget doubled during the year.
bool BudgetChanged(Planting& planting) {
  const int figure = planting.draft().CellOf("table.funds.total.initial", 0);
  if (figure < 0) return false;
  const auto& number = planting.draft().at(figure).number;
  planting.draft().Set(figure, fmt::format("{}.5", number / 1'800'000 + 1));
  planting.Place(planting.draft().AddressOf(figure));
  return planting.Expect({"BUDGET_ADJ"});
}

}  // namespace

std::vector<Kind> DocumentKinds() {
  return {
      {"SECTION_MISSING", "缺少一个部分", SectionMissing, {"MISSING_PART"}, true, false},
      {"ANNEX_MISSING", "缺少附件", AnnexMissing, {"MISSING_ANNEX"}, true, false},
      {"PROJECT_TABLE_MISSING", "缺少项目自评表", ProjectTableMissing, {"MISSING_ANNEX"}, true, false},
      {"PERSONAL_DATA", "留有个人信息", PersonalData, {"PII"}, false, true},
      {"GOALS_COPIED", "完成情况照抄目标", GoalsCopied, {"GOAL_COPY"}, false, true},
      {"UNIT_NAME_OFF", "单位名称错一字", UnitNameOff, {"UNIT_NAME"}, false, true},
      {"WRONG_YEAR", "年度写错", WrongYear, {"WRONG_YEAR", "YEAR_MISMATCH"}, false, true},
      {"TEMPLATE_RESIDUE", "留有模板提示", TemplateResidue, {"TEMPLATE_REUSE"}, true, true},
      {"BUDGET_CHANGED", "年中调整幅度大", BudgetChanged, {"BUDGET_ADJ"}, false, false},
  };
}

}  // namespace jixiao::conformance
