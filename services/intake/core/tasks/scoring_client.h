// Asks for the score of a report.
#ifndef JIXIAO_INTAKE_CORE_TASKS_SCORING_CLIENT_H_
#define JIXIAO_INTAKE_CORE_TASKS_SCORING_CLIENT_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jixiao/scoring/v1/scorecard.pb.h"

namespace jixiao::intake {

struct ScoringCall {
  std::string report_bytes;   // forwarded as they are
  std::string report_digest;  // what the answer has to be about
  std::string rule_set;       // empty: the one that applies
  scoring::v1::ScoringContext context;
  absl::Time deadline;
  std::string trace_id;  // 32 hex digits
};

// Thread-safe.
class ScoringClient {
 public:
  using Done = std::function<void(absl::StatusOr<std::string>)>;

  virtual ~ScoringClient() = default;

  // Calls `done` once, on any thread, possibly before returning, with the bytes
  // of the score card, or with
  //   INVALID_ARGUMENT  the report cannot be scored as it is;
  //   NOT_FOUND         reason NO_RULE_SET: no rule set applies;
  //   DATA_LOSS         the answer is about other bytes;
  //   anything else     try again later; scoring keeps nothing.
  virtual void Score(ScoringCall call, Done done) = 0;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_TASKS_SCORING_CLIENT_H_
