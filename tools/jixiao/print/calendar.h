// Working days for people: the arrangement of a year, and how lateness was
// counted.
#ifndef JIXIAO_TOOLS_JIXIAO_PRINT_CALENDAR_H_
#define JIXIAO_TOOLS_JIXIAO_PRINT_CALENDAR_H_

#include <string>

#include "common/domain/working_calendar.h"
#include "print/terminal_text.h"

namespace jixiao::cli {

// `4月8日（周二）`.
std::string DayText(absl::CivilDay day);

// Holidays, make-up days and the number of working days; what is counted
// instead if the arrangement of `year` is not known.
std::string PrintCalendarYear(int year, const WorkingCalendar& calendar, const Style& style);

// The years known, each with its notice.
std::string PrintCalendarYears(const WorkingCalendar& calendar, const Style& style);

// Deadline, filing date and every working day in between, in a sentence or two.
std::string PrintLateness(absl::CivilDay deadline, absl::CivilDay filed, const WorkingCalendar& calendar);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_PRINT_CALENDAR_H_
