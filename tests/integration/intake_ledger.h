// What a client of intake wrote down about its own filings, and whether a store
// kept what was acknowledged. Each line is flushed to disk before the client
// goes on, so it outlives any kill.
#ifndef JIXIAO_TESTS_INTEGRATION_INTAKE_LEDGER_H_
#define JIXIAO_TESTS_INTEGRATION_INTAKE_LEDGER_H_

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "intake/core/submission_store.h"

namespace jixiao::intake::testing {

struct LedgerReceipt {
  std::string submission_version;
  std::string report_digest;
};

// Thread-safe.
class Ledger {
 public:
  explicit Ledger(const std::string& path);
  ~Ledger();

  void WriteIntent(const std::string& request_id, const std::string& report_digest);
  void WriteReceipt(const std::string& request_id, const LedgerReceipt& receipt);

 private:
  void WriteLine(const std::string& line);

  std::mutex mutex_;
  int file_;
};

// Receipts of a ledger by request id; a torn last line is left out.
std::multimap<std::string, LedgerReceipt> ReadReceipts(const std::string& path);

// Everything that is wrong between the receipts and the store, in sentences:
// a receipt whose version is missing or has other bytes, a version number that
// is missing, one request id with two versions, a version submitted, scored or
// published more than once, an event number that is missing.
std::vector<std::string> ProblemsWith(SubmissionStore& store,
                                      const std::multimap<std::string, LedgerReceipt>& receipts);

// All submissions of a store.
std::vector<SubmissionRecord> AllSubmissions(SubmissionStore& store);

// Versions that have an event `action`, by name, with how many.
std::map<std::string, int> CountEvents(SubmissionStore& store, v1::SubmissionEvent::Action action);

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_TESTS_INTEGRATION_INTAKE_LEDGER_H_
