// A store with a bug planted in it, for tests of the tests: what the checker does
// not see here, it would not see in the real one. The real store stays as it is.
#ifndef JIXIAO_TESTS_FAULTS_PLANTED_STORE_H_
#define JIXIAO_TESTS_FAULTS_PLANTED_STORE_H_

#include <atomic>
#include <string>

#include "intake/core/submission/submission_store.h"

namespace jixiao::faults {

enum class Bug {
  kNone,
  kAcknowledgesBeforeCommit,  // and dies with every seventh write on its hands
  kForgetsRequestIds,
  kSkipsAuditEntries,       // every fifth
  kSerializesReportsAgain,  // and stores digest and bytes of that
  kAnswersStaleVersions,    // reads give the version before
  kDecidesOnStaleVersions,  // writes see the version before, and no primary key minds
};
std::string NameOf(Bug bug);

class PlantedStore : public intake::SubmissionStore {
 public:
  using Key = intake::SubmissionKey;

  PlantedStore(SubmissionStore& inner, Bug bug) : inner_(inner), bug_(bug) {}

  // How often the bug did something wrong.
  int done_wrong() const { return done_wrong_; }

  using SubmissionStore::Write;
  void Write(intake::WriteTopic topic, Work work, Done done) override;
  absl::StatusOr<intake::SubmissionRecord> GetSubmission(const Key& key) override;
  absl::StatusOr<std::vector<intake::VersionRecord>> ListVersions(const Key& key, int before, int limit) override;

  absl::StatusOr<intake::VersionRecord> GetVersion(const intake::VersionKey& key) override {
    return inner_.GetVersion(key);
  }
  absl::StatusOr<intake::VersionDocuments> GetDocuments(const intake::VersionKey& key) override {
    return inner_.GetDocuments(key);
  }
  absl::StatusOr<std::string> GetScoreCard(const intake::VersionKey& key) override { return inner_.GetScoreCard(key); }
  absl::StatusOr<std::vector<intake::SubmissionRecord>> ListSubmissions(const intake::ListFilter& filter,
                                                                        const std::optional<Key>& after,
                                                                        int limit) override {
    return inner_.ListSubmissions(filter, after, limit);
  }
  absl::StatusOr<std::vector<intake::v1::SubmissionEvent>> ListEvents(const Key& key, int64_t after,
                                                                      int limit) override {
    return inner_.ListEvents(key, after, limit);
  }
  absl::StatusOr<intake::StoreStatistics> Statistics() override { return inner_.Statistics(); }
  absl::StatusOr<intake::ReviewNotes> GetReviewNotes(const intake::VersionKey& key) override {
    return inner_.GetReviewNotes(key);
  }
  absl::StatusOr<intake::v1::Season> GetSeason(const intake::SeasonKey& key) override { return inner_.GetSeason(key); }
  absl::StatusOr<std::vector<intake::RosterEntry>> ListRosterUnits(const std::string& division_prefix, int fiscal_year,
                                                                   const std::optional<intake::RosterEntry>& after,
                                                                   int limit) override {
    return inner_.ListRosterUnits(division_prefix, fiscal_year, after, limit);
  }
  absl::StatusOr<std::vector<intake::DivisionProgress>> CountProgress(const std::string& division_prefix,
                                                                      int fiscal_year,
                                                                      report::v1::ReportKind kind) override {
    return inner_.CountProgress(division_prefix, fiscal_year, kind);
  }
  absl::StatusOr<std::vector<intake::UnitKey>> ListMissingUnits(const std::string& division_prefix, int fiscal_year,
                                                                report::v1::ReportKind kind, int limit) override {
    return inner_.ListMissingUnits(division_prefix, fiscal_year, kind, limit);
  }
  absl::StatusOr<std::vector<std::pair<intake::AuditShard, intake::AuditHead>>> ListAuditHeads() override {
    return inner_.ListAuditHeads();
  }
  absl::StatusOr<std::vector<intake::StoredAuditRecord>> ReadAuditLog(const intake::AuditShard& shard, int64_t after,
                                                                      int limit) override {
    return inner_.ReadAuditLog(shard, after, limit);
  }

 private:
  SubmissionStore& inner_;
  const Bug bug_;
  std::atomic<int> writes_{0};
  std::atomic<int> audit_entries_{0};
  std::atomic<int> done_wrong_{0};
};

}  // namespace jixiao::faults

#endif  // JIXIAO_TESTS_FAULTS_PLANTED_STORE_H_
