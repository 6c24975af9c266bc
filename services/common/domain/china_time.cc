#include "common/domain/china_time.h"

#include <fmt/format.h>

namespace jixiao {
namespace {

absl::TimeZone China() { return absl::FixedTimeZone(8 * 3600); }

}  // namespace

absl::CivilDay ChinaDay(absl::Time time) { return absl::ToCivilDay(time, China()); }

absl::Time EndOfChinaDay(absl::CivilDay day) { return absl::FromCivil(day + 1, China()) - absl::Seconds(1); }

std::string ChinaTimeText(absl::Time time) {
  const absl::CivilDay day = ChinaDay(time);
  std::string text = fmt::format("{}年{}月{}日", day.year(), day.month(), day.day());
  if (time < EndOfChinaDay(day)) {
    const absl::CivilMinute minute = absl::ToCivilMinute(time, China());
    text += fmt::format("{:02}:{:02}", minute.hour(), minute.minute());
  }
  return text;
}

}  // namespace jixiao
