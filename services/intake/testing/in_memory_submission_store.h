// Pretends to be a store: all in memory, each write a transaction of its own,
// answered before Write returns. It passes the store contract, so what a test
// sees with it holds for the real ones; it survives nothing.
#ifndef JIXIAO_INTAKE_TESTING_IN_MEMORY_SUBMISSION_STORE_H_
#define JIXIAO_INTAKE_TESTING_IN_MEMORY_SUBMISSION_STORE_H_

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "intake/core/submission_store.h"

namespace jixiao::intake::testing {

class InMemorySubmissionStore : public SubmissionStore {
 public:
  // The tables; copied for each transaction and swapped in if it succeeds.
  struct Tables {
    std::map<SubmissionKey, SubmissionRecord> submissions;
    std::map<VersionKey, VersionRecord> versions;
    std::map<VersionKey, VersionDocuments> documents;
    std::map<VersionKey, std::string> score_cards;
    std::map<SubmissionKey, std::vector<v1::SubmissionEvent>> events;
    std::map<std::pair<SubmissionKey, std::string>, RequestRecord> requests;
    std::map<std::pair<VersionKey, TaskKind>, Task> tasks;
  };

  void Write(Work work, Done done) override;
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

  // Behind everybody's back: the report of `key` as a damaged disk would give it.
  void DamageReport(const VersionKey& key);
  // Open tasks, for assertions.
  std::vector<Task> Tasks();

 private:
  std::mutex mutex_;
  Tables tables_;
};

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_IN_MEMORY_SUBMISSION_STORE_H_
