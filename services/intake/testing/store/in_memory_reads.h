// What can be asked of the fake store, over its tables.
#ifndef JIXIAO_INTAKE_TESTING_STORE_IN_MEMORY_READS_H_
#define JIXIAO_INTAKE_TESTING_STORE_IN_MEMORY_READS_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "intake/core/submission/submission_reads.h"

namespace jixiao::intake::testing {

struct InMemoryTables {
  std::map<SubmissionKey, SubmissionRecord> submissions;
  std::map<VersionKey, VersionRecord> versions;
  std::map<VersionKey, PackedDocuments> documents;
  std::map<VersionKey, std::string> score_cards;
  std::map<SubmissionKey, std::vector<v1::SubmissionEvent>> events;
  std::map<std::pair<SubmissionKey, std::string>, RequestRecord> requests;
  std::map<std::pair<VersionKey, TaskKind>, Task> tasks;
  std::map<VersionKey, ReviewNotes> notes;
  std::map<std::pair<UnitKey, int>, RosterEntry> roster;  // by first year
  std::map<SeasonKey, v1::Season> seasons;
  std::map<std::pair<SeasonKey, UnitKey>, ExtensionRecord> extensions;
  std::map<std::pair<std::string, std::string>, OperationRecord> operations;
  std::map<AuditShard, std::vector<StoredAuditRecord>> audit;
};

template <typename Map, typename Key>
std::optional<typename Map::mapped_type> FindIn(const Map& map, const Key& key) {
  const auto found = map.find(key);
  if (found == map.end()) return std::nullopt;
  return found->second;
}

class InMemoryReads : public virtual SubmissionReads {
 public:
  // `after_look` is called behind each FindSubmission.
  explicit InMemoryReads(
      const InMemoryTables& tables, std::function<void()> after_look = [] {})
      : tables_(tables), after_look_(std::move(after_look)) {}

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

 private:
  const InMemoryTables& tables_;
  const std::function<void()> after_look_;
};

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_STORE_IN_MEMORY_READS_H_
