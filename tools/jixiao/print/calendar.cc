#include "print/calendar.h"

#include <fmt/format.h>

#include <array>

#include "print/table.h"

namespace jixiao::cli {
namespace {

using absl::CivilDay;

constexpr int64_t kMostDaysListed = 10;

std::string_view WeekdayText(CivilDay day) {
  static constexpr std::array<std::string_view, 7> kNames = {"周一", "周二", "周三", "周四", "周五", "周六", "周日"};
  return kNames[static_cast<size_t>(absl::GetWeekday(day))];
}

std::string DaysText(const google::protobuf::RepeatedPtrField<std::string>& days) {
  std::string text;
  for (const std::string& day : days) {
    if (!text.empty()) text += "、";
    text += DayText(*ParseDay(day));
  }
  return text;
}

int64_t WorkingDaysOf(int year, const WorkingCalendar& calendar) {
  int64_t count = 0;
  for (CivilDay day(year, 1, 1); day.year() == year; ++day) count += calendar.KindOf(day).is_working ? 1 : 0;
  return count;
}

std::string DateText(CivilDay day) { return fmt::format("{}年{}", day.year(), DayText(day)); }

// The days counted, make-up days named as such.
std::string CountedDays(CivilDay last_day_in_time, CivilDay filed, const WorkingCalendar& calendar) {
  std::string text;
  for (CivilDay day = last_day_in_time + 1; day <= filed; ++day) {
    const DayKind kind = calendar.KindOf(day);
    if (!kind.is_working) continue;
    text += fmt::format("{}{}月{}日{}", text.empty() ? "" : "、", day.month(), day.day(),
                        kind.holiday.empty() ? "" : fmt::format("（{}，调休上班）", WeekdayText(day)));
  }
  return text;
}

}  // namespace

std::string DayText(CivilDay day) { return fmt::format("{}月{}日（{}）", day.month(), day.day(), WeekdayText(day)); }

std::string PrintCalendarYear(int year, const WorkingCalendar& calendar, const Style& style) {
  const calendar::v1::CalendarYear* known = calendar.Find(year);
  if (known == nullptr) {
    return fmt::format(
        "{}\n  尚无国务院办公厅的放假安排，暂按双休日和固定节日（元旦、劳动节、国庆节）计算，\n"
        "  不含春节、清明节、端午节、中秋节和调休上班；暂计 {} 个工作日。\n",
        Bold(style, fmt::format("{} 年工作日（暂计）", year)), WorkingDaysOf(year, calendar));
  }
  using Align = Table::Align;
  Table rows({{"节日", Align::kLeft}, {"放假", Align::kLeft}, {"天数", Align::kRight}, {"调休上班", Align::kLeft}});
  for (const auto& holiday : known->holidays()) {
    const CivilDay first = *ParseDay(holiday.first_day());
    const CivilDay last = *ParseDay(holiday.last_day());
    const std::string from = first.year() == year ? DayText(first) : DateText(first);
    rows.AddRow({holiday.title(), first == last ? from : fmt::format("{}至{}", from, DayText(last)),
                 std::to_string(last - first + 1), DaysText(holiday.make_up_days())});
  }
  return fmt::format("{}\n  依据 {}（{}），全年 {} 个工作日\n{}", Bold(style, fmt::format("{} 年放假与调休", year)),
                     known->source(), known->source_date(), WorkingDaysOf(year, calendar), rows.Print(style, 2));
}

std::string PrintCalendarYears(const WorkingCalendar& calendar, const Style& style) {
  using Align = Table::Align;
  Table rows({{"年度", Align::kLeft}, {"依据", Align::kLeft}, {"公布日期", Align::kLeft}, {"工作日", Align::kRight}});
  for (const auto& year : calendar.data().years()) {
    rows.AddRow({std::to_string(year.year()), year.source(), year.source_date(),
                 std::to_string(WorkingDaysOf(year.year(), calendar))});
  }
  return rows.Print(style, 0);
}

std::string PrintLateness(CivilDay deadline, CivilDay filed, const WorkingCalendar& calendar) {
  const Lateness lateness = WorkingDaysLate(deadline, filed, calendar);
  std::string out = fmt::format("报送时间：期限 {}", DateText(deadline));
  if (lateness.last_day_in_time != deadline && lateness.last_day_in_time <= filed) {
    out += fmt::format("为休息日，顺延至{}", DayText(lateness.last_day_in_time));
  }
  out += fmt::format("，收到 {}，", DateText(filed));
  if (lateness.working_days == 0) {
    out += "按时。\n";
  } else if (lateness.working_days > kMostDaysListed) {
    out += fmt::format("逾期 {} 个工作日。\n", lateness.working_days);
  } else {
    out += fmt::format("逾期 {} 个工作日：{}。\n", lateness.working_days,
                       CountedDays(lateness.last_day_in_time, filed, calendar));
  }
  if (lateness.is_provisional) {
    out += "  其中有年度尚无国务院办公厅的放假安排，暂按双休日和固定节日计算，安排公布后须重新核定。\n";
  }
  return out;
}

}  // namespace jixiao::cli
