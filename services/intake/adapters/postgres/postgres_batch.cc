// The part of PostgresTransaction that fetches before the works of a batch and
// sends behind them.
#include <set>

#include "common/base/digest.h"
#include "common/base/status_macros.h"
#include "intake/adapters/postgres/postgres_rows.h"
#include "intake/adapters/postgres/postgres_statements.h"
#include "intake/adapters/postgres/postgres_transaction.h"

namespace jixiao::intake {
namespace {

// Everything that works on `topics` are likely to ask for, in order of keys.
struct Foreseen {
  std::set<SubmissionKey> submissions;
  std::set<std::pair<SubmissionKey, std::string>> requests;
  std::set<SeasonKey> seasons;
  std::set<UnitKey> units;
  std::set<AuditShard> shards;
};

Foreseen Foresee(const std::vector<const WriteTopic*>& topics) {
  Foreseen foreseen;
  for (const WriteTopic* topic : topics) {
    if (!topic->submission.has_value()) continue;
    const SubmissionKey& key = *topic->submission;
    foreseen.submissions.insert(key);
    if (!topic->request_id.empty()) foreseen.requests.insert({key, topic->request_id});
    for (const std::string& division : DivisionAndAbove(key.division_code)) {
      foreseen.seasons.insert({division, key.fiscal_year, key.kind});
    }
    foreseen.units.insert(UnitOf(key));
    foreseen.shards.insert(ShardOf(key.division_code, key.fiscal_year));
  }
  return foreseen;
}

PostgresRows RowsOf(const std::set<UnitKey>& units, const PostgresStatement& statement) {
  PostgresRows rows(statement.columns);
  for (const UnitKey& unit : units) rows.Text(unit.division_code).Text(unit.unit_code);
  return rows;
}

}  // namespace

absl::Status PostgresTransaction::Begin(const std::vector<const WriteTopic*>& topics, bool has_short_lock_timeout) {
  const Foreseen foreseen = Foresee(topics);
  connection_.Send(sql::kBegin);
  if (has_short_lock_timeout) connection_.Send(sql::kShortLockTimeout);
  if (foreseen.submissions.empty()) {
    failure_ = connection_.Finish().status();
    return failure_;
  }
  PostgresRows submissions(sql::kLockSubmissions.columns);
  for (const SubmissionKey& key : foreseen.submissions) AddKey(key, submissions);
  connection_.Send(sql::kLockSubmissions, submissions.ToParams());
  PostgresRows shards(sql::kLockAuditHeads.columns);
  for (const AuditShard& shard : foreseen.shards) shards.Text(shard.prefecture_code).Number(shard.fiscal_year);
  connection_.Send(sql::kLockAuditHeads, shards.ToParams());
  PostgresRows requests(sql::kFindRequests.columns);
  for (const auto& [key, request_id] : foreseen.requests) {
    AddKey(key, requests);
    requests.Text(request_id);
  }
  connection_.Send(sql::kFindRequests, requests.ToParams());
  PostgresRows seasons(sql::kLockSeasons.columns);
  for (const SeasonKey& season : foreseen.seasons) {
    seasons.Text(season.division_code).Number(season.fiscal_year).Number(season.kind);
  }
  connection_.Send(sql::kLockSeasons, seasons.ToParams());
  connection_.Send(sql::kRosterHistories, RowsOf(foreseen.units, sql::kRosterHistories).ToParams());
  connection_.Send(sql::kUnitExtensions, RowsOf(foreseen.units, sql::kUnitExtensions).ToParams());

  absl::StatusOr<std::vector<PostgresResult>> results = connection_.Finish();
  failure_ = results.status();
  JIXIAO_RETURN_IF_ERROR(failure_);
  const size_t first = has_short_lock_timeout ? 2 : 1;
  JIXIAO_RETURN_IF_ERROR(LoadSubmissions(results->at(first)));
  LoadAuditHeads(results->at(first + 1));
  LoadRequests(results->at(first + 2));
  LoadSeasons(results->at(first + 3));
  const std::vector<UnitKey> units(foreseen.units.begin(), foreseen.units.end());
  LoadHistories(units, results->at(first + 4));
  LoadUnitExtensions(units, results->at(first + 5));
  // What was asked for and did not come is not there.
  for (const SubmissionKey& key : foreseen.submissions) submissions_.Load(key, std::nullopt);
  for (const AuditShard& shard : foreseen.shards) audit_heads_.Load(shard, std::nullopt);
  for (const auto& request : foreseen.requests) requests_.Load(request, std::nullopt);
  for (const SeasonKey& season : foreseen.seasons) seasons_.Load(season, std::nullopt);
  return absl::OkStatus();
}

absl::Status PostgresTransaction::Commit() {
  if (!failure_.ok()) return failure_;
  SendSubmissions();
  SendVersions();
  SendBelowVersions();
  SendTasks();
  SendRoster();
  SendSeasons();
  SendAuditLog();
  if (connection_.has_standby()) connection_.Send(sql::kMark);
  connection_.Send(sql::kCommit);
  failure_ = connection_.Finish().status();
  if (failure_.ok() && connection_.was_warned()) failure_ = connection_.Lost("COMMIT did not wait for the standby");
  return failure_;
}

void PostgresTransaction::SendRows(const PostgresStatement& statement, const PostgresRows& rows) {
  if (!rows.empty()) connection_.Send(statement, rows.ToParams());
}

void PostgresTransaction::SendSubmissions() {
  PostgresRows rows(sql::kPutSubmissions.columns);
  submissions_.ForEachChange([&](const SubmissionKey&, const auto& record) { AddSubmission(*record, rows); });
  SendRows(sql::kPutSubmissions, rows);
}

void PostgresTransaction::SendVersions() {
  PostgresRows superseded(sql::kSupersedeVersions.columns);
  newest_versions_.ForEachChange([&](const SubmissionKey& key, const std::optional<int>& newest) {
    if (*newest == 1) return;
    AddKey(key, superseded);
    superseded.Number(*newest);
  });
  PostgresRows added(sql::kInsertVersions.columns);
  new_versions_.ForEachChange([&](const VersionKey& key, const std::optional<VersionRecord>& record) {
    VersionRecord stored = *record;
    stored.version.set_is_superseded(**newest_versions_.Find(key.submission) > key.version);
    AddVersion(stored, added);
  });
  PostgresRows states(sql::kSetVersionStates.columns);
  version_states_.ForEachChange([&](const VersionKey& key, const std::optional<v1::Submission::State>& state) {
    AddKey(key, states);
    states.Number(*state);
  });
  SendRows(sql::kSupersedeVersions, superseded);
  SendRows(sql::kInsertVersions, added);
  SendRows(sql::kSetVersionStates, states);
}

void PostgresTransaction::SendBelowVersions() {
  PostgresRows added(sql::kInsertDocuments.columns);
  for (const auto& [key, documents] : documents_.rows()) {
    AddKey(key, added);
    added.Bytes(documents.report_bytes).Text(documents.media_type).Text(documents.file_name);
    added.Bytes(documents.original_bytes);
  }
  SendRows(sql::kInsertDocuments, added);
  PostgresRows cards(sql::kPutScoreCards.columns);
  score_cards_.ForEachChange([&](const VersionKey& key, const std::optional<std::string>& card) {
    AddKey(key, cards);
    cards.Bytes(*card).Text(ContentDigest(*card));
  });
  PostgresRows notes(sql::kPutReviewNotes.columns);
  notes_.ForEachChange([&](const VersionKey& key, const auto& changed) { AddReviewNotes(key, *changed, notes); });
  PostgresRows events(sql::kInsertEvents.columns);
  for (const auto& [key, event] : events_.rows()) AddEvent(key, event, events);
  PostgresRows requests(sql::kInsertRequests.columns);
  requests_.ForEachChange([&](const auto& place, const std::optional<RequestRecord>& request) {
    AddKey(place.first, requests);
    requests.Text(request->request_id).Text(request->fingerprint).Number(request->version).Flag(request->is_identical);
  });
  SendRows(sql::kPutScoreCards, cards);
  SendRows(sql::kPutReviewNotes, notes);
  SendRows(sql::kInsertEvents, events);
  SendRows(sql::kInsertRequests, requests);
}

void PostgresTransaction::SendTasks() {
  PostgresRows deleted(sql::kDeleteTasks.columns);
  PostgresRows put(sql::kPutTasks.columns);
  tasks_.ForEachChange([&](const std::pair<VersionKey, TaskKind>& place, const std::optional<Task>& task) {
    if (task.has_value()) return AddTask(*task, put);
    AddKey(place.first, deleted);
    deleted.Number(static_cast<int>(place.second));
  });
  SendRows(sql::kDeleteTasks, deleted);
  SendRows(sql::kPutTasks, put);
}

void PostgresTransaction::SendRoster() {
  PostgresRows units(sql::kPutRosterUnits.columns);
  PostgresRows places(sql::kDeleteRosterProjects.columns);
  PostgresRows projects(sql::kInsertRosterProjects.columns);
  roster_changes_.ForEachChange([&](const RosterKey& place, const std::optional<RosterEntry>& entry) {
    AddRosterUnit(*entry, units);
    places.Text(place.first.division_code).Text(place.first.unit_code).Number(place.second);
    AddRosterProjects(*entry, projects);
  });
  SendRows(sql::kPutRosterUnits, units);
  SendRows(sql::kDeleteRosterProjects, places);
  SendRows(sql::kInsertRosterProjects, projects);
}

void PostgresTransaction::SendSeasons() {
  PostgresRows seasons(sql::kPutSeasons.columns);
  seasons_.ForEachChange([&](const SeasonKey& key, const auto& season) { AddSeason(key, *season, seasons); });
  PostgresRows extensions(sql::kPutExtensions.columns);
  extension_changes_.ForEachChange([&](const auto&, const auto& record) { AddExtension(*record, extensions); });
  PostgresRows filed(sql::kInsertFiledSeasons.columns);
  filed_seasons_.ForEachChange(
      [&](const SeasonKey& key, const auto&) { filed.Text(key.division_code).Text(FormatSeasonName(key)); });
  PostgresRows operations(sql::kInsertOperations.columns);
  operations_.ForEachChange([&](const auto&, const std::optional<OperationRecord>& operation) {
    operations.Text(operation->division_code).Text(operation->request_id).Text(operation->fingerprint);
  });
  SendRows(sql::kPutSeasons, seasons);
  SendRows(sql::kPutExtensions, extensions);
  SendRows(sql::kInsertFiledSeasons, filed);
  SendRows(sql::kInsertOperations, operations);
}

void PostgresTransaction::SendAuditLog() {
  PostgresRows entries(sql::kInsertAuditEntries.columns);
  for (const auto& [shard, stored] : audit_entries_.rows()) {
    entries.Text(shard.prefecture_code).Number(shard.fiscal_year).Number(stored.sequence);
    entries.Bytes(stored.record.entry()).Bytes(stored.record.hash());
  }
  PostgresRows heads(sql::kPutAuditHeads.columns);
  audit_heads_.ForEachChange([&](const AuditShard& shard, const std::optional<AuditHead>& head) {
    heads.Text(shard.prefecture_code).Number(shard.fiscal_year).Number(head->sequence).Bytes(head->hash);
  });
  SendRows(sql::kInsertAuditEntries, entries);
  SendRows(sql::kPutAuditHeads, heads);
}

}  // namespace jixiao::intake
