// Tells who calls.
#ifndef JIXIAO_INTAKE_RPC_CALLERS_H_
#define JIXIAO_INTAKE_RPC_CALLERS_H_

#include <grpcpp/grpcpp.h>

#include "absl/status/statusor.h"
#include "intake/core/submission/authorize.h"

namespace jixiao::intake {

// Thread-safe.
class Callers {
 public:
  virtual ~Callers() = default;

  // UNAUTHENTICATED (reason NO_IDENTITY, INVALID_TOKEN or UNKNOWN_IDENTITY) with
  // a sentence that says how to mend it.
  virtual absl::StatusOr<Subject> Identify(const grpc::CallbackServerContext& context) const = 0;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_RPC_CALLERS_H_
