#include "intake/core/submission/submission_store.h"

#include <future>
#include <utility>

namespace jixiao::intake {

absl::Status WriteAndWait(SubmissionStore& store, SubmissionStore::Work work) {
  return WriteAndWait(store, WriteTopic(), std::move(work));
}

absl::Status WriteAndWait(SubmissionStore& store, WriteTopic topic, SubmissionStore::Work work) {
  std::promise<absl::Status> outcome;
  std::future<absl::Status> answer = outcome.get_future();
  store.Write(std::move(topic), std::move(work),
              [&outcome](absl::Status status) { outcome.set_value(std::move(status)); });
  return answer.get();
}

}  // namespace jixiao::intake
