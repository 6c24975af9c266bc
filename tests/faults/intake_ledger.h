// What a client of intake wrote down about its own filings. Each line is flushed
// to disk before the client goes on, so it outlives any kill.
//
// An outcome is one of three: a receipt, a refusal, or neither, which is unknown:
// then the filing may be there, but once at most, and a repetition finds out.
#ifndef JIXIAO_FAULTS_INTAKE_LEDGER_H_
#define JIXIAO_FAULTS_INTAKE_LEDGER_H_

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "intake/core/submission/submission_store.h"

namespace jixiao::intake::testing {

struct LedgerIntent {
  std::string report_digest;
  std::optional<int> base_version;  // as stated in the request
};

struct LedgerReceipt {
  std::string submission_version;
  std::string report_digest;
};

struct LedgerRefusal {
  std::string report_digest;
  std::string code;  // `ABORTED`
};

// All by request id; one id may be used for several contents on purpose.
struct LedgerRecords {
  std::multimap<std::string, LedgerIntent> intents;
  std::multimap<std::string, LedgerReceipt> receipts;
  std::multimap<std::string, LedgerRefusal> refusals;

  // Intents without receipt and refusal, by request id and digest.
  std::set<std::pair<std::string, std::string>> Unknown() const;
};

// Thread-safe; lines that are written at one time share a flush.
class Ledger {
 public:
  explicit Ledger(const std::string& path);
  ~Ledger();

  void WriteIntent(const std::string& request_id, const std::string& report_digest,
                   std::optional<int> base_version = std::nullopt);
  void WriteReceipt(const std::string& request_id, const LedgerReceipt& receipt);
  void WriteRefusal(const std::string& request_id, const LedgerRefusal& refusal);

 private:
  void WriteLine(const std::string& line);

  const int file_;
  std::mutex mutex_;
  std::condition_variable flushed_;
  bool is_flushing_ = false;
  int64_t written_lines_ = 0;
  int64_t flushed_lines_ = 0;
};

// A torn last line is left out.
LedgerRecords ReadLedger(const std::string& path);
std::multimap<std::string, LedgerReceipt> ReadReceipts(const std::string& path);

// All submissions of a store.
std::vector<SubmissionRecord> AllSubmissions(SubmissionStore& store);

// Versions that have an event `action`, by name, with how many.
std::map<std::string, int> CountEvents(SubmissionStore& store, v1::SubmissionEvent::Action action);

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_FAULTS_INTAKE_LEDGER_H_
