// Decides what may stand on the roster: which units are expected to file what,
// in which years.
#ifndef JIXIAO_INTAKE_CORE_SEASON_ROSTER_H_
#define JIXIAO_INTAKE_CORE_SEASON_ROSTER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "intake/core/season/roster_lines.h"
#include "intake/core/submission/authorize.h"
#include "intake/core/submission/submission_store.h"
#include "jixiao/intake/v1/season.pb.h"

namespace jixiao::intake {

// An import, read and checked as far as it can be without the store.
struct RosterImport {
  std::vector<RosterLine> lines;
  std::vector<std::string> ignored_headings;
  std::string division_code;  // the closest that holds all lines
  std::string request_id;
  std::string fingerprint;
  bool is_preview = false;
  // Filled by the caller.
  std::string actor;
  absl::Time time;
};

// Blanks are taken out of names, so that a unit is found by its name. Fails with
// INVALID_ARGUMENT: a field violation for each problem, by line and column.
absl::StatusOr<RosterImport> ReadRosterImport(const v1::ImportRosterRequest& request);

// OK if `subject` may keep the roster of all lines, else what Authorize says of
// the first it may not, with its line: nothing is imported in part.
absl::Status AuthorizeImport(const Subject& subject, const RosterImport& import);

struct RosterOutcome {
  int written = 0;
  int added = 0;  // of these, entries that were not there before
};

// Writes all entries, or none and says why not: entries of a unit that overlap,
// with each other or with those kept, and supervising units that nobody knows. A
// request id that was answered before is answered alike; ALREADY_EXISTS
// (REQUEST_ID_REUSED) if it was used otherwise. A preview writes nothing.
absl::StatusOr<RosterOutcome> ImportRoster(SubmissionTransaction& transaction, const RosterImport& import);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SEASON_ROSTER_H_
