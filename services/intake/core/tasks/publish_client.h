// Asks for a version to go public, or to be taken down.
#ifndef JIXIAO_INTAKE_CORE_TASKS_PUBLISH_CLIENT_H_
#define JIXIAO_INTAKE_CORE_TASKS_PUBLISH_CLIENT_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jixiao/intake/v1/submission.pb.h"

namespace jixiao::intake {

struct PublishCall {
  std::string submission_version;  // `{submission}/versions/{version}`
  std::string report_bytes;
  std::string report_digest;
  std::string score_card_bytes;
  std::string approval_reason;  // empty if no blocking finding was open
  std::vector<v1::FindingExplanation> explanations;
  absl::Time deadline;
  std::string trace_id;
};

struct WithdrawCall {
  std::string submission_version;
  std::string reason;
  absl::Time deadline;
  std::string trace_id;
};

// Thread-safe. Both methods call `done` once, on any thread, possibly before
// returning, and may be repeated: publishing is idempotent by version.
class PublishClient {
 public:
  using PublishDone = std::function<void(absl::StatusOr<std::string>)>;
  using WithdrawDone = std::function<void(absl::Status)>;

  virtual ~PublishClient() = default;

  // Gives the path of the page, or
  //   INVALID_ARGUMENT, ALREADY_EXISTS, FAILED_PRECONDITION
  //                  a person must decide; repeating alone will not help;
  //   anything else  try again later.
  virtual void Publish(PublishCall call, PublishDone done) = 0;

  // NOT_FOUND if the version was never published.
  virtual void Withdraw(WithdrawCall call, WithdrawDone done) = 0;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_TASKS_PUBLISH_CLIENT_H_
