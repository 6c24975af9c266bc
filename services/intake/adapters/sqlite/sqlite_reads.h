// What can be asked of the SQLite store, on one connection.
#ifndef JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_READS_H_
#define JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_READS_H_

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/sqlite/sqlite_statement.h"
#include "intake/adapters/store/scope_ranges.h"
#include "intake/core/submission/submission_reads.h"

namespace jixiao::intake {

// Holds all statements that read, prepared once. Used by one thread at a time,
// within the transaction that the connection has open.
class SqliteReads : public virtual SubmissionReads {
 public:
  explicit SqliteReads(SqliteConnection& connection);

  // Before each work: it may be on another state of the database.
  void StartWork();

  absl::StatusOr<std::optional<SubmissionRecord>> FindSubmission(const SubmissionKey& key) override;
  absl::StatusOr<std::vector<SubmissionRecord>> Submissions(const ListFilter& filter,
                                                            const std::optional<SubmissionKey>& after,
                                                            int limit) override;
  absl::StatusOr<std::optional<VersionRecord>> FindVersion(const VersionKey& key) override;
  absl::StatusOr<std::vector<VersionRecord>> Versions(const SubmissionKey& key, int before, int limit) override;
  absl::StatusOr<std::optional<VersionDocuments>> FindDocuments(const VersionKey& key) override;
  absl::StatusOr<std::string> FindScoreCard(const VersionKey& key) override;
  absl::StatusOr<ReviewNotes> FindReviewNotes(const VersionKey& key) override;
  absl::StatusOr<std::vector<v1::SubmissionEvent>> Events(const SubmissionKey& key, int64_t after, int limit) override;
  absl::StatusOr<StoreStatistics> Statistics() override;
  absl::StatusOr<std::vector<RosterEntry>> RosterHistory(const UnitKey& key) override;
  absl::StatusOr<std::vector<RosterEntry>> FindRosterUnitsByName(const std::string& division_code,
                                                                 const std::string& unit_name,
                                                                 int fiscal_year) override;
  absl::StatusOr<std::vector<RosterEntry>> RosterUnits(const std::string& division_prefix, int fiscal_year,
                                                       const std::optional<RosterEntry>& after, int limit) override;
  absl::StatusOr<std::optional<v1::Season>> FindSeason(const SeasonKey& key) override;
  absl::StatusOr<std::optional<ExtensionRecord>> FindExtension(const SeasonKey& season, const UnitKey& unit) override;
  absl::StatusOr<std::vector<ExtensionRecord>> Extensions(const SeasonKey& season) override;
  absl::StatusOr<std::vector<DivisionProgress>> Progress(const std::string& division_prefix, int fiscal_year,
                                                         report::v1::ReportKind kind) override;
  absl::StatusOr<std::vector<UnitKey>> MissingUnits(const std::string& division_prefix, int fiscal_year,
                                                    report::v1::ReportKind kind, int limit) override;
  absl::StatusOr<AuditHead> FindAuditHead(const AuditShard& shard) override;
  absl::StatusOr<std::vector<std::pair<AuditShard, AuditHead>>> AuditHeads() override;
  absl::StatusOr<std::vector<StoredAuditRecord>> AuditLog(const AuditShard& shard, int64_t after, int limit) override;

 protected:
  static constexpr int64_t kNoId = 0;  // SQLite counts from 1

  // Number of a submission; one that no row has if there is none. Most of a work is
  // about one submission, so the last one is remembered.
  absl::StatusOr<int64_t> IdOf(const SubmissionKey& key);
  void RememberId(const SubmissionKey& key, int64_t id) { id_ = {key, id}; }

 private:
  // One group for each file that implements a part of this class.
  struct SeasonStatements {
    explicit SeasonStatements(SqliteConnection& connection);
    SqliteStatement unit_history, find_by_name, find_projects, find_season, find_extension, list_extensions;
    SqliteStatement list_units, count_expected, count_unexpected, list_missing;
  };
  struct AuditStatements {
    explicit AuditStatements(SqliteConnection& connection);
    SqliteStatement find_head, list_heads, read_log;
  };
  using RecordsByName = std::map<NamePlace, SubmissionRecord>;

  // The first year from `fiscal_year` on of which there is anything.
  absl::StatusOr<std::optional<int>> YearFrom(int fiscal_year);
  // Those of one range, and of one year of it, added to `found` by name.
  absl::Status ListRange(const NameRange& range, const ListFilter& filter, int limit, RecordsByName& found);
  absl::Status ListYear(const NameRange& range, int fiscal_year, const ListFilter& filter, int limit,
                        RecordsByName& found);

  std::optional<std::pair<SubmissionKey, int64_t>> id_;  // the last one asked for
  SqliteStatement find_id_, find_submission_, list_submissions_, list_waiting_, next_year_;
  SqliteStatement find_version_, list_versions_, find_documents_, find_score_card_, find_notes_, list_events_;
  SqliteStatement count_states_, count_tasks_;
  SeasonStatements season_;
  AuditStatements audit_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_READS_H_
