// For any service: days and times as clerks' watches show them. China has one
// time, eight hours ahead of UTC and without summer time since 1992, so that no
// time zone data is needed.
#ifndef JIXIAO_COMMON_DOMAIN_CHINA_TIME_H_
#define JIXIAO_COMMON_DOMAIN_CHINA_TIME_H_

#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace jixiao {

absl::CivilDay ChinaDay(absl::Time time);

// Last second of `day`.
absl::Time EndOfChinaDay(absl::CivilDay day);

// `2025年4月30日`; with the time of day, `2025年4月30日18:00`, unless it is the end
// of the day.
std::string ChinaTimeText(absl::Time time);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_DOMAIN_CHINA_TIME_H_
