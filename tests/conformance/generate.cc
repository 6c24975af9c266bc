#include "conformance/generate.h"

#include <fmt/format.h>

#include <algorithm>

#include "conformance/narrative.h"
#include "conformance/write_tables.h"

namespace jixiao::conformance {
namespace {

using scoring::v1::RuleSet;

bool Requires(const RuleSet& rule_set, scoring::v1::Annex annex) {
  return std::any_of(rule_set.required_annexes().begin(), rule_set.required_annexes().end(),
                     [&](const auto& required) { return required.annex() == annex; });
}

// The form that scores 投入管理 is the one with tasks and parts of the funds as
// rows of their own.
bool HasTasks(const RuleSet& rule_set) {
  return std::any_of(rule_set.levels().begin(), rule_set.levels().end(),
                     [](const auto& level) { return level.level1() == "投入管理"; });
}

// The layout that `rule_set` is for: one it names, else its own id without the
// year.
std::string FormOf(const RuleSet& rule_set) {
  if (rule_set.applies_to().forms_size() > 0) return rule_set.applies_to().forms(0);
  const std::string id = rule_set.name().substr(rule_set.name().rfind('/') + 1);
  return id.substr(0, id.rfind('-'));
}

// Seats whose reports `rule_set` is picked for; another may be more specific.
std::vector<Seat> SeatsFor(const scoring::LoadedRuleSet& loaded, report::v1::ReportKind kind,
                           const scoring::RuleSets& rule_sets) {
  std::vector<Seat> seats;
  for (Seat& seat : SeatsOf(loaded)) {
    report::v1::ReportContent content;
    content.mutable_unit()->set_division_code(seat.code);
    content.set_fiscal_year(loaded.rule_set.applies_to().last_fiscal_year());
    content.set_kind(kind);
    content.set_form(FormOf(loaded.rule_set));
    const auto picked = rule_sets.FindFor(content);
    if (picked.ok() && *picked == &loaded) seats.push_back(std::move(seat));
  }
  return seats;
}

void WriteHead(const Profile& profile, const Book& book, Draft& draft) {
  auto& content = draft.content();
  content.mutable_unit()->set_name(book.unit_name);
  content.mutable_unit()->set_division_code(book.division_code);
  content.mutable_unit()->set_code(fmt::format("KIT{:03}", book.authorised_staff));
  content.set_fiscal_year(book.year);
  content.set_kind(profile.kind);
  content.set_form(FormOf(profile.rule_set->rule_set));
}

void WriteSignature(report::v1::Part part, int index, const std::string& label, Draft& draft) {
  auto& block = *draft.content().add_signature_blocks();
  block.mutable_address()->set_label(label + " · 签字栏");
  block.mutable_address()->set_part(part);
  if (part == report::v1::PART_EVALUATION_TABLE) block.mutable_address()->set_part_index(index);
  block.set_has_preparer(true);
  block.set_has_date(true);
  block.set_has_telephone(true);
  block.set_has_signature(true);
}

void WriteDepartment(const Profile& profile, const Book& book, const Style& style, Random& random, Draft& draft) {
  const RuleSet& rule_set = profile.rule_set->rule_set;
  auto& content = draft.content();
  content.set_title(fmt::format("{}年度{}整体支出绩效自评报告", book.year, book.unit_name));
  const bool has_base = Requires(rule_set, scoring::v1::ANNEX_BASE_DATA_TABLE);
  WriteNarrative(book, style, rule_set, has_base, random, draft);
  if (has_base) {
    WriteBaseDataTable(book, style, draft);
    WriteSignature(report::v1::PART_BASE_DATA_TABLE, 0, content.base_data_table().title(), draft);
  }
  if (HasTasks(rule_set)) {
    WriteTaskTable(book, style, draft);
  } else {
    WriteDepartmentTable(book, style, draft);
  }
  if (Requires(rule_set, scoring::v1::ANNEX_PROJECT_TABLES)) {
    for (const ProjectBook& project : book.projects) WriteProjectTable(book, project, style, draft);
  }
  if (Requires(rule_set, scoring::v1::ANNEX_WORK_ASSESSMENT_SHEET)) WriteWorkSheet(random, draft);
  for (int i = 0; i < content.evaluation_tables_size(); ++i) {
    WriteSignature(report::v1::PART_EVALUATION_TABLE, i, content.evaluation_tables(i).title(), draft);
  }
}

void WriteProject(const Book& book, const Style& style, Draft& draft) {
  auto& content = draft.content();
  const ProjectBook& project = book.projects.front();
  content.set_project_name(project.name);
  content.set_title(fmt::format("{}年度{}项目支出绩效自评表", book.year, project.name));
  WriteProjectTable(book, project, style, draft);
  WriteSignature(report::v1::PART_EVALUATION_TABLE, 0, content.evaluation_tables(0).title(), draft);
}

}  // namespace

std::vector<Profile> ProfilesOf(const scoring::RuleSets& rule_sets) {
  std::vector<Profile> profiles;
  for (const scoring::LoadedRuleSet& loaded : rule_sets.all()) {
    for (const int kind : loaded.rule_set.applies_to().kinds()) {
      const auto report_kind = static_cast<report::v1::ReportKind>(kind);
      std::vector<Seat> seats = SeatsFor(loaded, report_kind, rule_sets);
      // A rule set that is never picked can still be asked by name.
      if (seats.empty()) seats = SeatsOf(loaded);
      profiles.push_back({&loaded, report_kind, std::move(seats)});
    }
  }
  return profiles;
}

Generated Generate(const Profile& profile, uint64_t seed) {
  Random random(seed);
  Generated made;
  made.book = DrawBook(profile.rule_set->rule_set, profile.seats, random);
  Style style;
  style.decimals = random.Chance(30) ? 2 : 0;
  style.writes_zeros = random.Chance(60);
  WriteHead(profile, made.book, made.draft);
  if (profile.kind == report::v1::REPORT_KIND_PROJECT) {
    WriteProject(made.book, style, made.draft);
  } else {
    WriteDepartment(profile, made.book, style, random, made.draft);
  }
  return made;
}

}  // namespace jixiao::conformance
