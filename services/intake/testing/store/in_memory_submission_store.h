// Pretends to be a store: all in memory, each write a transaction of its own,
// answered before Write returns. It passes the store contract, so what a test
// sees with it holds for the real ones; it survives nothing.
#ifndef JIXIAO_INTAKE_TESTING_STORE_IN_MEMORY_SUBMISSION_STORE_H_
#define JIXIAO_INTAKE_TESTING_STORE_IN_MEMORY_SUBMISSION_STORE_H_

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "intake/core/submission/submission_store.h"

namespace jixiao::intake::testing {

class InMemorySubmissionStore : public SubmissionStore {
 public:
  // The tables; copied for each transaction and swapped in if it succeeds.
  struct Tables {
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

  using SubmissionStore::Write;
  void Write(WriteTopic topic, Work work, Done done) override;
  absl::StatusOr<SubmissionRecord> GetSubmission(const SubmissionKey& key) override;
  absl::StatusOr<VersionRecord> GetVersion(const VersionKey& key) override;
  absl::StatusOr<VersionDocuments> GetDocuments(const VersionKey& key) override;
  absl::StatusOr<std::string> GetScoreCard(const VersionKey& key) override;
  absl::StatusOr<std::vector<SubmissionRecord>> ListSubmissions(const ListFilter& filter,
                                                                const std::optional<SubmissionKey>& after,
                                                                int limit) override;
  absl::StatusOr<std::vector<VersionRecord>> ListVersions(const SubmissionKey& key, int before, int limit) override;
  absl::StatusOr<std::vector<v1::SubmissionEvent>> ListEvents(const SubmissionKey& key, int64_t after,
                                                              int limit) override;
  absl::StatusOr<StoreStatistics> Statistics() override;
  absl::StatusOr<ReviewNotes> GetReviewNotes(const VersionKey& key) override;
  absl::StatusOr<v1::Season> GetSeason(const SeasonKey& key) override;
  absl::StatusOr<std::vector<RosterEntry>> ListRosterUnits(const std::string& division_prefix, int fiscal_year,
                                                           const std::optional<RosterEntry>& after, int limit) override;
  absl::StatusOr<std::vector<DivisionProgress>> CountProgress(const std::string& division_prefix, int fiscal_year,
                                                              report::v1::ReportKind kind) override;
  absl::StatusOr<std::vector<UnitKey>> ListMissingUnits(const std::string& division_prefix, int fiscal_year,
                                                        report::v1::ReportKind kind, int limit) override;
  absl::StatusOr<std::vector<std::pair<AuditShard, AuditHead>>> ListAuditHeads() override;
  absl::StatusOr<std::vector<StoredAuditRecord>> ReadAuditLog(const AuditShard& shard, int64_t after,
                                                              int limit) override;

  // Behind everybody's back: the report of `key` as a damaged disk would give it.
  void DamageReport(const VersionKey& key);
  // Open tasks, for assertions.
  std::vector<Task> Tasks();

 private:
  std::mutex mutex_;
  Tables tables_;
};

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_STORE_IN_MEMORY_SUBMISSION_STORE_H_
