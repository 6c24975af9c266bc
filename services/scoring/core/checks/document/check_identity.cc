// Whether this is the right document at all: of this year, of this unit, on the
// form that applies here.
#include <fmt/format.h>

#include <algorithm>

#include "common/base/text.h"
#include "common/base/words.h"
#include "scoring/core/checks/checks.h"

namespace jixiao::scoring {
namespace {

using report::v1::Address;

// A report names other years too; only a clear majority speaks of another one.
constexpr int kFewestYears = 6;

void CheckTableYears(const TextView& text, Findings& findings) {
  const int year = text.view.content().fiscal_year();
  const auto check = [&](const std::string& title, report::v1::Part part, int index) {
    const int stated = OnlyYearIn(title);
    if (stated == 0 || stated == year) return;
    Address address;
    address.set_part(part);
    if (index >= 0) address.set_part_index(index);
    address.set_label(Shorten(title, 60));
    findings.Add({.rule_id = "WRONG_YEAR",
                  .places = {std::move(address)},
                  .value = fmt::format("表题写的是 {} 年度", stated),
                  .expected = fmt::format("{} 年度的表", year)});
  };
  const auto& content = text.view.content();
  check(content.base_data_table().title(), report::v1::PART_BASE_DATA_TABLE, -1);
  for (const TableView& table : text.view.tables) {
    check(table.table.title(), report::v1::PART_EVALUATION_TABLE, table.index);
  }
}

// Last year's report filed again: most years in its text are the year before.
void CheckTextYears(const TextView& text, Findings& findings) {
  const int year = text.view.content().fiscal_year();
  int all = 0;
  int before = 0;
  int now = 0;
  const WordHit* first = nullptr;
  for (const WordHit& hit : text.hits) {
    if (hit.kind != WordKind::kYear || text.PassageOf(hit).cell != nullptr) continue;
    ++all;
    before += hit.index == year - 1;
    now += hit.index == year;
    if (hit.index == year - 1 && first == nullptr) first = &hit;
  }
  if (first == nullptr || all < kFewestYears || before * 10 < all * 6) return;
  findings.Add({.rule_id = "WRONG_YEAR",
                .places = {text.SpanOf(*first)},
                .value = fmt::format("正文提到年份 {} 次，其中 {} 次是 {} 年，{} 年只有 {} 次", all, before, year - 1,
                                     year, now),
                .expected = fmt::format("{} 年度的情况", year)});
}

// Without the place in front, known to the register or not.
std::u32string_view WithoutPlace(std::u32string_view name) {
  constexpr size_t kLongestPlace = 10;
  const size_t last = name.substr(0, kLongestPlace).find_last_of(U"省市区县旗州");
  return last == std::u32string_view::npos ? name : name.substr(last + 1);
}

// True if two names of units can be one unit's: one is a short form of the
// other, or they share most of their characters.
bool MayBeSameUnit(std::string_view first, std::string_view second) {
  const std::u32string a = ToCodePoints(first);
  const std::u32string b = ToCodePoints(second);
  if (a.empty() || b.empty() || IsShortFormOf(a, b) || IsShortFormOf(b, a)) return true;
  std::u32string_view shorter = WithoutPlace(a);
  std::u32string_view longer = WithoutPlace(b);
  if (shorter.size() > longer.size()) std::swap(shorter, longer);
  size_t shared = 0;
  for (const char32_t c : shorter) shared += longer.find(c) != std::u32string_view::npos;
  return shared * 4 >= shorter.size() * 3 || IsShortFormOf(shorter, longer);
}

void CheckUnit(const TextView& text, Findings& findings) {
  const auto differs = [&](std::string_view name) {
    return !MayBeSameUnit(RemoveBlanks(FoldWidth(name)), text.own.official);
  };
  const std::string& filed = text.view.content().unit().name();
  if (differs(filed)) {
    findings.Add({.rule_id = "WRONG_UNIT",
                  .places = {DocumentPlace("报告标题")},
                  .value = fmt::format("报告的单位是“{}”", filed),
                  .expected = fmt::format("登记的单位“{}”", text.own.official)});
    return;
  }
  for (const TableView& table : text.view.tables) {
    // A project may be carried out by a unit below.
    if (table.table.kind() != report::v1::REPORT_KIND_DEPARTMENT) continue;
    const auto& name = table.table.unit_name();
    if (name.as_written().empty() || !differs(name.as_written())) continue;
    findings.Add({.rule_id = "WRONG_UNIT",
                  .places = {table.Place(name, "单位名称")},
                  .value = fmt::format("表中单位是“{}”", Shorten(name.as_written(), 40)),
                  .expected = fmt::format("与报告一致：“{}”", text.own.official)});
  }
}

std::string_view FormTitle(std::string_view form, const v1::Vocabulary& words) {
  for (const v1::FormName& name : words.form_names()) {
    if (name.form() == form) return name.title();
  }
  return form;
}

void CheckForm(const TextView& text, Findings& findings) {
  const auto& content = text.view.content();
  const auto& forms = text.view.rule_set.report_forms();
  if (content.has_form() && !content.form().empty() && !forms.empty() &&
      std::find(forms.begin(), forms.end(), content.form()) == forms.end()) {
    findings.Add({.rule_id = "WRONG_FORM",
                  .places = {DocumentPlace("绩效自评表")},
                  .value = fmt::format("用的是{}", FormTitle(content.form(), text.words)),
                  .expected = fmt::format("{}应使用{}", text.view.divisions.FullName(content.unit().division_code()),
                                          FormTitle(forms[0], text.words))});
  }
  const bool has_department = std::any_of(text.view.tables.begin(), text.view.tables.end(), [](const TableView& t) {
    return t.table.kind() == report::v1::REPORT_KIND_DEPARTMENT;
  });
  if (text.view.tables.empty() || has_department) return;
  const bool says_department = content.kind() == report::v1::REPORT_KIND_DEPARTMENT ||
                               RemoveBlanks(content.title()).find("整体支出") != std::string::npos;
  if (!says_department) return;
  findings.Add({.rule_id = "WRONG_FORM",
                .places = {text.view.tables[0].Place({}, "表题")},
                .value = "报告是部门整体支出的，所附却只有项目支出绩效自评表",
                .expected = "附部门整体支出绩效自评表；只报项目的，按项目支出报送"});
}

// A table of an older version has no columns for weight and score; one from the
// beginning of the year has none for results either.
void CheckFormVersion(const TextView& text, Findings& findings) {
  const int year = text.view.content().fiscal_year();
  for (const TableView& table : text.view.tables) {
    const auto& rows = table.table.indicators();
    const auto any = [&](auto has) { return std::any_of(rows.begin(), rows.end(), has); };
    if (rows.empty() || any([](const auto& row) { return row.has_weight() || row.has_score(); })) continue;
    if (any([](const auto& row) { return row.has_actual(); })) {
      findings.Add({.rule_id = "OLD_FORM",
                    .places = {table.Place({}, "绩效指标")},
                    .value = "绩效指标表没有“分值”“得分”两栏",
                    .expected = fmt::format("{} 年度的表样：每项指标有分值和得分", year)});
    } else {
      findings.Add({.rule_id = "WRONG_FORM",
                    .places = {table.Place({}, "绩效指标")},
                    .value = "绩效指标表没有“实际完成值”“得分”，像是年初的绩效目标表",
                    .expected = fmt::format("{} 年度终了后填写的绩效自评表", year)});
    }
  }
}

// Finance pays; it supervises only its own units.
void CheckSupervisor(const TextView& text, Findings& findings) {
  for (const TableView& table : text.view.tables) {
    const auto& department = table.table.supervising_department();
    if (department.as_written().find("财政局") == std::string::npos ||
        text.own.official.find("财政") != std::string::npos) {
      continue;
    }
    findings.Add({.rule_id = "DEPT_WRONG",
                  .places = {table.Place(department, "主管部门")},
                  .value = fmt::format("“{}”", Shorten(RemoveBlanks(department.as_written()), 30)),
                  .expected = "本单位的主管部门；财政部门是拨款部门"});
  }
}

}  // namespace

void CheckIdentity(const TextView& text, Findings& findings) {
  if (text.view.content().fiscal_year() > 0) {
    CheckTableYears(text, findings);
    CheckTextYears(text, findings);
  }
  CheckUnit(text, findings);
  CheckForm(text, findings);
  CheckFormVersion(text, findings);
  CheckSupervisor(text, findings);
}

}  // namespace jixiao::scoring
