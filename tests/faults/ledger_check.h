// Holds intake's store against what its clients wrote down and against itself.
// The invariants, as the fault table names them:
//   I1  every receipt's version is there, with the bytes of its digest;
//   I2  one current version, versions 1..n, each submitted once;
//   I3  one request id, one result; what was refused is not there; a stated base
//       version was the current one;
//   I7  the audit log verifies and has every step of every history, once.
#ifndef JIXIAO_TESTS_FAULTS_LEDGER_CHECK_H_
#define JIXIAO_TESTS_FAULTS_LEDGER_CHECK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "faults/intake_ledger.h"
#include "faults/store_view.h"

namespace jixiao::faults {

// Nothing that is not counted was checked.
struct CheckCounts {
  int64_t receipts = 0;
  int64_t refusals = 0;
  int64_t unknown = 0;         // intents without an answer
  int64_t unknown_stored = 0;  // of these, there
  int64_t submissions = 0;
  int64_t versions = 0;
  int64_t events = 0;
  int64_t audit_entries = 0;
};

struct CheckResult {
  std::vector<std::string> problems;  // each begins with the invariant: `I3 request-7: …`
  CheckCounts counts;
};

struct CheckOptions {
  // Histories from before the store had an audit log are taken as they are.
  bool has_unchained_histories = false;
};

// While nobody files; waits for the steps that services still take. Fails only if the store cannot be read; a single
// record that cannot is a problem.
absl::StatusOr<CheckResult> CheckStore(StoreView& view, const intake::testing::LedgerRecords& ledger,
                                       const CheckOptions& options = {});

// The same of a store that the test has open; what it cannot read is a problem.
std::vector<std::string> ProblemsWith(intake::SubmissionStore& store, const intake::testing::LedgerRecords& ledger);

// The first problems, a line each.
std::string Join(const std::vector<std::string>& problems);

}  // namespace jixiao::faults

#endif  // JIXIAO_TESTS_FAULTS_LEDGER_CHECK_H_
