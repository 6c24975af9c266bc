// Counts how far a season is, division by division, over what the roster
// expects and never over what was filed.
#ifndef JIXIAO_INTAKE_CORE_SEASON_SEASON_PROGRESS_H_
#define JIXIAO_INTAKE_CORE_SEASON_SEASON_PROGRESS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "intake/core/submission/authorize.h"
#include "intake/core/submission/submission_reads.h"
#include "jixiao/intake/v1/season.pb.h"

namespace jixiao::intake {

// What is asked for.
struct ProgressQuestion {
  std::string division_code;
  int fiscal_year = 0;
  report::v1::ReportKind kind = report::v1::REPORT_KIND_UNSPECIFIED;
  // The bodies of the division itself, not those below it.
  bool is_own_level_only = false;
};

// INVALID_ARGUMENT if the division is none or not the season's or below it.
// Authorised: who may read the progress of the whole division gets that, who may
// read its own level only gets that, all others what Authorize says.
absl::StatusOr<ProgressQuestion> ReadProgressQuestion(const Subject& subject,
                                                      const v1::GetSeasonProgressRequest& request);

// The division with missing units, and its children (the next level) in order.
// The division's own level is in no child.
absl::StatusOr<v1::GetSeasonProgressResponse> CountSeasonProgress(SubmissionReads& reads,
                                                                  const ProgressQuestion& question);

// Code of the division of the next level below `division_code` that holds
// `below`: `430600` for `430000` and `430611`; empty if `below` is the division
// itself.
std::string ChildHolding(const std::string& division_code, const std::string& below);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SEASON_SEASON_PROGRESS_H_
