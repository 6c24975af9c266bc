// Roster, seasons and progress for people.
#ifndef JIXIAO_TOOLS_JIXIAO_PRINT_SEASON_H_
#define JIXIAO_TOOLS_JIXIAO_PRINT_SEASON_H_

#include <string>
#include <vector>

#include "common/domain/divisions.h"
#include "jixiao/intake/v1/submission.pb.h"
#include "print/terminal_text.h"

namespace jixiao::cli {

// `按时`, `逾期 3 个工作日（期限 2025-04-30 23:59:59，已延期）`.
std::string PrintLateness(const intake::v1::Lateness& lateness);

std::string PrintSeason(const intake::v1::Season& season, const Style& style);

std::string PrintRosterUnits(const std::vector<intake::v1::RosterUnit>& units, const Style& style);

// The division, its own level and its children as a table; names of missing
// units below it, at most `max_missing`.
std::string PrintProgress(const intake::v1::SeasonProgress& progress,
                          const std::vector<intake::v1::SeasonProgress>& children, const Divisions& divisions,
                          int max_missing, const Style& style);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_PRINT_SEASON_H_
