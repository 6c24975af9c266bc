// Reads submissions from SQLite on a connection that cannot write.
#ifndef JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_READER_H_
#define JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_READER_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/sqlite/sqlite_statement.h"
#include "intake/adapters/store/scope_ranges.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

// Used by one thread at a time; methods as in SubmissionStore.
class SqliteReader {
 public:
  static absl::StatusOr<std::unique_ptr<SqliteReader>> Open(const std::string& path, const std::string& vfs);

  absl::StatusOr<SubmissionRecord> GetSubmission(const SubmissionKey& key);
  absl::StatusOr<VersionRecord> GetVersion(const VersionKey& key);
  absl::StatusOr<VersionDocuments> GetDocuments(const VersionKey& key);
  absl::StatusOr<std::string> GetScoreCard(const VersionKey& key);
  absl::StatusOr<std::vector<SubmissionRecord>> ListSubmissions(const ListFilter& filter,
                                                                const std::optional<SubmissionKey>& after, int limit);
  absl::StatusOr<std::vector<VersionRecord>> ListVersions(const SubmissionKey& key, int before, int limit);
  absl::StatusOr<std::vector<v1::SubmissionEvent>> ListEvents(const SubmissionKey& key, int64_t after, int limit);
  absl::StatusOr<StoreStatistics> Statistics();
  absl::StatusOr<ReviewNotes> GetReviewNotes(const VersionKey& key);
  absl::StatusOr<v1::Season> GetSeason(const SeasonKey& key);
  absl::StatusOr<std::vector<RosterEntry>> ListRosterUnits(const std::string& division_prefix, int fiscal_year,
                                                           const std::optional<RosterEntry>& after, int limit);
  absl::StatusOr<std::vector<DivisionProgress>> CountProgress(const std::string& division_prefix, int fiscal_year,
                                                              report::v1::ReportKind kind);
  absl::StatusOr<std::vector<UnitKey>> ListMissingUnits(const std::string& division_prefix, int fiscal_year,
                                                        report::v1::ReportKind kind, int limit);
  absl::StatusOr<std::vector<std::pair<AuditShard, AuditHead>>> ListAuditHeads();
  absl::StatusOr<std::vector<StoredAuditRecord>> ReadAuditLog(const AuditShard& shard, int64_t after, int limit);

 private:
  // Of sqlite_reader_season.cc.
  struct SeasonStatements {
    explicit SeasonStatements(SqliteConnection& connection);
    SqliteStatement get_season, list_extensions, list_units, find_projects;
    SqliteStatement count_expected, count_unexpected, list_missing;
  };
  using RecordsByName = std::map<NamePlace, SubmissionRecord>;

  explicit SqliteReader(std::unique_ptr<SqliteConnection> connection);

  // The first year from `fiscal_year` on of which there is anything.
  absl::StatusOr<std::optional<int>> YearFrom(int fiscal_year);
  // Those of one range, and of one year of it, added to `found` by name.
  absl::Status ListRange(const NameRange& range, const ListFilter& filter, int limit, RecordsByName& found);
  absl::Status ListYear(const NameRange& range, int fiscal_year, const ListFilter& filter, int limit,
                        RecordsByName& found);

  std::unique_ptr<SqliteConnection> connection_;  // before the statements on it
  SqliteStatement get_submission_, get_version_, get_documents_, get_score_card_;
  SqliteStatement list_submissions_, list_waiting_, next_year_, list_versions_, list_events_, count_states_,
      count_tasks_;
  SqliteStatement get_notes_, list_audit_heads_, read_audit_log_, begin_, commit_;
  SeasonStatements season_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_READER_H_
