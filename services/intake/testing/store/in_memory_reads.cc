#include "intake/testing/store/in_memory_reads.h"

#include <algorithm>

namespace jixiao::intake::testing {
namespace {

// Reports that the roster expects, and whose they are.
std::map<SubmissionKey, UnitKey> ExpectedReports(const InMemoryTables& tables, const std::string& prefix, int year,
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

bool IsFiled(const InMemoryTables& tables, const SubmissionKey& key) {
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

absl::StatusOr<std::optional<SubmissionRecord>> InMemoryReads::FindSubmission(const SubmissionKey& key) {
  auto found = FindIn(tables_.submissions, key);
  after_look_();
  return found;
}

absl::StatusOr<std::optional<VersionRecord>> InMemoryReads::FindVersion(const VersionKey& key) {
  return FindIn(tables_.versions, key);
}

absl::StatusOr<std::optional<VersionDocuments>> InMemoryReads::FindDocuments(const VersionKey& key) {
  auto found = FindIn(tables_.documents, key);
  if (!found.has_value()) return std::optional<VersionDocuments>();
  const v1::Receipt& receipt = tables_.versions.at(key).version.receipt();
  return Unpack(*std::move(found), FormatVersionName(key), receipt.report_digest(), receipt.original_digest());
}

absl::StatusOr<std::string> InMemoryReads::FindScoreCard(const VersionKey& key) {
  return FindIn(tables_.score_cards, key).value_or("");
}

absl::StatusOr<ReviewNotes> InMemoryReads::FindReviewNotes(const VersionKey& key) {
  return FindIn(tables_.notes, key).value_or(ReviewNotes());
}

absl::StatusOr<std::vector<RosterEntry>> InMemoryReads::RosterHistory(const UnitKey& key) {
  std::vector<RosterEntry> history;
  for (const auto& [place, entry] : tables_.roster) {
    if (place.first == key) history.push_back(entry);
  }
  return history;
}

absl::StatusOr<std::vector<RosterEntry>> InMemoryReads::FindRosterUnitsByName(const std::string& division_code,
                                                                              const std::string& unit_name,
                                                                              int fiscal_year) {
  std::vector<RosterEntry> found;
  for (const auto& [place, entry] : tables_.roster) {
    const bool is_wanted = entry.key.division_code == division_code && entry.unit.unit_name() == unit_name;
    if (is_wanted && HoldsFor(entry, fiscal_year)) found.push_back(entry);
  }
  return found;
}

absl::StatusOr<std::optional<v1::Season>> InMemoryReads::FindSeason(const SeasonKey& key) {
  return FindIn(tables_.seasons, key);
}

absl::StatusOr<std::optional<ExtensionRecord>> InMemoryReads::FindExtension(const SeasonKey& season,
                                                                            const UnitKey& unit) {
  return FindIn(tables_.extensions, std::pair(season, unit));
}

absl::StatusOr<std::vector<ExtensionRecord>> InMemoryReads::Extensions(const SeasonKey& season) {
  std::vector<ExtensionRecord> records;
  for (const auto& [place, record] : tables_.extensions) {
    if (place.first == season) records.push_back(record);
  }
  return records;
}

absl::StatusOr<AuditHead> InMemoryReads::FindAuditHead(const AuditShard& shard) {
  const auto found = tables_.audit.find(shard);
  if (found == tables_.audit.end()) return AuditHead();
  return AuditHead{found->second.back().sequence, found->second.back().record.hash()};
}

absl::StatusOr<std::vector<SubmissionRecord>> InMemoryReads::Submissions(const ListFilter& filter,
                                                                         const std::optional<SubmissionKey>& after,
                                                                         int limit) {
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

absl::StatusOr<std::vector<VersionRecord>> InMemoryReads::Versions(const SubmissionKey& key, int before, int limit) {
  std::vector<VersionRecord> records;
  for (auto it = tables_.versions.rbegin(); it != tables_.versions.rend(); ++it) {
    if (it->first.submission != key || it->first.version >= before) continue;
    if (records.size() < static_cast<size_t>(limit)) records.push_back(it->second);
  }
  return records;
}

absl::StatusOr<std::vector<v1::SubmissionEvent>> InMemoryReads::Events(const SubmissionKey& key, int64_t after,
                                                                       int limit) {
  std::vector<v1::SubmissionEvent> events;
  for (const v1::SubmissionEvent& event : FindIn(tables_.events, key).value_or(events)) {
    if (event.sequence() > after && events.size() < static_cast<size_t>(limit)) events.push_back(event);
  }
  return events;
}

absl::StatusOr<StoreStatistics> InMemoryReads::Statistics() {
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

absl::StatusOr<std::vector<RosterEntry>> InMemoryReads::RosterUnits(const std::string& division_prefix, int fiscal_year,
                                                                    const std::optional<RosterEntry>& after,
                                                                    int limit) {
  std::vector<RosterEntry> entries;
  for (const auto& [place, entry] : tables_.roster) {
    const bool is_behind =
        !after.has_value() || place > std::pair(after->key, static_cast<int>(after->unit.first_fiscal_year()));
    if (!is_behind || !entry.key.division_code.starts_with(division_prefix) || !HoldsFor(entry, fiscal_year)) continue;
    if (entries.size() < static_cast<size_t>(limit)) entries.push_back(entry);
  }
  return entries;
}

absl::StatusOr<std::vector<DivisionProgress>> InMemoryReads::Progress(const std::string& division_prefix,
                                                                      int fiscal_year, report::v1::ReportKind kind) {
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

absl::StatusOr<std::vector<UnitKey>> InMemoryReads::MissingUnits(const std::string& division_prefix, int fiscal_year,
                                                                 report::v1::ReportKind kind, int limit) {
  std::vector<UnitKey> missing;
  for (const auto& [report, unit] : ExpectedReports(tables_, division_prefix, fiscal_year, kind)) {
    if (IsFiled(tables_, report) || missing.size() >= static_cast<size_t>(limit)) continue;
    if (missing.empty() || missing.back() != unit) missing.push_back(unit);
  }
  return missing;
}

absl::StatusOr<std::vector<std::pair<AuditShard, AuditHead>>> InMemoryReads::AuditHeads() {
  std::vector<std::pair<AuditShard, AuditHead>> heads;
  for (const auto& [shard, records] : tables_.audit) {
    heads.emplace_back(shard, AuditHead{records.back().sequence, records.back().record.hash()});
  }
  return heads;
}

absl::StatusOr<std::vector<StoredAuditRecord>> InMemoryReads::AuditLog(const AuditShard& shard, int64_t after,
                                                                       int limit) {
  std::vector<StoredAuditRecord> records;
  for (const StoredAuditRecord& record : FindIn(tables_.audit, shard).value_or(records)) {
    if (record.sequence > after && records.size() < static_cast<size_t>(limit)) records.push_back(record);
  }
  return records;
}

}  // namespace jixiao::intake::testing
