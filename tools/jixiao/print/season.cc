#include "print/season.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/domain/decimal.h"
#include "print/table.h"
#include "print/words.h"

namespace jixiao::cli {
namespace {

using intake::v1::RosterUnit;
using intake::v1::SeasonProgress;

// `湖南省岳阳市 430600`; the code alone if it has no name here.
std::string DivisionTitle(const std::string& code, const Divisions& divisions) {
  const std::string name = divisions.FullName(code);
  return name == code ? code : fmt::format("{} {}", name, code);
}

std::string ShareText(bool is_there, int ppm) { return is_there ? FormatRatePercent(ppm) : "—"; }

// What `whole` has beyond its children.
SeasonProgress OwnLevel(const SeasonProgress& whole, const std::vector<SeasonProgress>& children) {
  SeasonProgress own = whole;
  for (const SeasonProgress& child : children) {
    own.set_expected_count(own.expected_count() - child.expected_count());
    own.set_filed_count(own.filed_count() - child.filed_count());
    own.set_late_count(own.late_count() - child.late_count());
    own.set_returned_count(own.returned_count() - child.returned_count());
    own.set_approved_count(own.approved_count() - child.approved_count());
    own.set_published_count(own.published_count() - child.published_count());
    own.set_missing_count(own.missing_count() - child.missing_count());
    own.set_unexpected_count(own.unexpected_count() - child.unexpected_count());
  }
  own.clear_filed_share_ppm();
  if (own.expected_count() > 0) {
    own.set_filed_share_ppm(static_cast<int>(MulDiv(own.filed_count(), 1'000'000, own.expected_count())));
    own.set_published_share_ppm(static_cast<int>(MulDiv(own.published_count(), 1'000'000, own.expected_count())));
  }
  return own;
}

void AddProgressRow(const std::string& title, const SeasonProgress& progress, Table& table) {
  const auto number = [](int count) { return std::to_string(count); };
  table.AddRow({title, number(progress.expected_count()), number(progress.filed_count()),
                ShareText(progress.has_filed_share_ppm(), progress.filed_share_ppm()), number(progress.missing_count()),
                number(progress.late_count()), number(progress.returned_count()), number(progress.approved_count()),
                number(progress.published_count()),
                ShareText(progress.has_filed_share_ppm(), progress.published_share_ppm()),
                number(progress.unexpected_count())});
}

bool IsEmpty(const SeasonProgress& progress) {
  return progress.expected_count() == 0 && progress.unexpected_count() == 0;
}

std::string MissingUnits(const SeasonProgress& progress, int max_missing, const Style& style) {
  const int shown = std::min(max_missing, progress.missing_units_size());
  if (shown == 0) return "";
  std::string out = Bold(style, fmt::format("尚未报送（{} 份）", progress.missing_count())) + "\n";
  for (int i = 0; i < shown; ++i) {
    const std::string name = i < progress.missing_unit_names_size() ? progress.missing_unit_names(i) : "";
    out += fmt::format("  {}  {}\n", SafeText(name), Faint(style, SafeText(progress.missing_units(i))));
  }
  if (shown < progress.missing_units_size()) {
    out += fmt::format("  …另有 {} 个单位，用 --missing 调整个数\n", progress.missing_units_size() - shown);
  }
  return out;
}

}  // namespace

std::string PrintLateness(const intake::v1::Lateness& lateness) {
  std::string out =
      lateness.working_days_late() == 0 ? "按时" : fmt::format("逾期 {} 个工作日", lateness.working_days_late());
  out += fmt::format("（期限 {}", BeijingTime(lateness.deadline()));
  if (lateness.is_extended()) out += "，已延期";
  if (lateness.is_provisional()) out += "，放假安排未公布，暂按周末和法定节日计算";
  return out + "）";
}

std::string PrintSeason(const intake::v1::Season& season, const Style& style) {
  std::string out = Bold(style, SafeText(season.name()));
  out += season.is_closed() ? Red(style, "  已关闭，不再受理") : "";
  out += fmt::format("\n  开始 {}  截止 {}\n  评分规则 {}\n", BeijingTime(season.opening_time()),
                     BeijingTime(season.deadline()), SafeText(season.rule_set()));
  for (const auto& extension : season.extensions()) {
    out += fmt::format("  延期 {} 至 {}  {}  {}\n", SafeText(extension.unit()), BeijingTime(extension.deadline()),
                       SafeText(extension.reason()), Faint(style, SafeText(extension.actor())));
  }
  return out;
}

std::string PrintRosterUnits(const std::vector<RosterUnit>& units, const Style& style) {
  Table table({{"单位", Table::Align::kLeft, 40},
               {"名称", Table::Align::kLeft, 50},
               {"主管单位"},
               {"年度"},
               {"部门整体"},
               {"项目", Table::Align::kRight}});
  for (const RosterUnit& unit : units) {
    const std::string last = unit.has_last_fiscal_year() ? std::to_string(unit.last_fiscal_year()) : "";
    table.AddRow({unit.name(), unit.unit_name(), unit.supervising_unit(),
                  fmt::format("{}—{}", unit.first_fiscal_year(), last), unit.expects_department_report() ? "是" : "否",
                  std::to_string(unit.expected_projects_size())});
  }
  return table.Print(style, 0);
}

std::string PrintProgress(const SeasonProgress& progress, const std::vector<SeasonProgress>& children,
                          const Divisions& divisions, int max_missing, const Style& style) {
  constexpr auto kRight = Table::Align::kRight;
  Table table({{"区划", Table::Align::kLeft, 40},
               {"应报", kRight},
               {"已报", kRight},
               {"报送率", kRight},
               {"未报", kRight},
               {"逾期", kRight},
               {"退回", kRight},
               {"已审", kRight},
               {"已公开", kRight},
               {"公开率", kRight},
               {"名录外", kRight}});
  AddProgressRow(DivisionTitle(progress.division_code(), divisions), progress, table);
  const SeasonProgress own = OwnLevel(progress, children);
  if (!children.empty() && !IsEmpty(own)) AddProgressRow("本级", own, table);
  for (const SeasonProgress& child : children) {
    const std::string name(divisions.Name(child.division_code()));
    AddProgressRow(fmt::format("{}{}{}", name, name.empty() ? "" : " ", child.division_code()), child, table);
  }
  return table.Print(style, 0) + MissingUnits(progress, max_missing, style);
}

}  // namespace jixiao::cli
