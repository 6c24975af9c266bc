// Reads submissions from PostgreSQL on a connection of its own.
#ifndef JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_READER_H_
#define JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_READER_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "intake/adapters/postgres/postgres_connection.h"
#include "intake/adapters/postgres/postgres_primary.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

// Used by one thread at a time; methods as in SubmissionStore. Once
// is_lost(), all fail.
class PostgresReader {
 public:
  // `program` as UsePostgresSchema takes it, and fails.
  static absl::StatusOr<std::unique_ptr<PostgresReader>> Open(PostgresPrimary& primary, int program);

  bool is_lost() const { return connection_->is_lost(); }
  const PostgresConnection& connection() const { return *connection_; }

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
  explicit PostgresReader(std::unique_ptr<PostgresConnection> connection) : connection_(std::move(connection)) {}

  const std::unique_ptr<PostgresConnection> connection_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_READER_H_
