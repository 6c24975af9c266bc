// Says in a message why one item of a batch failed, as its single call would
// have said in its status.
#ifndef JIXIAO_INTAKE_RPC_ITEM_FAILURE_H_
#define JIXIAO_INTAKE_RPC_ITEM_FAILURE_H_

#include "absl/status/status.h"
#include "jixiao/intake/v1/item_failure.pb.h"

namespace jixiao::intake {

// `status` is not OK.
v1::ItemFailure ItemFailureOf(const absl::Status& status);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_RPC_ITEM_FAILURE_H_
