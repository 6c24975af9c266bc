// `jixiao calendar`, and what the command line says about a filing: its dates
// and the reviewer's scores.
#ifndef JIXIAO_COMMANDS_SEASON_CALENDAR_H_
#define JIXIAO_COMMANDS_SEASON_CALENDAR_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "commands/output.h"
#include "common/domain/working_calendar.h"
#include "jixiao/scoring/v1/scorecard.pb.h"

namespace jixiao::cli {

// Prints one year, or the years known. kExitBadInput if the calendar cannot be
// read.
int RunCalendar(const std::string& rule_sets_folder, const std::optional<int>& year, const Output& output);

// Reads `2025-04-30`; INVALID_ARGUMENT on `option` if it cannot.
absl::StatusOr<absl::CivilDay> ReadDay(const std::string& option, const std::string& text);

// Reads `ON_TIME=9.5`; INVALID_ARGUMENT on `option` if it cannot.
absl::StatusOr<scoring::v1::ConfirmedWorkScore> ReadConfirmed(const std::string& option, const std::string& text);

struct FilingArguments {
  std::string deadline;                // `YYYY-MM-DD`; empty: lateness is not assessed
  std::string filed;                   // with `deadline`
  std::vector<std::string> confirmed;  // `ON_TIME=9.5`
  std::string approved;                // the approval (批复); empty if not known
  std::string published;               // empty: terms of publication are not checked
  std::string unpublished;             // instead of `published`: not public on that day
};

struct Filing {
  scoring::v1::ScoringContext context;
  std::string note;  // how days were counted, for people; empty without dates
};

// INVALID_ARGUMENT if a date or score cannot be read; NOT_FOUND without the
// calendar.
absl::StatusOr<Filing> ReadFiling(const FilingArguments& arguments, const std::string& rule_sets_folder);

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_SEASON_CALENDAR_H_
