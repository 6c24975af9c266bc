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
  PlantedStore(SubmissionStore& inner, Bug bug) : inner_(inner), bug_(bug) {}

  // How often the bug did something wrong.
  int done_wrong() const { return done_wrong_; }

  using SubmissionStore::Write;
  void Write(intake::WriteTopic topic, Work work, Done done) override;
  absl::Status Read(intake::ReadOperation operation, const ReadWork& work) override;

 private:
  SubmissionStore& inner_;
  const Bug bug_;
  std::atomic<int> writes_{0};
  std::atomic<int> audit_entries_{0};
  std::atomic<int> done_wrong_{0};
};

}  // namespace jixiao::faults

#endif  // JIXIAO_TESTS_FAULTS_PLANTED_STORE_H_
