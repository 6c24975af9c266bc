#include "intake/adapters/postgres/postgres_reader.h"

#include <map>

#include "common/base/digest.h"
#include "common/base/status_macros.h"
#include "intake/adapters/postgres/postgres_rows.h"
#include "intake/adapters/postgres/postgres_schema.h"
#include "intake/adapters/postgres/postgres_statements.h"
#include "intake/adapters/store/scope_ranges.h"
#include "intake/core/submission/errors.h"

namespace jixiao::intake {
namespace {

PostgresParams DivisionsBelow(const std::string& prefix) {
  PostgresParams params;
  params.Text(prefix).Text(EndOfPrefix(prefix));
  return params;
}

}  // namespace

absl::StatusOr<std::unique_ptr<PostgresReader>> PostgresReader::Open(PostgresPrimary& primary, int program) {
  JIXIAO_ASSIGN_OR_RETURN(auto connection, primary.Connect());
  JIXIAO_RETURN_IF_ERROR(UsePostgresSchema(*connection, program));
  JIXIAO_RETURN_IF_ERROR(connection->Execute("SET default_transaction_read_only = on"));
  JIXIAO_RETURN_IF_ERROR(connection->StartPipeline(sql::ReaderStatements()));
  return std::unique_ptr<PostgresReader>(new PostgresReader(std::move(connection)));
}

absl::StatusOr<SubmissionRecord> PostgresReader::GetSubmission(const SubmissionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, connection_->Query(sql::kGetSubmission, ParamsOf(key)));
  if (result.rows() == 0) return NotFound();
  return SubmissionFromRow(PostgresRow(result, 0));
}

absl::StatusOr<VersionRecord> PostgresReader::GetVersion(const VersionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, connection_->Query(sql::kFindVersion, ParamsOf(key)));
  if (result.rows() == 0) return NotFound();
  return VersionFromRow(key.submission, PostgresRow(result, 0));
}

absl::StatusOr<VersionDocuments> PostgresReader::GetDocuments(const VersionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, connection_->Query(sql::kGetDocuments, ParamsOf(key)));
  if (result.rows() == 0) return NotFound();
  const PostgresRow row(result, 0);
  return Unpack({row.Text(0), row.Text(1), row.Text(2), row.Text(3)}, FormatVersionName(key), row.Text(4), row.Text(5));
}

absl::StatusOr<std::string> PostgresReader::GetScoreCard(const VersionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, connection_->Query(sql::kFindScoreCard, ParamsOf(key)));
  if (result.rows() == 0) return std::string();
  return ScoreCardFromRow(key, PostgresRow(result, 0));
}

absl::StatusOr<std::vector<SubmissionRecord>> PostgresReader::ListSubmissions(const ListFilter& filter,
                                                                              const std::optional<SubmissionKey>& after,
                                                                              int limit) {
  // Ranges may overlap, and each may hold the first of all.
  std::map<NamePlace, SubmissionRecord> found;
  for (const NameRange& range : RangesOf(filter, after)) {
    PostgresParams params;
    params.Text(range.first.division_code).Text(range.first.local);
    params.Text(range.end.division_code).Text(range.end.local);
    params.Number(range.first_fiscal_year).Number(range.last_fiscal_year);
    params.Number(filter.kind).Number(filter.state).Number(limit);
    JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, connection_->Query(sql::kListSubmissions, params));
    for (int i = 0; i < result.rows(); ++i) {
      JIXIAO_ASSIGN_OR_RETURN(SubmissionRecord record, SubmissionFromRow(PostgresRow(result, i)));
      NamePlace place{record.key.division_code, LocalName(record.key)};
      found.emplace(std::move(place), std::move(record));
    }
  }
  std::vector<SubmissionRecord> records;
  for (auto& [place, record] : found) {
    if (records.size() < static_cast<size_t>(limit)) records.push_back(std::move(record));
  }
  return records;
}

absl::StatusOr<std::vector<VersionRecord>> PostgresReader::ListVersions(const SubmissionKey& key, int before,
                                                                        int limit) {
  PostgresParams params = ParamsOf(key);
  params.Number(before).Number(limit);
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, connection_->Query(sql::kListVersions, params));
  std::vector<VersionRecord> records;
  for (int i = 0; i < result.rows(); ++i) {
    JIXIAO_ASSIGN_OR_RETURN(VersionRecord record, VersionFromRow(key, PostgresRow(result, i)));
    records.push_back(std::move(record));
  }
  return records;
}

absl::StatusOr<std::vector<v1::SubmissionEvent>> PostgresReader::ListEvents(const SubmissionKey& key, int64_t after,
                                                                            int limit) {
  PostgresParams params = ParamsOf(key);
  params.Number(after).Number(limit);
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, connection_->Query(sql::kListEvents, params));
  std::vector<v1::SubmissionEvent> events;
  events.reserve(static_cast<size_t>(result.rows()));
  for (int i = 0; i < result.rows(); ++i) events.push_back(EventFromRow(PostgresRow(result, i)));
  return events;
}

absl::StatusOr<StoreStatistics> PostgresReader::Statistics() {
  connection_->Send(sql::kCountStates);
  connection_->Send(sql::kCountTasks);
  JIXIAO_ASSIGN_OR_RETURN(const std::vector<PostgresResult> results, connection_->Finish());
  StoreStatistics statistics;
  for (int i = 0; i < results[0].rows(); ++i) {
    const PostgresRow row(results[0], i);
    statistics.submissions_by_state.emplace_back(static_cast<v1::Submission::State>(row.Int(0)), row.Number(1));
  }
  for (int i = 0; i < results[1].rows(); ++i) {
    const PostgresRow row(results[1], i);
    statistics.backlogs.push_back(
        {static_cast<TaskKind>(row.Int(0)), row.Number(1), absl::FromUnixMicros(row.Number(2))});
  }
  return statistics;
}

absl::StatusOr<ReviewNotes> PostgresReader::GetReviewNotes(const VersionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, connection_->Query(sql::kFindReviewNotes, ParamsOf(key)));
  if (result.rows() == 0) return ReviewNotes();
  return ReviewNotesFromRow(PostgresRow(result, 0));
}

absl::StatusOr<v1::Season> PostgresReader::GetSeason(const SeasonKey& key) {
  PostgresParams name;
  name.Text(key.division_code).Number(key.fiscal_year).Number(key.kind);
  PostgresParams below = DivisionsBelow(DivisionPrefix(key.division_code));
  below.Text(key.division_code).Number(key.fiscal_year).Number(key.kind);
  connection_->Send(sql::kGetSeason, name);
  connection_->Send(sql::kSeasonExtensions, below);
  JIXIAO_ASSIGN_OR_RETURN(const std::vector<PostgresResult> results, connection_->Finish());
  if (results[0].rows() == 0) return NotFound();
  v1::Season season = SeasonFromRow(PostgresRow(results[0], 0)).second;
  for (int i = 0; i < results[1].rows(); ++i) {
    *season.add_extensions() = ExtensionFromRow(PostgresRow(results[1], i)).extension;
  }
  return season;
}

absl::StatusOr<std::vector<RosterEntry>> PostgresReader::ListRosterUnits(const std::string& division_prefix,
                                                                         int fiscal_year,
                                                                         const std::optional<RosterEntry>& after,
                                                                         int limit) {
  PostgresParams params = DivisionsBelow(division_prefix);
  if (after.has_value()) {
    params.Text(after->key.division_code).Text(after->key.unit_code).Number(after->unit.first_fiscal_year());
  } else {
    params.Text("").Text("").Number(0);
  }
  params.Number(fiscal_year).Number(limit);
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, connection_->Query(sql::kListRosterUnits, params));
  std::vector<RosterEntry> entries;
  entries.reserve(static_cast<size_t>(result.rows()));
  for (int i = 0; i < result.rows(); ++i) entries.push_back(RosterEntryFromRow(PostgresRow(result, i)));
  return entries;
}

absl::StatusOr<std::vector<DivisionProgress>> PostgresReader::CountProgress(const std::string& division_prefix,
                                                                            int fiscal_year,
                                                                            report::v1::ReportKind kind) {
  PostgresParams params = DivisionsBelow(division_prefix);
  params.Number(fiscal_year).Number(kind);
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, connection_->Query(sql::kCountProgress, params));
  std::vector<DivisionProgress> counted;
  for (int i = 0; i < result.rows(); ++i) {
    const PostgresRow row(result, i);
    counted.push_back(
        {row.Text(0), row.Int(1), row.Int(2), row.Int(3), row.Int(4), row.Int(5), row.Int(6), row.Int(7)});
  }
  return counted;
}

absl::StatusOr<std::vector<UnitKey>> PostgresReader::ListMissingUnits(const std::string& division_prefix,
                                                                      int fiscal_year, report::v1::ReportKind kind,
                                                                      int limit) {
  PostgresParams params = DivisionsBelow(division_prefix);
  params.Number(fiscal_year).Number(kind).Number(limit);
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, connection_->Query(sql::kMissingUnits, params));
  std::vector<UnitKey> units;
  for (int i = 0; i < result.rows(); ++i) {
    const PostgresRow row(result, i);
    units.push_back({row.Text(0), row.Text(1)});
  }
  return units;
}

absl::StatusOr<std::vector<std::pair<AuditShard, AuditHead>>> PostgresReader::ListAuditHeads() {
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, connection_->Query(sql::kListAuditHeads, {}));
  std::vector<std::pair<AuditShard, AuditHead>> heads;
  heads.reserve(static_cast<size_t>(result.rows()));
  for (int i = 0; i < result.rows(); ++i) heads.push_back(AuditHeadFromRow(PostgresRow(result, i)));
  return heads;
}

absl::StatusOr<std::vector<StoredAuditRecord>> PostgresReader::ReadAuditLog(const AuditShard& shard, int64_t after,
                                                                            int limit) {
  PostgresParams params;
  params.Text(shard.prefecture_code).Number(shard.fiscal_year).Number(after).Number(limit);
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, connection_->Query(sql::kReadAuditLog, params));
  std::vector<StoredAuditRecord> records;
  for (int i = 0; i < result.rows(); ++i) {
    const PostgresRow row(result, i);
    StoredAuditRecord stored;
    stored.sequence = row.Number(0);
    stored.record.set_entry(row.Text(1));
    stored.record.set_hash(row.Text(2));
    records.push_back(std::move(stored));
  }
  return records;
}

}  // namespace jixiao::intake
