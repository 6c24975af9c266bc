// What every store has to keep; add ${INTAKE_STORE_CONTRACT} to the sources of a
// test and instantiate beside each implementation:
//
//   INSTANTIATE_TEST_SUITE_P(Sqlite, SubmissionStoreContract, Values(MakeSqliteStore));
#ifndef JIXIAO_INTAKE_TESTING_STORE_SUBMISSION_STORE_CONTRACT_H_
#define JIXIAO_INTAKE_TESTING_STORE_SUBMISSION_STORE_CONTRACT_H_

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "intake/core/submission/submission_store.h"

namespace jixiao::intake::testing {

// A store with nothing in it, and whatever it needs to live.
struct StoreUnderTest {
  std::shared_ptr<void> home;
  std::unique_ptr<SubmissionStore> store;
};

class SubmissionStoreContract : public ::testing::TestWithParam<std::function<StoreUnderTest()>> {
 protected:
  void SetUp() override { under_test_ = GetParam()(); }
  SubmissionStore& store() { return *under_test_.store; }

  // Files a version with core's own rules; gives its number.
  int File(const std::string& request_id, const std::string& title, const SubmissionKey& key);
  // Runs a change that has to succeed.
  void MustWrite(const SubmissionStore::Work& work);
  // What `read` gives inside a transaction; it has to succeed.
  template <typename Result>
  Result InTransaction(const std::function<absl::StatusOr<Result>(SubmissionTransaction&)>& read) {
    Result result{};
    MustWrite([&](SubmissionTransaction& transaction) {
      absl::StatusOr<Result> found = read(transaction);
      if (found.ok()) result = *std::move(found);
      return found.status();
    });
    return result;
  }
  // Changes the stored record of `key`.
  void Change(const SubmissionKey& key, const std::function<void(v1::Submission&)>& change);

  StoreUnderTest under_test_;
};

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_STORE_SUBMISSION_STORE_CONTRACT_H_
