// For any service with a store: what a store cannot do now, may do later, or cannot
// do at all. Why is for the log.
#ifndef JIXIAO_COMMON_BASE_STORE_ERRORS_H_
#define JIXIAO_COMMON_BASE_STORE_ERRORS_H_

#include "absl/status/status.h"

namespace jixiao {

absl::Status StoreFull();         // RESOURCE_EXHAUSTED, reason OVERLOADED
absl::Status StoreUnavailable();  // UNAVAILABLE, reason STORE_UNAVAILABLE
absl::Status StoreFailed();       // INTERNAL, reason STORE_FAILED

}  // namespace jixiao

#endif  // JIXIAO_COMMON_BASE_STORE_ERRORS_H_
