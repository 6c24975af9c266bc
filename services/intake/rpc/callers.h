// Tells who calls.
#ifndef JIXIAO_INTAKE_RPC_CALLERS_H_
#define JIXIAO_INTAKE_RPC_CALLERS_H_

#include <grpcpp/grpcpp.h>

#include "absl/status/statusor.h"
#include "intake/core/authorize.h"

namespace jixiao::intake {

// Thread-safe.
class Callers {
 public:
  virtual ~Callers() = default;

  // UNAUTHENTICATED (reason NO_IDENTITY, INVALID_TOKEN or UNKNOWN_IDENTITY) with
  // a sentence that says how to mend it.
  virtual absl::StatusOr<Subject> Identify(const grpc::CallbackServerContext& context) const = 0;
};

// For tests alone. Believes metadata `x-jixiao-actor` (1 to 64 characters out of
// `A-Z a-z 0-9 . _ -`, `anonymous` if absent) and lets everybody do everything
// everywhere.
class BelievedCallers final : public Callers {
 public:
  absl::StatusOr<Subject> Identify(const grpc::CallbackServerContext& context) const override;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_RPC_CALLERS_H_
