#include "intake/adapters/postgres/postgres_reads.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "common/base/status_macros.h"
#include "intake/adapters/postgres/postgres_rows.h"
#include "intake/adapters/postgres/postgres_statements.h"
#include "intake/adapters/store/scope_ranges.h"
#include "intake/core/submission/stored_time.h"

namespace jixiao::intake {
namespace {

PostgresParams DivisionsBelow(const std::string& prefix) {
  PostgresParams params;
  params.Text(prefix).Text(EndOfPrefix(prefix));
  return params;
}

std::vector<RosterEntry> RosterEntriesFrom(const PostgresResult& result) {
  std::vector<RosterEntry> entries;
  entries.reserve(static_cast<size_t>(result.rows()));
  for (int i = 0; i < result.rows(); ++i) entries.push_back(RosterEntryFromRow(PostgresRow(result, i)));
  return entries;
}

}  // namespace

absl::StatusOr<PostgresResult> PostgresReads::Query(const PostgresStatement& statement, const PostgresParams& params) {
  return connection_.Query(statement, params);
}

absl::StatusOr<PostgresResult> PostgresReads::List(const PostgresStatement& statement, const PostgresParams& params) {
  return Query(statement, params);
}

absl::StatusOr<std::optional<SubmissionRecord>> PostgresReads::FindSubmission(const SubmissionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, Query(sql::kGetSubmission, ParamsOf(key)));
  std::optional<SubmissionRecord> record;
  if (result.rows() > 0) {
    JIXIAO_ASSIGN_OR_RETURN(record, SubmissionFromRow(PostgresRow(result, 0)));
  }
  return record;
}

absl::StatusOr<std::vector<SubmissionRecord>> PostgresReads::Submissions(const ListFilter& filter,
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
    JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, List(sql::kListSubmissions, params));
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

absl::StatusOr<std::optional<VersionRecord>> PostgresReads::FindVersion(const VersionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, Query(sql::kFindVersion, ParamsOf(key)));
  std::optional<VersionRecord> record;
  if (result.rows() > 0) {
    JIXIAO_ASSIGN_OR_RETURN(record, VersionFromRow(key.submission, PostgresRow(result, 0)));
  }
  return record;
}

absl::StatusOr<std::vector<VersionRecord>> PostgresReads::Versions(const SubmissionKey& key, int before, int limit) {
  PostgresParams params = ParamsOf(key);
  params.Number(before).Number(limit);
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, List(sql::kListVersions, params));
  std::vector<VersionRecord> records;
  for (int i = 0; i < result.rows(); ++i) {
    JIXIAO_ASSIGN_OR_RETURN(VersionRecord record, VersionFromRow(key, PostgresRow(result, i)));
    records.push_back(std::move(record));
  }
  return records;
}

absl::StatusOr<std::optional<VersionDocuments>> PostgresReads::FindDocuments(const VersionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, List(sql::kGetDocuments, ParamsOf(key)));
  if (result.rows() == 0) return std::optional<VersionDocuments>();
  const PostgresRow row(result, 0);
  return Unpack({row.Text(0), row.Text(1), row.Text(2), row.Text(3)}, FormatVersionName(key), row.Text(4), row.Text(5));
}

absl::StatusOr<std::string> PostgresReads::FindScoreCard(const VersionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, Query(sql::kFindScoreCard, ParamsOf(key)));
  if (result.rows() == 0) return std::string();
  return ScoreCardFromRow(key, PostgresRow(result, 0));
}

absl::StatusOr<ReviewNotes> PostgresReads::FindReviewNotes(const VersionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, Query(sql::kFindReviewNotes, ParamsOf(key)));
  if (result.rows() == 0) return ReviewNotes();
  return ReviewNotesFromRow(PostgresRow(result, 0));
}

absl::StatusOr<std::vector<v1::SubmissionEvent>> PostgresReads::Events(const SubmissionKey& key, int64_t after,
                                                                       int limit) {
  PostgresParams params = ParamsOf(key);
  params.Number(after).Number(limit);
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, List(sql::kListEvents, params));
  std::vector<v1::SubmissionEvent> events;
  events.reserve(static_cast<size_t>(result.rows()));
  for (int i = 0; i < result.rows(); ++i) events.push_back(EventFromRow(PostgresRow(result, i)));
  return events;
}

absl::StatusOr<StoreStatistics> PostgresReads::Statistics() {
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult states, List(sql::kCountStates, {}));
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult tasks, List(sql::kCountTasks, {}));
  StoreStatistics statistics;
  for (int i = 0; i < states.rows(); ++i) {
    const PostgresRow row(states, i);
    statistics.submissions_by_state.emplace_back(static_cast<v1::Submission::State>(row.Int(0)), row.Number(1));
  }
  for (int i = 0; i < tasks.rows(); ++i) {
    const PostgresRow row(tasks, i);
    statistics.backlogs.push_back({static_cast<TaskKind>(row.Int(0)), row.Number(1), FromStoredTime(row.Number(2))});
  }
  return statistics;
}

absl::StatusOr<std::vector<RosterEntry>> PostgresReads::RosterHistory(const UnitKey& key) {
  PostgresRows keys(sql::kRosterHistories.columns);
  keys.Text(key.division_code).Text(key.unit_code);
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, Query(sql::kRosterHistories, keys.ToParams()));
  return RosterEntriesFrom(result);
}

absl::StatusOr<std::vector<RosterEntry>> PostgresReads::FindRosterUnitsByName(const std::string& division_code,
                                                                              const std::string& unit_name,
                                                                              int fiscal_year) {
  PostgresParams params;
  params.Text(division_code).Text(unit_name);
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, Query(sql::kRosterUnitsByName, params));
  std::vector<RosterEntry> entries = RosterEntriesFrom(result);
  std::erase_if(entries, [fiscal_year](const RosterEntry& entry) { return !HoldsFor(entry, fiscal_year); });
  std::sort(entries.begin(), entries.end(), ComesBefore);
  return entries;
}

absl::StatusOr<std::vector<RosterEntry>> PostgresReads::RosterUnits(const std::string& division_prefix, int fiscal_year,
                                                                    const std::optional<RosterEntry>& after,
                                                                    int limit) {
  PostgresParams params = DivisionsBelow(division_prefix);
  if (after.has_value()) {
    params.Text(after->key.division_code).Text(after->key.unit_code).Number(after->unit.first_fiscal_year());
  } else {
    params.Text("").Text("").Number(0);
  }
  params.Number(fiscal_year).Number(limit);
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, List(sql::kListRosterUnits, params));
  return RosterEntriesFrom(result);
}

absl::StatusOr<std::optional<v1::Season>> PostgresReads::FindSeason(const SeasonKey& key) {
  PostgresParams name;
  name.Text(key.division_code).Number(key.fiscal_year).Number(key.kind);
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, Query(sql::kGetSeason, name));
  if (result.rows() == 0) return std::optional<v1::Season>();
  return std::optional<v1::Season>(SeasonFromRow(PostgresRow(result, 0)).second);
}

absl::StatusOr<std::optional<ExtensionRecord>> PostgresReads::FindExtension(const SeasonKey& season,
                                                                            const UnitKey& unit) {
  JIXIAO_ASSIGN_OR_RETURN(std::vector<ExtensionRecord> records, ExtensionsOf(unit));
  for (ExtensionRecord& record : records) {
    if (record.season == season) return std::optional<ExtensionRecord>(std::move(record));
  }
  return std::optional<ExtensionRecord>();
}

absl::StatusOr<std::vector<ExtensionRecord>> PostgresReads::ExtensionsOf(const UnitKey& unit) {
  PostgresRows keys(sql::kUnitExtensions.columns);
  keys.Text(unit.division_code).Text(unit.unit_code);
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, Query(sql::kUnitExtensions, keys.ToParams()));
  std::vector<ExtensionRecord> records;
  for (int i = 0; i < result.rows(); ++i) records.push_back(ExtensionFromRow(PostgresRow(result, i)));
  return records;
}

absl::StatusOr<std::vector<ExtensionRecord>> PostgresReads::Extensions(const SeasonKey& season) {
  PostgresParams below = DivisionsBelow(DivisionPrefix(season.division_code));
  below.Text(season.division_code).Number(season.fiscal_year).Number(season.kind);
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, List(sql::kSeasonExtensions, below));
  std::vector<ExtensionRecord> records;
  for (int i = 0; i < result.rows(); ++i) records.push_back(ExtensionFromRow(PostgresRow(result, i)));
  return records;
}

absl::StatusOr<std::vector<DivisionProgress>> PostgresReads::Progress(const std::string& division_prefix,
                                                                      int fiscal_year, report::v1::ReportKind kind) {
  PostgresParams params = DivisionsBelow(division_prefix);
  params.Number(fiscal_year).Number(kind);
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, List(sql::kCountProgress, params));
  std::vector<DivisionProgress> counted;
  for (int i = 0; i < result.rows(); ++i) {
    const PostgresRow row(result, i);
    counted.push_back(
        {row.Text(0), row.Int(1), row.Int(2), row.Int(3), row.Int(4), row.Int(5), row.Int(6), row.Int(7)});
  }
  return counted;
}

absl::StatusOr<std::vector<UnitKey>> PostgresReads::MissingUnits(const std::string& division_prefix, int fiscal_year,
                                                                 report::v1::ReportKind kind, int limit) {
  PostgresParams params = DivisionsBelow(division_prefix);
  params.Number(fiscal_year).Number(kind).Number(limit);
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, List(sql::kMissingUnits, params));
  std::vector<UnitKey> units;
  for (int i = 0; i < result.rows(); ++i) {
    const PostgresRow row(result, i);
    units.push_back({row.Text(0), row.Text(1)});
  }
  return units;
}

absl::StatusOr<AuditHead> PostgresReads::FindAuditHead(const AuditShard& shard) {
  PostgresParams params;
  params.Text(shard.prefecture_code).Number(shard.fiscal_year);
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, Query(sql::kFindAuditHead, params));
  return result.rows() == 0 ? AuditHead() : AuditHeadFromRow(PostgresRow(result, 0)).second;
}

absl::StatusOr<std::vector<std::pair<AuditShard, AuditHead>>> PostgresReads::AuditHeads() {
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, List(sql::kListAuditHeads, {}));
  std::vector<std::pair<AuditShard, AuditHead>> heads;
  heads.reserve(static_cast<size_t>(result.rows()));
  for (int i = 0; i < result.rows(); ++i) heads.push_back(AuditHeadFromRow(PostgresRow(result, i)));
  return heads;
}

absl::StatusOr<std::vector<StoredAuditRecord>> PostgresReads::AuditLog(const AuditShard& shard, int64_t after,
                                                                       int limit) {
  PostgresParams params;
  params.Text(shard.prefecture_code).Number(shard.fiscal_year).Number(after).Number(limit);
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, List(sql::kReadAuditLog, params));
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
