// What can be asked of a store of submissions.
#ifndef JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_READS_H_
#define JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_READS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "intake/core/submission/authorize.h"
#include "intake/core/submission/submission_records.h"
#include "intake/core/submission/version_documents.h"

namespace jixiao::intake {

struct ListFilter {
  std::string division_prefix;                                      // empty: all
  int fiscal_year = 0;                                              // 0: all
  v1::Submission::State state = v1::Submission::STATE_UNSPECIFIED;  // unspecified: all
  report::v1::ReportKind kind = report::v1::REPORT_KIND_UNSPECIFIED;
  // What the caller may see; nothing if empty, everything without a value.
  std::optional<std::vector<Scope>> scopes;
};

// All answers are of one moment. Valid only inside the work that it is lent to.
// Failures are DATA_LOSS, and INTERNAL or UNAVAILABLE of the store itself.
class SubmissionReads {
 public:
  virtual ~SubmissionReads() = default;

  virtual absl::StatusOr<std::optional<SubmissionRecord>> FindSubmission(const SubmissionKey& key) = 0;
  // By name, those behind `after` (exclusive; nothing: from the start).
  virtual absl::StatusOr<std::vector<SubmissionRecord>> Submissions(const ListFilter& filter,
                                                                    const std::optional<SubmissionKey>& after,
                                                                    int limit) = 0;
  virtual absl::StatusOr<std::optional<VersionRecord>> FindVersion(const VersionKey& key) = 0;
  // Newest first, versions below `before`.
  virtual absl::StatusOr<std::vector<VersionRecord>> Versions(const SubmissionKey& key, int before, int limit) = 0;
  // DATA_LOSS if the bytes do not match the receipt.
  virtual absl::StatusOr<std::optional<VersionDocuments>> FindDocuments(const VersionKey& key) = 0;
  // Empty if there is none yet; DATA_LOSS as above.
  virtual absl::StatusOr<std::string> FindScoreCard(const VersionKey& key) = 0;
  virtual absl::StatusOr<ReviewNotes> FindReviewNotes(const VersionKey& key) = 0;
  // Oldest first, sequences above `after`.
  virtual absl::StatusOr<std::vector<v1::SubmissionEvent>> Events(const SubmissionKey& key, int64_t after,
                                                                  int limit) = 0;
  virtual absl::StatusOr<StoreStatistics> Statistics() = 0;

  // Entries of the unit, by first year.
  virtual absl::StatusOr<std::vector<RosterEntry>> RosterHistory(const UnitKey& key) = 0;
  // Units of `division_code` by official name, exactly as stored, in `fiscal_year`.
  virtual absl::StatusOr<std::vector<RosterEntry>> FindRosterUnitsByName(const std::string& division_code,
                                                                         const std::string& unit_name,
                                                                         int fiscal_year) = 0;
  // Entries of divisions with this prefix that hold for `fiscal_year` (0: all),
  // by name, then first year; those behind `after` (exclusive).
  virtual absl::StatusOr<std::vector<RosterEntry>> RosterUnits(const std::string& division_prefix, int fiscal_year,
                                                               const std::optional<RosterEntry>& after, int limit) = 0;
  // Without its extensions.
  virtual absl::StatusOr<std::optional<v1::Season>> FindSeason(const SeasonKey& key) = 0;
  virtual absl::StatusOr<std::optional<ExtensionRecord>> FindExtension(const SeasonKey& season,
                                                                       const UnitKey& unit) = 0;
  // By unit name.
  virtual absl::StatusOr<std::vector<ExtensionRecord>> Extensions(const SeasonKey& season) = 0;
  // Divisions with this prefix that expect or have a report, by code.
  virtual absl::StatusOr<std::vector<DivisionProgress>> Progress(const std::string& division_prefix, int fiscal_year,
                                                                 report::v1::ReportKind kind) = 0;
  // Units with a report missing, by name, each once.
  virtual absl::StatusOr<std::vector<UnitKey>> MissingUnits(const std::string& division_prefix, int fiscal_year,
                                                            report::v1::ReportKind kind, int limit) = 0;

  virtual absl::StatusOr<AuditHead> FindAuditHead(const AuditShard& shard) = 0;
  // Of all chains, by prefecture and year.
  virtual absl::StatusOr<std::vector<std::pair<AuditShard, AuditHead>>> AuditHeads() = 0;
  // Entries above `after`, by sequence.
  virtual absl::StatusOr<std::vector<StoredAuditRecord>> AuditLog(const AuditShard& shard, int64_t after,
                                                                  int limit) = 0;
};

// True if the entry counts in that year; in any for 0.
bool HoldsFor(const RosterEntry& entry, int fiscal_year);

// The unit's entry that holds for `fiscal_year`, the first one for 0.
absl::StatusOr<std::optional<RosterEntry>> FindRosterUnit(SubmissionReads& reads, const UnitKey& key, int fiscal_year);

// A season with its extensions; NOT_FOUND if there is none.
absl::StatusOr<v1::Season> ReadSeason(SubmissionReads& reads, const SeasonKey& key);

// NotFound() for nothing.
absl::Status StatusOfNothing();
template <typename T>
absl::StatusOr<T> Found(absl::StatusOr<std::optional<T>> found) {
  if (!found.ok()) return std::move(found).status();
  if (!found->has_value()) return StatusOfNothing();
  return **std::move(found);
}

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_READS_H_
