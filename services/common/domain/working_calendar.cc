#include "common/domain/working_calendar.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/base/text_proto.h"

namespace jixiao {
namespace {

using absl::CivilDay;
using calendar::v1::CalendarYear;
using calendar::v1::Holiday;

// 全国年节及纪念日放假办法: two days more since 2025.
int StatutoryDaysOf(int64_t year) { return year >= 2025 ? 13 : 11; }

bool IsWeekend(CivilDay day) {
  const absl::Weekday weekday = absl::GetWeekday(day);
  return weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday;
}

// Statutory days that fall on the same date every year.
std::string_view FixedHolidayOf(CivilDay day) {
  if (day.month() == 1 && day.day() == 1) return "元旦";
  if (day.month() == 5 && (day.day() == 1 || (day.day() == 2 && day.year() >= 2025))) return "劳动节";
  if (day.month() == 10 && day.day() <= 3) return "国庆节";
  return "";
}

// The days of one holiday, checked.
class HolidayLint {
 public:
  HolidayLint(int year, const Holiday& holiday, std::vector<FieldViolation>& problems)
      : year_(year), holiday_(holiday), problems_(problems) {}

  void Run() {
    const auto first = Day(holiday_.first_day());
    const auto last = Day(holiday_.last_day());
    if (!first || !last) return;
    if (*last < *first || *last - *first > 14) return Problem("must run forward, at most two weeks");
    // A holiday may begin in the last days of the year before.
    if (last->year() != year_) Problem(fmt::format("ends in {}, not in {}", last->year(), year_));
    int64_t weekdays = 0;
    for (CivilDay day = *first; day <= *last; ++day) {
      off_.push_back(day);
      weekdays += IsWeekend(day) ? 0 : 1;
    }
    for (const std::string& text : holiday_.make_up_days()) {
      const auto day = Day(text);
      if (!day) continue;
      if (!IsWeekend(*day)) Problem(fmt::format("{} is made up on a weekday", text));
      if (*day >= *first && *day <= *last) Problem(fmt::format("{} is off and worked", text));
      made_up_.push_back(*day);
    }
    if (weekdays - static_cast<int64_t>(made_up_.size()) != holiday_.statutory_day_count()) {
      Problem(fmt::format("{} weekdays off less {} made up are not {} statutory days", weekdays, made_up_.size(),
                          holiday_.statutory_day_count()));
    }
  }

  const std::vector<CivilDay>& off() const { return off_; }
  const std::vector<CivilDay>& made_up() const { return made_up_; }

 private:
  void Problem(std::string description) {
    problems_.push_back({fmt::format("years[{}].holidays[{}]", year_, holiday_.title()), std::move(description)});
  }
  std::optional<CivilDay> Day(const std::string& text) {
    const auto day = ParseDay(text);
    if (!day) Problem(fmt::format("`{}` is no day", text));
    return day;
  }

  const int year_;
  const Holiday& holiday_;
  std::vector<FieldViolation>& problems_;
  std::vector<CivilDay> off_;
  std::vector<CivilDay> made_up_;
};

}  // namespace

std::optional<CivilDay> ParseDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto number = [&](size_t at, size_t count) {
    int value = 0;
    for (size_t i = at; i < at + count; ++i) {
      if (text[i] < '0' || text[i] > '9') return -1;
      value = value * 10 + (text[i] - '0');
    }
    return value;
  };
  const int year = number(0, 4);
  const int month = number(5, 2);
  const int day = number(8, 2);
  if (year < 1 || month < 1 || day < 1) return std::nullopt;
  const CivilDay civil(year, month, day);
  // CivilDay turns February 30 into March 2.
  if (civil.year() != year || civil.month() != month || civil.day() != day) return std::nullopt;
  return civil;
}

absl::StatusOr<WorkingCalendar> WorkingCalendar::Parse(std::string_view textproto) {
  WorkingCalendar calendar;
  JIXIAO_RETURN_IF_ERROR(ParseTextProto(textproto, "", calendar.data_));
  std::vector<FieldViolation> problems;
  for (int i = 0; i < calendar.data_.years_size(); ++i) {
    const CalendarYear& year = calendar.data_.years(i);
    const std::string field = fmt::format("years[{}]", year.year());
    if (i > 0 && year.year() != calendar.data_.years(i - 1).year() + 1) {
      problems.push_back({field, "does not follow the year before it"});
    }
    if (year.source().empty() || !ParseDay(year.source_date())) problems.push_back({field, "names no dated notice"});
    int statutory = 0;
    for (const Holiday& holiday : year.holidays()) {
      statutory += holiday.statutory_day_count();
      HolidayLint lint(year.year(), holiday, problems);
      lint.Run();
      const auto keep = [&](const std::vector<CivilDay>& days, bool is_working) {
        for (const CivilDay day : days) {
          if (calendar.specials_.emplace(day, Special{is_working, holiday.title()}).second) continue;
          problems.push_back({field, fmt::format("{} stands twice", absl::FormatCivilTime(day))});
        }
      };
      keep(lint.off(), false);
      keep(lint.made_up(), true);
    }
    if (statutory != StatutoryDaysOf(year.year())) {
      problems.push_back(
          {field, fmt::format("has {} statutory days, not {}", statutory, StatutoryDaysOf(year.year()))});
    }
  }
  if (!problems.empty()) return InvalidFields(problems);
  return calendar;
}

const CalendarYear* WorkingCalendar::Find(int64_t year) const {
  for (const CalendarYear& known : data_.years()) {
    if (known.year() == year) return &known;
  }
  return nullptr;
}

DayKind WorkingCalendar::KindOf(CivilDay day) const {
  const auto special = specials_.find(day);
  if (special != specials_.end()) return {special->second.is_working, special->second.holiday, false};
  if (Find(day.year()) != nullptr) return {!IsWeekend(day), "", false};
  const std::string_view fixed = FixedHolidayOf(day);
  return {!IsWeekend(day) && fixed.empty(), fixed, true};
}

Lateness WorkingDaysLate(CivilDay deadline, CivilDay filed, const WorkingCalendar& calendar) {
  Lateness lateness;
  CivilDay last = deadline;
  // A week off at most stands in a row, so this ends; a filing in time needs no
  // calendar at all.
  while (last < filed) {
    const DayKind kind = calendar.KindOf(last);
    lateness.is_provisional |= kind.is_provisional;
    if (kind.is_working) break;
    ++last;
  }
  for (CivilDay day = last + 1; day <= filed; ++day) {
    const DayKind kind = calendar.KindOf(day);
    lateness.is_provisional |= kind.is_provisional;
    lateness.working_days += kind.is_working ? 1 : 0;
  }
  lateness.last_day_in_time = last;
  return lateness;
}

}  // namespace jixiao
