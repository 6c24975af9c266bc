#include "intake/core/filing/season_filing.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "common/domain/china_time.h"
#include "intake/core/filing/registered_name.h"
#include "intake/core/filing/season_absence.h"
#include "intake/core/submission/errors.h"
#include "intake/core/submission/stored_time.h"

namespace jixiao::intake {
namespace {

using report::v1::REPORT_KIND_PROJECT;

constexpr size_t kMaxListed = 5;

std::string PlaceTitle(const std::string& division_code, const Divisions& divisions) {
  const std::string name = divisions.FullName(division_code);
  return name == division_code ? division_code : fmt::format("{}（{}）", name, division_code);
}

absl::StatusOr<std::vector<RosterEntry>> NamedLikeIt(SubmissionTransaction& transaction, const Filing& filing,
                                                     const Divisions& divisions) {
  for (const std::string& spelling : RosterSpellings(filing.unit_name, filing.key.division_code, divisions)) {
    JIXIAO_ASSIGN_OR_RETURN(
        auto found, transaction.FindRosterUnitsByName(filing.key.division_code, spelling, filing.key.fiscal_year));
    if (!found.empty()) return found;
  }
  return std::vector<RosterEntry>();
}

std::string CodesOf(const std::vector<RosterEntry>& entries) {
  std::string codes;
  for (size_t i = 0; i < entries.size() && i < kMaxListed; ++i) {
    codes += (i == 0 ? "" : "、") + entries[i].key.unit_code;
  }
  return codes;
}

// Who a filing is from, held against the roster.
class UnitCheck {
 public:
  UnitCheck(SubmissionTransaction& transaction, const Filing& filing, const Divisions& divisions)
      : transaction_(transaction), filing_(filing), divisions_(divisions) {}

  absl::StatusOr<RosterEntry> Run() {
    JIXIAO_ASSIGN_OR_RETURN(auto entry, FindRosterUnit(transaction_, UnitOf(filing_.key), filing_.key.fiscal_year));
    if (!entry.has_value()) return NotFound();
    if (MayBeSameUnit(entry->unit.unit_name(), filing_.unit_name)) {
      JIXIAO_RETURN_IF_ERROR(CheckNobodyElse(*entry));
      return *std::move(entry);
    }
    JIXIAO_ASSIGN_OR_RETURN(const auto others, NamedLikeIt(transaction_, filing_, divisions_));
    return WrongUnit(*entry, others);
  }

 private:
  // One character off may also be the exact name of a neighbour.
  absl::Status CheckNobodyElse(const RosterEntry& entry) {
    const std::vector<std::string> spellings =
        RosterSpellings(filing_.unit_name, filing_.key.division_code, divisions_);
    if (std::find(spellings.begin(), spellings.end(), entry.unit.unit_name()) != spellings.end()) {
      return absl::OkStatus();
    }
    JIXIAO_ASSIGN_OR_RETURN(const auto others, NamedLikeIt(transaction_, filing_, divisions_));
    return others.empty() ? absl::OkStatus() : WrongUnit(entry, others);
  }

  absl::Status WrongUnit(const RosterEntry& entry, const std::vector<RosterEntry>& others) const {
    std::string message = fmt::format("单位代码 {} 在名录中是“{}”，报告填写的单位名称是“{}”，不是同一单位。",
                                      entry.key.unit_code, entry.unit.unit_name(), Shorten(filing_.unit_name, 60));
    message += others.empty() ? std::string("请核对单位代码和单位名称")
                              : fmt::format("名录中该名称的单位代码是 {}，请核对后重新报送", CodesOf(others));
    return NotSo(kWrongUnit, message);
  }

  // Nobody has this code here this year: says who may be meant.
  absl::Status NotFound() {
    JIXIAO_ASSIGN_OR_RETURN(const auto named, NamedLikeIt(transaction_, filing_, divisions_));
    if (filing_.is_unit_provisional) return NoCode(named);
    if (!named.empty()) {
      return NotSo(kWrongUnit, fmt::format("名录中“{}”的单位代码是 {}，报告填写的是 {}，请核对单位代码",
                                           named[0].unit.unit_name(), CodesOf(named), filing_.key.unit_code));
    }
    JIXIAO_ASSIGN_OR_RETURN(const auto history, transaction_.RosterHistory(UnitOf(filing_.key)));
    if (!history.empty()) return OtherYears(history);
    for (const std::string& above : DivisionAndAbove(filing_.key.division_code)) {
      JIXIAO_ASSIGN_OR_RETURN(const auto entry,
                              FindRosterUnit(transaction_, {above, filing_.key.unit_code}, filing_.key.fiscal_year));
      if (entry.has_value() && MayBeSameUnit(entry->unit.unit_name(), filing_.unit_name)) return OtherDivision(*entry);
    }
    return NotSo(
        kUnitNotOnRoster,
        fmt::format("{} {} 年度的单位名录中没有代码为 {} 的单位，也没有“{}”。请核对单位代码和区划；确需报送的，"
                    "请联系本级财政部门列入名录",
                    PlaceTitle(filing_.key.division_code, divisions_), filing_.key.fiscal_year, filing_.key.unit_code,
                    Shorten(filing_.unit_name, 60)));
  }

  absl::Status NoCode(const std::vector<RosterEntry>& named) const {
    const std::string place = PlaceTitle(filing_.key.division_code, divisions_);
    if (named.empty()) {
      return NotSo(
          kUnitNotOnRoster,
          fmt::format("文件中没有单位代码，{} {} 年度的单位名录中也没有“{}”。请核对单位名称，或在报送时填写单位代码",
                      place, filing_.key.fiscal_year, Shorten(filing_.unit_name, 60)));
    }
    return NotSo(kUnitNotOnRoster,
                 fmt::format("文件中没有单位代码，名录中有 {} 个“{}”（单位代码 {}）。请在报送时填写单位代码",
                             named.size(), named[0].unit.unit_name(), CodesOf(named)));
  }

  absl::Status OtherYears(const std::vector<RosterEntry>& history) const {
    std::string spans;
    for (size_t i = 0; i < history.size() && i < kMaxListed; ++i) {
      const v1::RosterUnit& unit = history[i].unit;
      spans += i == 0 ? "" : "、";
      spans += unit.has_last_fiscal_year() ? fmt::format("{} 至 {}", unit.first_fiscal_year(), unit.last_fiscal_year())
                                           : fmt::format("{} 起", unit.first_fiscal_year());
    }
    return NotSo(
        kUnitNotOnRoster,
        fmt::format(
            "单位 {}（{}）不在 {} 年度的单位名录中，名录中的年度为 {}。请核对报告年度，或联系本级财政部门更新名录",
            filing_.key.unit_code, history.back().unit.unit_name(), filing_.key.fiscal_year, spans));
  }

  absl::Status OtherDivision(const RosterEntry& entry) const {
    return NotSo(kWrongUnit, fmt::format("“{}”（单位代码 {}）登记在{}，报告填写的区划是 {}，请核对行政区划代码",
                                         entry.unit.unit_name(), entry.key.unit_code,
                                         PlaceTitle(entry.key.division_code, divisions_), filing_.key.division_code));
  }

  SubmissionTransaction& transaction_;
  const Filing& filing_;
  const Divisions& divisions_;
};

std::string ProjectsOf(const v1::RosterUnit& unit) {
  std::string names;
  for (int i = 0; i < unit.expected_projects_size() && i < static_cast<int>(kMaxListed); ++i) {
    names += fmt::format("“{}”", Shorten(unit.expected_projects(i), 40));
  }
  if (unit.expected_projects_size() > static_cast<int>(kMaxListed)) {
    names += fmt::format("等 {} 个项目", unit.expected_projects_size());
  }
  return names;
}

// What is filed, held against what the unit is expected to file.
absl::Status CheckKind(const Filing& filing, const v1::RosterUnit& unit) {
  if (filing.key.kind != REPORT_KIND_PROJECT) {
    if (unit.expects_department_report()) return absl::OkStatus();
    return NotSo(kWrongKind,
                 unit.expected_projects().empty()
                     ? fmt::format("名录中“{}”不需报送部门整体支出自评，请与本级财政部门核对", unit.unit_name())
                     : fmt::format("名录中“{}”不需报送部门整体支出自评，应报送项目支出自评：{}", unit.unit_name(),
                                   ProjectsOf(unit)));
  }
  const auto& projects = unit.expected_projects();
  if (std::any_of(projects.begin(), projects.end(),
                  [&](const std::string& project) { return ProjectCode(project) == filing.key.project; })) {
    return absl::OkStatus();
  }
  if (projects.empty()) {
    return NotSo(kWrongKind,
                 fmt::format("名录中“{}”没有需要自评的项目，只需报送部门整体支出自评；如有遗漏，请联系本级财政部门补列",
                             unit.unit_name()));
  }
  return NotSo(kWrongKind, fmt::format("名录中“{}”应自评的项目没有这一个，应报送：{}。请核对项目名称，须与名录逐字一致",
                                       unit.unit_name(), ProjectsOf(unit)));
}

// A version that corrects what was returned or is public is no new filing: it
// keeps the lateness of the one it corrects, unless its own is less.
v1::Lateness KeepLateness(const v1::Submission& current, const v1::Lateness& own) {
  const bool is_correction =
      current.state() == v1::Submission::STATE_RETURNED || current.state() == v1::Submission::STATE_PUBLISHED;
  const bool is_better = current.has_lateness() && current.lateness().season() == own.season() &&
                         current.lateness().working_days_late() < own.working_days_late();
  return is_correction && is_better ? current.lateness() : own;
}

absl::Status CheckOpen(const Filing& filing, const CoveringSeason& covering) {
  const absl::Time opening = FromTimestamp(covering.season.opening_time());
  if (covering.season.is_closed()) {
    return NotSo(
        kSeasonClosed,
        fmt::format(
            "{} 年度的报送期已于{}截止，现已关闭，不再受理新版本（含退回后的修改）。确需补报的，请联系财政部门重新开放",
            filing.key.fiscal_year, ChinaTimeText(FromTimestamp(covering.season.deadline()))));
  }
  if (filing.receive_time < opening) {
    return NotSo(kSeasonNotOpen,
                 fmt::format("{} 年度的报送期尚未开始，请于{}起报送，截止时间为{}", filing.key.fiscal_year,
                             ChinaTimeText(opening), ChinaTimeText(FromTimestamp(covering.season.deadline()))));
  }
  return absl::OkStatus();
}

const WorkingCalendar& CalendarOf(const FilingPolicy& policy) {
  static const WorkingCalendar* const none = new WorkingCalendar();
  return policy.calendar != nullptr ? *policy.calendar : *none;
}

}  // namespace

absl::StatusOr<Expectation> CheckExpected(SubmissionTransaction& transaction, const Filing& filing,
                                          const SubmissionRecord& current, const FilingPolicy& policy) {
  const SubmissionKey& key = filing.key;
  Expectation expectation;
  JIXIAO_ASSIGN_OR_RETURN(const auto covering,
                          FindCoveringSeason(transaction, key.division_code, key.fiscal_year, key.kind));
  if (!covering.has_value()) {
    if (policy.is_season_required) return WhyNoSeason(transaction, filing, policy.divisions);
    JIXIAO_ASSIGN_OR_RETURN(const auto entry, FindRosterUnit(transaction, UnitOf(key), key.fiscal_year));
    if (entry.has_value()) expectation.registered_unit_name = entry->unit.unit_name();
    return expectation;
  }
  if (covering->season.is_closed() && current.submission.current_version() == 0) {
    // A year typed wrong looks like a season long gone.
    JIXIAO_RETURN_IF_ERROR(CheckNoOtherYearIsOpen(transaction, filing));
  }
  JIXIAO_RETURN_IF_ERROR(CheckOpen(filing, *covering));
  JIXIAO_ASSIGN_OR_RETURN(const RosterEntry entry, UnitCheck(transaction, filing, policy.divisions).Run());
  JIXIAO_RETURN_IF_ERROR(CheckKind(filing, entry.unit));
  JIXIAO_ASSIGN_OR_RETURN(const UnitDeadline deadline, FindDeadline(transaction, *covering, UnitOf(key)));
  expectation.rule_set = covering->season.rule_set();
  expectation.registered_unit_name = entry.unit.unit_name();
  expectation.lateness =
      KeepLateness(current.submission, CountLateness(covering->key, deadline, filing.receive_time, CalendarOf(policy)));
  return expectation;
}

v1::Lateness CountLateness(const SeasonKey& season, const UnitDeadline& deadline, absl::Time receive_time,
                           const WorkingCalendar& calendar) {
  const jixiao::Lateness counted = WorkingDaysLate(ChinaDay(deadline.deadline), ChinaDay(receive_time), calendar);
  v1::Lateness lateness;
  lateness.set_season(FormatSeasonName(season));
  *lateness.mutable_deadline() = ToTimestamp(deadline.deadline);
  lateness.set_working_days_late(static_cast<int32_t>(counted.working_days));
  if (counted.is_provisional) lateness.set_is_provisional(true);
  if (deadline.is_extended) lateness.set_is_extended(true);
  return lateness;
}

absl::StatusOr<std::string> FindUnitCode(SubmissionTransaction& transaction, const Filing& filing,
                                         const Divisions& divisions) {
  JIXIAO_ASSIGN_OR_RETURN(const auto named, NamedLikeIt(transaction, filing, divisions));
  return named.size() == 1 ? named[0].key.unit_code : std::string();
}

}  // namespace jixiao::intake
