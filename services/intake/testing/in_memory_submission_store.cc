#include "intake/testing/in_memory_submission_store.h"

#include <algorithm>

#include "common/base/digest.h"
#include "intake/core/errors.h"

namespace jixiao::intake::testing {
namespace {

using Tables = InMemorySubmissionStore::Tables;

template <typename Map, typename Key>
std::optional<typename Map::mapped_type> Find(const Map& map, const Key& key) {
  const auto found = map.find(key);
  if (found == map.end()) return std::nullopt;
  return found->second;
}

class Transaction : public SubmissionTransaction {
 public:
  explicit Transaction(Tables& tables) : tables_(tables) {}

  absl::StatusOr<std::optional<SubmissionRecord>> FindSubmission(const SubmissionKey& key) override {
    return Find(tables_.submissions, key);
  }
  absl::StatusOr<std::optional<VersionRecord>> FindVersion(const VersionKey& key) override {
    return Find(tables_.versions, key);
  }
  absl::StatusOr<std::optional<RequestRecord>> FindRequest(const SubmissionKey& key,
                                                           const std::string& request_id) override {
    return Find(tables_.requests, std::pair(key, request_id));
  }
  absl::StatusOr<std::optional<Task>> FindTask(const VersionKey& key, TaskKind kind) override {
    return Find(tables_.tasks, std::pair(key, kind));
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
  absl::Status InsertVersion(const VersionRecord& record, const VersionDocuments& documents) override {
    for (auto& [key, earlier] : tables_.versions) {
      if (key.submission == record.key.submission) earlier.version.set_is_superseded(true);
    }
    VersionRecord stored = record;
    stored.version.set_is_superseded(false);
    if (!tables_.versions.emplace(record.key, stored).second) return absl::InternalError("version exists");
    tables_.documents[record.key] = documents;
    return absl::OkStatus();
  }
  absl::Status SetVersionState(const VersionKey& key, v1::Submission::State state) override {
    tables_.versions[key].version.set_state(state);
    return absl::OkStatus();
  }
  absl::Status InsertScoreCard(const VersionKey& key, const std::string& bytes) override {
    if (!tables_.score_cards.emplace(key, bytes).second) return absl::InternalError("score card exists");
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

 private:
  Tables& tables_;
};

}  // namespace

void InMemorySubmissionStore::Write(Work work, Done done) {
  absl::Status status;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    Tables changed = tables_;
    Transaction transaction(changed);
    status = work(transaction);
    if (status.ok()) tables_ = std::move(changed);
  }
  done(std::move(status));
}

absl::StatusOr<SubmissionRecord> InMemorySubmissionStore::GetSubmission(const SubmissionKey& key) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (auto found = Find(tables_.submissions, key)) return *std::move(found);
  return NoSuchSubmission(FormatSubmissionName(key));
}

absl::StatusOr<VersionRecord> InMemorySubmissionStore::GetVersion(const VersionKey& key) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (auto found = Find(tables_.versions, key)) return *std::move(found);
  return NoSuchVersion(FormatVersionName(key));
}

absl::StatusOr<VersionDocuments> InMemorySubmissionStore::GetDocuments(const VersionKey& key) {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto found = Find(tables_.documents, key);
  if (!found.has_value()) return NoSuchVersion(FormatVersionName(key));
  if (ContentDigest(found->report_bytes) != tables_.versions[key].version.receipt().report_digest()) {
    return StoredBytesDamaged(FormatVersionName(key));
  }
  return *std::move(found);
}

absl::StatusOr<std::string> InMemorySubmissionStore::GetScoreCard(const VersionKey& key) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return Find(tables_.score_cards, key).value_or("");
}

absl::StatusOr<std::vector<SubmissionRecord>> InMemorySubmissionStore::ListSubmissions(
    const ListFilter& filter, const std::optional<SubmissionKey>& after, int limit) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::map<std::string, SubmissionRecord> by_name;
  for (const auto& [key, record] : tables_.submissions) {
    const bool is_wanted =
        key.division_code.starts_with(filter.division_prefix) &&
        (filter.fiscal_year == 0 || key.fiscal_year == filter.fiscal_year) &&
        (filter.state == v1::Submission::STATE_UNSPECIFIED || record.submission.state() == filter.state);
    const std::string name = FormatSubmissionName(key);
    if (is_wanted && (!after.has_value() || name > FormatSubmissionName(*after))) by_name[name] = record;
  }
  std::vector<SubmissionRecord> records;
  for (auto& [name, record] : by_name) {
    if (records.size() < static_cast<size_t>(limit)) records.push_back(std::move(record));
  }
  return records;
}

absl::StatusOr<std::vector<VersionRecord>> InMemorySubmissionStore::ListVersions(const SubmissionKey& key, int before,
                                                                                 int limit) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<VersionRecord> records;
  for (auto it = tables_.versions.rbegin(); it != tables_.versions.rend(); ++it) {
    if (it->first.submission != key || it->first.version >= before) continue;
    if (records.size() < static_cast<size_t>(limit)) records.push_back(it->second);
  }
  return records;
}

absl::StatusOr<std::vector<v1::SubmissionEvent>> InMemorySubmissionStore::ListEvents(const SubmissionKey& key,
                                                                                     int64_t after, int limit) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<v1::SubmissionEvent> events;
  for (const v1::SubmissionEvent& event : tables_.events[key]) {
    if (event.sequence() > after && events.size() < static_cast<size_t>(limit)) events.push_back(event);
  }
  return events;
}

absl::StatusOr<StoreStatistics> InMemorySubmissionStore::Statistics() {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::map<v1::Submission::State, int64_t> states;
  for (const auto& [key, record] : tables_.submissions) ++states[record.submission.state()];
  std::map<TaskKind, TaskBacklog> backlogs;
  for (const auto& [key, task] : tables_.tasks) {
    TaskBacklog& backlog = backlogs.try_emplace(task.kind, TaskBacklog{task.kind, 0, task.create_time}).first->second;
    ++backlog.count;
    backlog.oldest_create_time = std::min(backlog.oldest_create_time, task.create_time);
  }
  StoreStatistics statistics;
  statistics.submissions_by_state.assign(states.begin(), states.end());
  for (const auto& [kind, backlog] : backlogs) statistics.backlogs.push_back(backlog);
  return statistics;
}

void InMemorySubmissionStore::DamageReport(const VersionKey& key) {
  const std::lock_guard<std::mutex> lock(mutex_);
  tables_.documents[key].report_bytes += "?";
}

std::vector<Task> InMemorySubmissionStore::Tasks() {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<Task> tasks;
  for (const auto& [key, task] : tables_.tasks) tasks.push_back(task);
  return tasks;
}

}  // namespace jixiao::intake::testing
