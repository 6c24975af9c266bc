#include "intake/core/filing/season_absence.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "common/base/status_macros.h"
#include "intake/core/season/season.h"
#include "intake/core/submission/errors.h"
#include "intake/core/submission/stored_time.h"

namespace jixiao::intake {
namespace {

// Nobody files older reports for the first time, and seasons are not set for
// more than next year.
constexpr int kYearsBack = 10;
constexpr int kYearsAhead = 2;

std::string KindTitle(report::v1::ReportKind kind) {
  return kind == report::v1::REPORT_KIND_PROJECT ? "项目支出" : "部门整体支出";
}

struct OtherYears {
  std::vector<int> all;
  std::vector<int> open;  // taking reports now
};

absl::StatusOr<OtherYears> FindOtherYears(SubmissionTransaction& transaction, const Filing& filing) {
  OtherYears years;
  const int now = static_cast<int>(absl::ToCivilYear(filing.receive_time, absl::UTCTimeZone()).year());
  for (int year = now - kYearsBack; year <= now + kYearsAhead; ++year) {
    if (year == filing.key.fiscal_year) continue;
    JIXIAO_ASSIGN_OR_RETURN(const auto covering,
                            FindCoveringSeason(transaction, filing.key.division_code, year, filing.key.kind));
    if (!covering.has_value()) continue;
    years.all.push_back(year);
    const bool is_open =
        !covering->season.is_closed() && FromTimestamp(covering->season.opening_time()) <= filing.receive_time;
    if (is_open) years.open.push_back(year);
  }
  return years;
}

std::string Joined(const std::vector<int>& years) {
  std::string text;
  for (size_t i = 0; i < years.size(); ++i) text += fmt::format("{}{}", i == 0 ? "" : "、", years[i]);
  return text;
}

absl::Status WrongYear(const Filing& filing, const OtherYears& years, const char* what_is_wrong) {
  return NotSo(
      kWrongYear,
      fmt::format("报告填写的是 {} 年度，{}；{}的是 {} 年度。请核对报告年度", filing.key.fiscal_year, what_is_wrong,
                  years.open.empty() ? "设有报送期" : "现在受理", Joined(years.open.empty() ? years.all : years.open)));
}

}  // namespace

absl::Status WhyNoSeason(SubmissionTransaction& transaction, const Filing& filing, const Divisions& divisions) {
  const SubmissionKey& key = filing.key;
  const report::v1::ReportKind other_kind = key.kind == report::v1::REPORT_KIND_PROJECT
                                                ? report::v1::REPORT_KIND_DEPARTMENT
                                                : report::v1::REPORT_KIND_PROJECT;
  JIXIAO_ASSIGN_OR_RETURN(const auto other,
                          FindCoveringSeason(transaction, key.division_code, key.fiscal_year, other_kind));
  if (other.has_value()) {
    return NotSo(kWrongKind, fmt::format("{} 年度只受理{}绩效自评，不受理{}绩效自评。请核对报告类型", key.fiscal_year,
                                         KindTitle(other_kind), KindTitle(key.kind)));
  }
  JIXIAO_ASSIGN_OR_RETURN(const OtherYears years, FindOtherYears(transaction, filing));
  if (!years.all.empty()) return WrongYear(filing, years, "该年度没有设置报送期");
  return NotSo(kNoSeason, fmt::format("{}没有设置 {} 年度{}绩效自评的报送期，请联系本级财政部门；设置后再报送",
                                      divisions.FullName(key.division_code), key.fiscal_year, KindTitle(key.kind)));
}

absl::Status CheckNoOtherYearIsOpen(SubmissionTransaction& transaction, const Filing& filing) {
  JIXIAO_ASSIGN_OR_RETURN(const OtherYears years, FindOtherYears(transaction, filing));
  return years.open.empty() ? absl::OkStatus() : WrongYear(filing, years, "该年度的报送期已关闭");
}

}  // namespace jixiao::intake
