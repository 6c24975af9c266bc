#include "intake/testing/store/in_memory_submission_store.h"

#include <algorithm>

#include "common/base/digest.h"
#include "common/base/status_macros.h"
#include "intake/core/submission/errors.h"
#include "intake/testing/store/in_memory_transaction.h"

namespace jixiao::intake::testing {
namespace {

using Tables = InMemorySubmissionStore::Tables;

// Reports that the roster expects, and whose they are.
std::map<SubmissionKey, UnitKey> ExpectedReports(const Tables& tables, const std::string& prefix, int year,
                                                 report::v1::ReportKind kind) {
  std::map<SubmissionKey, UnitKey> expected;
  for (const auto& [key, entry] : tables.roster) {
    if (!entry.key.division_code.starts_with(prefix) || !HoldsFor(entry, year)) continue;
    SubmissionKey report{entry.key.division_code, entry.key.unit_code, year, kind, ""};
    if (kind == report::v1::REPORT_KIND_DEPARTMENT) {
      if (entry.unit.expects_department_report()) expected[report] = entry.key;
      continue;
    }
    for (const std::string& project : entry.unit.expected_projects()) {
      report.project = ProjectCode(project);
      expected[report] = entry.key;
    }
  }
  return expected;
}

bool IsFiled(const Tables& tables, const SubmissionKey& key) {
  const auto found = tables.submissions.find(key);
  return found != tables.submissions.end() && found->second.submission.state() != v1::Submission::STATE_WITHDRAWN;
}

void Count(const v1::Submission& submission, DivisionProgress& progress) {
  ++progress.filed;
  if (submission.lateness().working_days_late() > 0) ++progress.late;
  if (submission.state() == v1::Submission::STATE_RETURNED) ++progress.returned;
  if (submission.state() == v1::Submission::STATE_PUBLISHED) ++progress.published;
  if (submission.state() == v1::Submission::STATE_APPROVED || submission.state() == v1::Submission::STATE_PUBLISHED) {
    ++progress.approved;
  }
}

}  // namespace

void InMemorySubmissionStore::Write(WriteTopic, Work work, Done done) {
  absl::Status status;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    Tables changed = tables_;
    InMemoryTransaction transaction(changed);
    status = work(transaction);
    if (status.ok()) tables_ = std::move(changed);
  }
  done(std::move(status));
}

absl::StatusOr<SubmissionRecord> InMemorySubmissionStore::GetSubmission(const SubmissionKey& key) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (auto found = FindIn(tables_.submissions, key)) return *std::move(found);
  return NotFound();
}

absl::StatusOr<VersionRecord> InMemorySubmissionStore::GetVersion(const VersionKey& key) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (auto found = FindIn(tables_.versions, key)) return *std::move(found);
  return NotFound();
}

absl::StatusOr<VersionDocuments> InMemorySubmissionStore::GetDocuments(const VersionKey& key) {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto found = FindIn(tables_.documents, key);
  if (!found.has_value()) return NotFound();
  const v1::Receipt& receipt = tables_.versions[key].version.receipt();
  return Unpack(*std::move(found), FormatVersionName(key), receipt.report_digest(), receipt.original_digest());
}

absl::StatusOr<std::string> InMemorySubmissionStore::GetScoreCard(const VersionKey& key) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return FindIn(tables_.score_cards, key).value_or("");
}

absl::StatusOr<std::vector<SubmissionRecord>> InMemorySubmissionStore::ListSubmissions(
    const ListFilter& filter, const std::optional<SubmissionKey>& after, int limit) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::map<std::string, SubmissionRecord> by_name;
  for (const auto& [key, record] : tables_.submissions) {
    const bool is_wanted =
        key.division_code.starts_with(filter.division_prefix) &&
        (filter.fiscal_year == 0 || key.fiscal_year == filter.fiscal_year) &&
        (filter.state == v1::Submission::STATE_UNSPECIFIED || record.submission.state() == filter.state) &&
        (filter.kind == report::v1::REPORT_KIND_UNSPECIFIED || key.kind == filter.kind) &&
        (!filter.scopes.has_value() || std::any_of(filter.scopes->begin(), filter.scopes->end(),
                                                   [&](const Scope& s) { return ScopeCovers(s, ResourceOf(key)); }));
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

absl::StatusOr<ReviewNotes> InMemorySubmissionStore::GetReviewNotes(const VersionKey& key) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return FindIn(tables_.notes, key).value_or(ReviewNotes());
}

absl::StatusOr<v1::Season> InMemorySubmissionStore::GetSeason(const SeasonKey& key) {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto found = FindIn(tables_.seasons, key);
  if (!found.has_value()) return NotFound();
  for (const auto& [place, record] : tables_.extensions) {
    if (place.first == key) *found->add_extensions() = record.extension;
  }
  return *std::move(found);
}

absl::StatusOr<std::vector<RosterEntry>> InMemorySubmissionStore::ListRosterUnits(
    const std::string& division_prefix, int fiscal_year, const std::optional<RosterEntry>& after, int limit) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<RosterEntry> entries;
  for (const auto& [place, entry] : tables_.roster) {
    const bool is_behind =
        !after.has_value() || place > std::pair(after->key, static_cast<int>(after->unit.first_fiscal_year()));
    if (!is_behind || !entry.key.division_code.starts_with(division_prefix) || !HoldsFor(entry, fiscal_year)) continue;
    if (entries.size() < static_cast<size_t>(limit)) entries.push_back(entry);
  }
  return entries;
}

absl::StatusOr<std::vector<DivisionProgress>> InMemorySubmissionStore::CountProgress(const std::string& division_prefix,
                                                                                     int fiscal_year,
                                                                                     report::v1::ReportKind kind) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::map<std::string, DivisionProgress> divisions;
  const auto expected = ExpectedReports(tables_, division_prefix, fiscal_year, kind);
  for (const auto& [report, unit] : expected) {
    DivisionProgress& progress = divisions[report.division_code];
    ++progress.expected;
    if (IsFiled(tables_, report)) Count(tables_.submissions.at(report).submission, progress);
  }
  for (const auto& [key, record] : tables_.submissions) {
    const bool is_asked_for =
        key.division_code.starts_with(division_prefix) && key.fiscal_year == fiscal_year && key.kind == kind;
    if (is_asked_for && IsFiled(tables_, key) && expected.count(key) == 0) ++divisions[key.division_code].unexpected;
  }
  std::vector<DivisionProgress> counted;
  for (auto& [code, progress] : divisions) {
    progress.division_code = code;
    counted.push_back(progress);
  }
  return counted;
}

absl::StatusOr<std::vector<UnitKey>> InMemorySubmissionStore::ListMissingUnits(const std::string& division_prefix,
                                                                               int fiscal_year,
                                                                               report::v1::ReportKind kind, int limit) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<UnitKey> missing;
  for (const auto& [report, unit] : ExpectedReports(tables_, division_prefix, fiscal_year, kind)) {
    if (IsFiled(tables_, report) || missing.size() >= static_cast<size_t>(limit)) continue;
    if (missing.empty() || missing.back() != unit) missing.push_back(unit);
  }
  return missing;
}

absl::StatusOr<std::vector<std::pair<AuditShard, AuditHead>>> InMemorySubmissionStore::ListAuditHeads() {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<std::pair<AuditShard, AuditHead>> heads;
  for (const auto& [shard, records] : tables_.audit) {
    heads.emplace_back(shard, AuditHead{records.back().sequence, records.back().record.hash()});
  }
  return heads;
}

absl::StatusOr<std::vector<StoredAuditRecord>> InMemorySubmissionStore::ReadAuditLog(const AuditShard& shard,
                                                                                     int64_t after, int limit) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<StoredAuditRecord> records;
  for (const StoredAuditRecord& record : tables_.audit[shard]) {
    if (record.sequence > after && records.size() < static_cast<size_t>(limit)) records.push_back(record);
  }
  return records;
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
