// A key that checks signatures. Its type fixes the algorithm, whatever a token
// says: P-256 is ES256, Ed25519 is EdDSA, and there are no others.
#ifndef JIXIAO_COMMON_IDENTITY_PUBLIC_KEY_H_
#define JIXIAO_COMMON_IDENTITY_PUBLIC_KEY_H_

#include <openssl/evp.h>

#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/identity/json_object.h"

namespace jixiao {

// Of a coordinate of a point on P-256, and of each half of an ES256 signature.
inline constexpr int kP256CoordinateBytes = 32;

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using KeyHandle = std::unique_ptr<EVP_PKEY, FreeKey>;

// `ES256`, `EdDSA`; empty for any other type of key.
std::string_view AlgorithmOf(const EVP_PKEY* key);

class PublicKey {
 public:
  // From an RFC 7517 key. UNIMPLEMENTED for other types and curves, which a set
  // may hold besides; INVALID_ARGUMENT for a broken key, one that is not on its
  // curve, or a private one.
  static absl::StatusOr<PublicKey> FromJwk(const JsonObject& jwk);

  std::string_view algorithm() const { return AlgorithmOf(key_.get()); }

  // `signature` as RFC 7515 has it: 64 bytes for both algorithms.
  bool Verify(std::string_view message, std::string_view signature) const;

 private:
  explicit PublicKey(KeyHandle key) : key_(std::move(key)) {}

  KeyHandle key_;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_IDENTITY_PUBLIC_KEY_H_
