// Tells who calls by token or client certificate, and their rights by the
// registry.
#ifndef JIXIAO_INTAKE_RPC_IDENTITY_CALLERS_H_
#define JIXIAO_INTAKE_RPC_IDENTITY_CALLERS_H_

#include <memory>
#include <string>

#include "common/identity/identity_registry.h"
#include "common/identity/token_verifier.h"
#include "common/identity/watched_file.h"
#include "intake/rpc/callers.h"

namespace jixiao::intake {

// A token wins over a certificate: it names the person behind the machine. A bad
// token is refused whatever certificate comes with it.
class IdentityCallers final : public Callers {
 public:
  struct Parts {
    std::unique_ptr<TokenVerifier> tokens;  // null: no tokens are taken
    std::unique_ptr<WatchedFile<IdentityRegistry>> registry;
    std::string trust_domain;
  };

  explicit IdentityCallers(Parts parts) : parts_(std::move(parts)) {}

  absl::StatusOr<Subject> Identify(const grpc::CallbackServerContext& context) const override;

 private:
  absl::StatusOr<std::string> Prove(const grpc::CallbackServerContext& context) const;

  const Parts parts_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_RPC_IDENTITY_CALLERS_H_
