// Signs tokens: for development, for tests, and for an issuer of one's own. The
// services only check them.
#ifndef JIXIAO_COMMON_IDENTITY_SIGNING_KEY_H_
#define JIXIAO_COMMON_IDENTITY_SIGNING_KEY_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/identity/public_key.h"

namespace jixiao {

class SigningKey {
 public:
  // A private key of P-256 or Ed25519 in PEM; else INVALID_ARGUMENT.
  static absl::StatusOr<SigningKey> FromPem(std::string_view pem);

  // Fresh keys, for tests.
  static SigningKey NewEd25519();
  static SigningKey NewP256();

  // From the public key, so that it need not be kept anywhere.
  const std::string& kid() const { return kid_; }
  std::string_view algorithm() const { return AlgorithmOf(key_.get()); }

  // The public half as one key of RFC 7517.
  std::string Jwk() const;

  // A compact token over header and claims as they stand, both JSON objects.
  std::string Sign(std::string_view header, std::string_view claims) const;

 private:
  explicit SigningKey(KeyHandle key);

  KeyHandle key_;
  std::string kid_;
};

// What an ordinary token says.
struct TokenDraft {
  std::string subject;
  std::string issuer;
  std::string audience;
  absl::Time issue_time;
  absl::Time expire_time;
};

std::string MakeToken(const SigningKey& key, const TokenDraft& draft);

// A key set with these keys.
std::string MakeKeySet(const std::vector<const SigningKey*>& keys);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_IDENTITY_SIGNING_KEY_H_
