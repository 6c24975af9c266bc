// What can be asked of the PostgreSQL store, on one connection.
#ifndef JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_READS_H_
#define JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_READS_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "intake/adapters/postgres/postgres_connection.h"
#include "intake/core/submission/submission_reads.h"

namespace jixiao::intake {

// Used by one thread at a time, within the transaction that the connection has
// open.
class PostgresReads : public virtual SubmissionReads {
 public:
  explicit PostgresReads(PostgresConnection& connection) : connection_(connection) {}

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
  // Runs one statement that asks for rows by their names.
  virtual absl::StatusOr<PostgresResult> Query(const PostgresStatement& statement, const PostgresParams& params);
  // Runs one that asks for more.
  virtual absl::StatusOr<PostgresResult> List(const PostgresStatement& statement, const PostgresParams& params);
  // Of all seasons.
  absl::StatusOr<std::vector<ExtensionRecord>> ExtensionsOf(const UnitKey& unit);

  PostgresConnection& connection_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_READS_H_
