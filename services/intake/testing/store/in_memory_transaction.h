// What core decides on, over the tables of the fake store.
#ifndef JIXIAO_INTAKE_TESTING_STORE_IN_MEMORY_TRANSACTION_H_
#define JIXIAO_INTAKE_TESTING_STORE_IN_MEMORY_TRANSACTION_H_

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "intake/core/submission/submission_store.h"
#include "intake/testing/store/in_memory_reads.h"

namespace jixiao::intake::testing {

class InMemoryTransaction : public InMemoryReads, public SubmissionTransaction {
 public:
  explicit InMemoryTransaction(InMemoryTables& tables) : InMemoryReads(tables), tables_(tables) {}

  absl::StatusOr<std::optional<RequestRecord>> FindRequest(const SubmissionKey& key,
                                                           const std::string& request_id) override {
    return FindIn(tables_.requests, std::pair(key, request_id));
  }
  absl::StatusOr<std::optional<Task>> FindTask(const VersionKey& key, TaskKind kind) override {
    return FindIn(tables_.tasks, std::pair(key, kind));
  }
  absl::StatusOr<std::vector<int>> VersionsInState(const SubmissionKey& key, v1::Submission::State state) override {
    std::vector<int> versions;
    for (const auto& [version_key, record] : tables_.versions) {
      if (version_key.submission == key && record.version.state() == state) versions.push_back(version_key.version);
    }
    return versions;
  }
  absl::StatusOr<std::vector<Task>> DueTasks(absl::Time now, int limit) override {
    std::vector<Task> due;
    for (const auto& [key, task] : tables_.tasks) {
      const bool is_free = task.lease_until <= now || task.lease_owner.empty();
      if (task.not_before <= now && is_free) due.push_back(task);
    }
    std::stable_sort(due.begin(), due.end(), [](const Task& a, const Task& b) { return a.not_before < b.not_before; });
    if (due.size() > static_cast<size_t>(limit)) due.resize(static_cast<size_t>(limit));
    return due;
  }
  absl::Status PutSubmission(const SubmissionRecord& record) override {
    tables_.submissions[record.key] = record;
    return absl::OkStatus();
  }
  absl::Status InsertVersion(const VersionRecord& record, PackedDocuments documents) override {
    for (auto& [key, earlier] : tables_.versions) {
      if (key.submission == record.key.submission) earlier.version.set_is_superseded(true);
    }
    VersionRecord stored = record;
    stored.version.set_is_superseded(false);
    if (!tables_.versions.emplace(record.key, stored).second) return absl::InternalError("version exists");
    tables_.documents[record.key] = std::move(documents);
    return absl::OkStatus();
  }
  absl::Status SetVersionState(const VersionKey& key, v1::Submission::State state) override {
    tables_.versions[key].version.set_state(state);
    return absl::OkStatus();
  }
  absl::Status PutScoreCard(const VersionKey& key, const std::string& bytes) override {
    tables_.score_cards[key] = bytes;
    return absl::OkStatus();
  }
  absl::Status InsertEvent(const SubmissionKey& key, const v1::SubmissionEvent& event) override {
    auto& events = tables_.events[key];
    if (!events.empty() && events.back().sequence() >= event.sequence()) return absl::InternalError("event exists");
    events.push_back(event);
    return absl::OkStatus();
  }
  absl::Status InsertRequest(const SubmissionKey& key, const RequestRecord& request) override {
    if (!tables_.requests.emplace(std::pair(key, request.request_id), request).second) {
      return absl::InternalError("request exists");
    }
    return absl::OkStatus();
  }
  absl::Status PutTask(const Task& task) override {
    tables_.tasks[{task.key, task.kind}] = task;
    return absl::OkStatus();
  }
  absl::Status DeleteTask(const VersionKey& key, TaskKind kind) override {
    tables_.tasks.erase({key, kind});
    return absl::OkStatus();
  }
  absl::Status PutReviewNotes(const VersionKey& key, const ReviewNotes& notes) override {
    tables_.notes[key] = notes;
    return absl::OkStatus();
  }
  absl::Status PutRosterUnit(const RosterEntry& entry) override {
    tables_.roster[{entry.key, entry.unit.first_fiscal_year()}] = entry;
    return absl::OkStatus();
  }
  absl::Status PutSeason(const SeasonKey& key, const v1::Season& season) override {
    tables_.seasons[key] = season;
    tables_.seasons[key].clear_extensions();
    return absl::OkStatus();
  }
  absl::Status PutExtension(const ExtensionRecord& record) override {
    tables_.extensions[{record.season, record.unit}] = record;
    return absl::OkStatus();
  }
  absl::StatusOr<bool> HasFilings(const SeasonKey& season) override {
    for (const auto& [key, record] : tables_.versions) {
      if (record.version.receipt().lateness().season() == FormatSeasonName(season)) return true;
    }
    return false;
  }
  absl::StatusOr<std::optional<OperationRecord>> FindOperation(const std::string& division_code,
                                                               const std::string& request_id) override {
    return FindIn(tables_.operations, std::pair(division_code, request_id));
  }
  absl::Status InsertOperation(const OperationRecord& operation) override {
    const bool is_new =
        tables_.operations.emplace(std::pair(operation.division_code, operation.request_id), operation).second;
    return is_new ? absl::OkStatus() : absl::InternalError("operation exists");
  }
  absl::Status InsertAuditRecord(const AuditShard& shard, const StoredAuditRecord& record) override {
    auto& records = tables_.audit[shard];
    if (record.sequence != static_cast<int64_t>(records.size()) + 1) return absl::InternalError("audit entry exists");
    records.push_back(record);
    return absl::OkStatus();
  }

 private:
  InMemoryTables& tables_;
};

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_STORE_IN_MEMORY_TRANSACTION_H_
