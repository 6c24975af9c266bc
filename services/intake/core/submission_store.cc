#include "intake/core/submission_store.h"

#include <future>
#include <utility>

namespace jixiao::intake {

absl::Status WriteAndWait(SubmissionStore& store, SubmissionStore::Work work) {
  std::promise<absl::Status> outcome;
  std::future<absl::Status> answer = outcome.get_future();
  store.Write(std::move(work), [&outcome](absl::Status status) { outcome.set_value(std::move(status)); });
  return answer.get();
}

}  // namespace jixiao::intake
