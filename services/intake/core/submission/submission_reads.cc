#include "intake/core/submission/submission_reads.h"

#include "common/base/status_macros.h"
#include "intake/core/submission/errors.h"

namespace jixiao::intake {

absl::Status StatusOfNothing() { return NotFound(); }

bool HoldsFor(const RosterEntry& entry, int fiscal_year) {
  return fiscal_year == 0 || (entry.unit.first_fiscal_year() <= fiscal_year &&
                              (!entry.unit.has_last_fiscal_year() || fiscal_year <= entry.unit.last_fiscal_year()));
}

absl::StatusOr<std::optional<RosterEntry>> FindRosterUnit(SubmissionReads& reads, const UnitKey& key, int fiscal_year) {
  JIXIAO_ASSIGN_OR_RETURN(std::vector<RosterEntry> history, reads.RosterHistory(key));
  for (RosterEntry& entry : history) {
    if (HoldsFor(entry, fiscal_year)) return std::optional<RosterEntry>(std::move(entry));
  }
  return std::optional<RosterEntry>();
}

absl::StatusOr<v1::Season> ReadSeason(SubmissionReads& reads, const SeasonKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(v1::Season season, Found(reads.FindSeason(key)));
  JIXIAO_ASSIGN_OR_RETURN(std::vector<ExtensionRecord> extensions, reads.Extensions(key));
  for (ExtensionRecord& record : extensions) *season.add_extensions() = std::move(record.extension);
  return season;
}

}  // namespace jixiao::intake
