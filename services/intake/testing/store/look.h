// For tests: one look at a store, a read of its own.
#ifndef JIXIAO_INTAKE_TESTING_STORE_LOOK_H_
#define JIXIAO_INTAKE_TESTING_STORE_LOOK_H_

#include <functional>
#include <optional>
#include <utility>

#include "intake/core/submission/submission_store.h"

namespace jixiao::intake::testing {

template <typename T>
absl::StatusOr<T> OrNotFound(absl::StatusOr<T> found) {
  return found;
}
template <typename T>
absl::StatusOr<T> OrNotFound(absl::StatusOr<std::optional<T>> found) {
  return Found(std::move(found));
}

// What `read`, a method of SubmissionReads or a function over it, gives; NOT_FOUND
// for nothing.
template <typename Store, typename Read, typename... Arguments>
auto Look(Store& store, Read read, const Arguments&... arguments) {
  return OrNotFound(ReadFrom(store, ReadOperation::kSubmission,
                             [&](SubmissionReads& reads) { return std::invoke(read, reads, arguments...); }));
}

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_STORE_LOOK_H_
