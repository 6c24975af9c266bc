// How often reports may be filed. Limits are per unit and per budget system, and
// never per network address: a county's units share one.
#ifndef JIXIAO_INTAKE_CORE_FILING_SUBMIT_LIMITS_H_
#define JIXIAO_INTAKE_CORE_FILING_SUBMIT_LIMITS_H_

#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "intake/core/submission/authorize.h"

namespace jixiao::intake {

struct SubmitRate {
  int per_minute = 0;
  int burst = 0;
  int per_day = 0;  // in China's time; 0: no limit
};

// Thread-safe; remembers the 100,000 that filed last.
class SubmitLimits {
 public:
  struct Options {
    // All clerks of a unit together.
    SubmitRate unit = {.per_minute = 6, .burst = 10, .per_day = 200};
    // One budget system.
    SubmitRate system = {.per_minute = 60'000, .burst = 10'000, .per_day = 0};
  };

  explicit SubmitLimits(const Options& options) : options_(options) {}

  // Counts one filing of `subject`, who may file there. RESOURCE_EXHAUSTED with
  // the time to come back if it is one too many; that one is not counted.
  absl::Status Admit(const Subject& subject, const Resource& resource, absl::Time now);

 private:
  struct Account {
    std::string key;
    int64_t tokens_micro = 0;  // filings that may be made now, in millionths
    absl::Time counted;
    int64_t day = 0;
    int filed_today = 0;
  };

  Account& Find(const std::string& key, const SubmitRate& rate, absl::Time now);

  const Options options_;
  std::mutex mutex_;
  std::list<Account> accounts_;  // used last first
  std::map<std::string, std::list<Account>::iterator> by_key_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_FILING_SUBMIT_LIMITS_H_
