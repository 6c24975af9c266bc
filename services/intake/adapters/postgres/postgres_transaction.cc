#include "intake/adapters/postgres/postgres_transaction.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "common/base/status_macros.h"
#include "intake/adapters/postgres/postgres_rows.h"
#include "intake/adapters/postgres/postgres_statements.h"

namespace jixiao::intake {
namespace {

bool IsDue(const Task& task, absl::Time now) {
  return task.not_before <= now && (task.lease_until <= now || task.lease_owner.empty());
}

// Longest due first, then by name, as in the query.
bool IsDueEarlier(const Task& a, const Task& b) {
  const auto place = [](const Task& task) {
    return std::tuple(task.not_before, task.key.submission.division_code, LocalName(task.key.submission),
                      task.key.version, task.kind);
  };
  return place(a) < place(b);
}

// As it will be read back: without what is not stored with it.
SubmissionRecord AsStored(SubmissionRecord record) {
  record.submission.clear_score_card();
  record.submission.clear_next_step();
  record.submission.clear_explanations();
  record.submission.clear_work_confirmations();
  return record;
}

}  // namespace

template <typename Use>
void PostgresTransaction::ForEachPart(Use use) {
  use(submissions_);
  use(versions_);
  use(new_versions_);
  use(version_states_);
  use(newest_versions_);
  use(documents_);
  use(score_cards_);
  use(notes_);
  use(events_);
  use(requests_);
  use(tasks_);
  use(histories_);
  use(roster_changes_);
  use(seasons_);
  use(extensions_);
  use(extension_changes_);
  use(filed_seasons_);
  use(operations_);
  use(audit_heads_);
  use(audit_entries_);
}

void PostgresTransaction::Keep() {
  ForEachPart([](auto& part) { part.Keep(); });
}

void PostgresTransaction::Undo() {
  ForEachPart([](auto& part) { part.Undo(); });
}

absl::StatusOr<PostgresResult> PostgresTransaction::Query(const PostgresStatement& statement,
                                                          const PostgresParams& params) {
  if (!failure_.ok()) return failure_;
  absl::StatusOr<PostgresResult> result = PostgresReads::Query(statement, params);
  if (!result.ok()) failure_ = result.status();
  return result;
}

absl::StatusOr<PostgresResult> PostgresTransaction::List(const PostgresStatement& statement,
                                                         const PostgresParams& params) {
  bool is_changed = false;
  ForEachPart([&is_changed](const auto& part) { is_changed = is_changed || part.HasChanges(); });
  if (is_changed && failure_.ok()) failure_ = absl::InternalError("a list behind changes of the same transaction");
  return Query(statement, params);
}

absl::Status PostgresTransaction::LockSubmission(const SubmissionKey& key) {
  if (submissions_.Find(key) != nullptr) return absl::OkStatus();
  PostgresRows keys(sql::kLockSubmissions.columns);
  keys.Text(key.division_code).Text(LocalName(key));
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, Query(sql::kLockSubmissions, keys.ToParams()));
  JIXIAO_RETURN_IF_ERROR(LoadSubmissions(result));
  submissions_.Load(key, std::nullopt);  // if it was not among them
  return absl::OkStatus();
}

absl::StatusOr<std::optional<SubmissionRecord>> PostgresTransaction::FindSubmission(const SubmissionKey& key) {
  JIXIAO_RETURN_IF_ERROR(LockSubmission(key));
  return *submissions_.Find(key);
}

absl::Status PostgresTransaction::PutSubmission(const SubmissionRecord& record) {
  submissions_.Set(record.key, AsStored(record));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<VersionRecord>> PostgresTransaction::FindVersion(const VersionKey& key) {
  std::optional<VersionRecord> version;
  if (const auto* const added = new_versions_.Find(key)) {
    version = *added;
  } else {
    JIXIAO_RETURN_IF_ERROR(LockSubmission(key.submission));
    if (versions_.Find(key) == nullptr) {
      JIXIAO_ASSIGN_OR_RETURN(std::optional<VersionRecord> read, PostgresReads::FindVersion(key));
      versions_.Load(key, std::move(read));
    }
    version = *versions_.Find(key);
    const auto* const state = version_states_.Find(key);
    if (version.has_value() && state != nullptr) version->version.set_state(**state);
  }
  const auto* const newest = newest_versions_.Find(key.submission);
  if (version.has_value() && newest != nullptr && **newest > key.version) version->version.set_is_superseded(true);
  return version;
}

absl::Status PostgresTransaction::InsertVersion(const VersionRecord& record, PackedDocuments documents) {
  if (new_versions_.Find(record.key) != nullptr) return absl::InternalError("version exists");
  VersionRecord stored = record;
  stored.version.set_is_superseded(false);
  new_versions_.Set(record.key, std::move(stored));
  newest_versions_.Set(record.key.submission, record.key.version);
  documents_.Add({record.key, std::move(documents)});
  const v1::Receipt& receipt = record.version.receipt();
  if (receipt.has_lateness()) {
    if (const auto season = ParseSeasonName(receipt.lateness().season(), "season"); season.ok()) {
      if (filed_seasons_.Find(*season) == nullptr) filed_seasons_.Set(*season, true);
    }
  }
  return absl::OkStatus();
}

absl::Status PostgresTransaction::SetVersionState(const VersionKey& key, v1::Submission::State state) {
  if (const auto* const added = new_versions_.Find(key)) {
    if ((*added)->version.state() == state) return absl::OkStatus();
    VersionRecord changed = **added;
    changed.version.set_state(state);
    new_versions_.Set(key, std::move(changed));
    return absl::OkStatus();
  }
  version_states_.Set(key, state);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<int>> PostgresTransaction::VersionsInState(const SubmissionKey& key,
                                                                      v1::Submission::State state) {
  JIXIAO_RETURN_IF_ERROR(LockSubmission(key));
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, Query(sql::kVersionStates, ParamsOf(key)));
  std::map<int, v1::Submission::State> states;
  for (int i = 0; i < result.rows(); ++i) {
    const PostgresRow row(result, i);
    states[row.Int(0)] = static_cast<v1::Submission::State>(row.Int(1));
  }
  new_versions_.ForEachChange([&](const VersionKey& version, const std::optional<VersionRecord>& record) {
    if (version.submission == key) states[version.version] = record->version.state();
  });
  version_states_.ForEachChange([&](const VersionKey& version, const std::optional<v1::Submission::State>& changed) {
    if (version.submission == key) states[version.version] = *changed;
  });
  std::vector<int> versions;
  for (const auto& [version, found] : states) {
    if (found == state) versions.push_back(version);
  }
  return versions;
}

absl::StatusOr<std::optional<RequestRecord>> PostgresTransaction::FindRequest(const SubmissionKey& key,
                                                                              const std::string& request_id) {
  const std::pair place(key, request_id);
  if (requests_.Find(place) == nullptr) {
    JIXIAO_RETURN_IF_ERROR(LockSubmission(key));
    PostgresRows keys(sql::kFindRequests.columns);
    keys.Text(key.division_code).Text(LocalName(key)).Text(request_id);
    JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, Query(sql::kFindRequests, keys.ToParams()));
    LoadRequests(result);
    requests_.Load(place, std::nullopt);
  }
  return *requests_.Find(place);
}

absl::Status PostgresTransaction::InsertRequest(const SubmissionKey& key, const RequestRecord& request) {
  const std::pair place(key, request.request_id);
  const auto* const known = requests_.Find(place);
  if (known != nullptr && known->has_value()) return absl::InternalError("request exists");
  requests_.Set(place, request);
  return absl::OkStatus();
}

absl::Status PostgresTransaction::InsertEvent(const SubmissionKey& key, const v1::SubmissionEvent& event) {
  events_.Add({key, event});
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Task>> PostgresTransaction::FindTask(const VersionKey& key, TaskKind kind) {
  const std::pair place(key, kind);
  if (tasks_.Find(place) == nullptr) {
    JIXIAO_RETURN_IF_ERROR(LockSubmission(key.submission));
    PostgresParams params = ParamsOf(key);
    params.Number(static_cast<int>(kind));
    JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, Query(sql::kLockTask, params));
    std::optional<Task> task;
    if (result.rows() > 0) {
      JIXIAO_ASSIGN_OR_RETURN(task, TaskFromRow(PostgresRow(result, 0)));
    }
    tasks_.Load(place, std::move(task));
  }
  return *tasks_.Find(place);
}

// Tasks that another instance is just leasing are passed over.
absl::StatusOr<std::vector<Task>> PostgresTransaction::DueTasks(absl::Time now, int limit) {
  int changes = 0;
  std::vector<Task> due;
  tasks_.ForEachChange([&](const auto&, const std::optional<Task>& task) {
    ++changes;
    if (task.has_value() && IsDue(*task, now)) due.push_back(*task);
  });
  PostgresParams params;
  params.Number(absl::ToUnixMicros(now)).Number(limit + changes);
  JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, Query(sql::kDueTasks, params));
  for (int i = 0; i < result.rows(); ++i) {
    JIXIAO_ASSIGN_OR_RETURN(Task task, TaskFromRow(PostgresRow(result, i)));
    const std::pair place(task.key, task.kind);
    if (tasks_.IsChanged(place)) continue;
    tasks_.Load(place, task);
    due.push_back(std::move(task));
  }
  std::sort(due.begin(), due.end(), IsDueEarlier);
  if (due.size() > static_cast<size_t>(limit)) due.resize(static_cast<size_t>(limit));
  return due;
}

absl::Status PostgresTransaction::PutTask(const Task& task) {
  tasks_.Set({task.key, task.kind}, task);
  return absl::OkStatus();
}

absl::Status PostgresTransaction::DeleteTask(const VersionKey& key, TaskKind kind) {
  tasks_.Set({key, kind}, std::nullopt);
  return absl::OkStatus();
}

absl::StatusOr<std::string> PostgresTransaction::FindScoreCard(const VersionKey& key) {
  if (score_cards_.Find(key) == nullptr) {
    JIXIAO_RETURN_IF_ERROR(LockSubmission(key.submission));
    JIXIAO_ASSIGN_OR_RETURN(std::string card, PostgresReads::FindScoreCard(key));
    score_cards_.Load(key, std::move(card));
  }
  return **score_cards_.Find(key);
}

absl::Status PostgresTransaction::PutScoreCard(const VersionKey& key, const std::string& score_card_bytes) {
  score_cards_.Set(key, score_card_bytes);
  return absl::OkStatus();
}

absl::StatusOr<ReviewNotes> PostgresTransaction::FindReviewNotes(const VersionKey& key) {
  if (notes_.Find(key) == nullptr) {
    JIXIAO_RETURN_IF_ERROR(LockSubmission(key.submission));
    JIXIAO_ASSIGN_OR_RETURN(ReviewNotes notes, PostgresReads::FindReviewNotes(key));
    notes_.Load(key, std::move(notes));
  }
  return **notes_.Find(key);
}

absl::Status PostgresTransaction::PutReviewNotes(const VersionKey& key, const ReviewNotes& notes) {
  notes_.Set(key, notes);
  return absl::OkStatus();
}

absl::StatusOr<AuditHead> PostgresTransaction::FindAuditHead(const AuditShard& shard) {
  if (audit_heads_.Find(shard) == nullptr) {
    PostgresRows keys(sql::kLockAuditHeads.columns);
    keys.Text(shard.prefecture_code).Number(shard.fiscal_year);
    JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, Query(sql::kLockAuditHeads, keys.ToParams()));
    LoadAuditHeads(result);
    audit_heads_.Load(shard, std::nullopt);
  }
  return audit_heads_.Find(shard)->value_or(AuditHead());
}

absl::Status PostgresTransaction::InsertAuditRecord(const AuditShard& shard, const StoredAuditRecord& record) {
  JIXIAO_ASSIGN_OR_RETURN(const AuditHead head, FindAuditHead(shard));
  if (record.sequence != head.sequence + 1) return absl::InternalError("audit entry does not follow the head");
  audit_entries_.Add({shard, record});
  audit_heads_.Set(shard, AuditHead{record.sequence, record.record.hash()});
  return absl::OkStatus();
}

absl::Status PostgresTransaction::LoadSubmissions(const PostgresResult& result) {
  for (int i = 0; i < result.rows(); ++i) {
    JIXIAO_ASSIGN_OR_RETURN(SubmissionRecord record, SubmissionFromRow(PostgresRow(result, i)));
    submissions_.Load(record.key, record);
  }
  return absl::OkStatus();
}

void PostgresTransaction::LoadAuditHeads(const PostgresResult& result) {
  for (int i = 0; i < result.rows(); ++i) {
    const auto [shard, head] = AuditHeadFromRow(PostgresRow(result, i));
    audit_heads_.Load(shard, head);
  }
}

void PostgresTransaction::LoadRequests(const PostgresResult& result) {
  for (int i = 0; i < result.rows(); ++i) {
    const PostgresRow row(result, i);
    const auto key = ParseSubmissionName("submissions/" + row.Text(0) + "." + row.Text(1), "name");
    if (!key.ok()) continue;
    requests_.Load({*key, row.Text(2)}, RequestRecord{row.Text(2), row.Text(3), row.Int(4), row.Flag(5)});
  }
}

}  // namespace jixiao::intake
