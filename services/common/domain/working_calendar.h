// For any service: working days in China, as the State Council arranges them
// for each year, with the Saturdays and Sundays that are worked instead.
#ifndef JIXIAO_COMMON_DOMAIN_WORKING_CALENDAR_H_
#define JIXIAO_COMMON_DOMAIN_WORKING_CALENDAR_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "jixiao/calendar/v1/working_calendar.pb.h"

namespace jixiao {

// What a day is and why.
struct DayKind {
  bool is_working = false;
  std::string_view holiday;  // the holiday it is off or made up for; empty if none
  bool is_provisional = false;
};

// How a filing date compares with its deadline.
struct Lateness {
  int64_t working_days = 0;
  // A year without an arrangement was counted through: weekends and the fixed
  // holidays (元旦, 劳动节, 国庆节) are off, nothing is made up.
  bool is_provisional = false;
  // The last day in time: the deadline, or the next working day if it is off.
  absl::CivilDay last_day_in_time;
};

// Immutable after construction, so safe to share between threads.
class WorkingCalendar {
 public:
  // Knows no year: everything is provisional.
  WorkingCalendar() = default;

  // Parses and checks rulesets/calendar/working_days.textproto. INVALID_ARGUMENT
  // lists every problem: dates that do not exist, make-up days on weekdays,
  // statutory days that do not add up, years twice or missing.
  static absl::StatusOr<WorkingCalendar> Parse(std::string_view textproto);

  // Entry of `year`; null if its arrangement is not known.
  const calendar::v1::CalendarYear* Find(int64_t year) const;

  // All years known, ascending.
  const calendar::v1::WorkingCalendar& data() const { return data_; }

  DayKind KindOf(absl::CivilDay day) const;

 private:
  struct Special {
    bool is_working;
    std::string holiday;
  };

  calendar::v1::WorkingCalendar data_;
  std::map<absl::CivilDay, Special> specials_;
};

// `YYYY-MM-DD`; empty if it is no such day.
std::optional<absl::CivilDay> ParseDay(std::string_view text);

// Working days after `deadline` up to and including `filed`; 0 if in time. A
// deadline that is a day off runs on to the next working day.
Lateness WorkingDaysLate(absl::CivilDay deadline, absl::CivilDay filed, const WorkingCalendar& calendar);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_DOMAIN_WORKING_CALENDAR_H_
