#include "common/identity/public_key.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>

#include <string>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/identity/base64url.h"

namespace jixiao {
namespace {

constexpr size_t kSignatureSize = 64;

const unsigned char* Bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

absl::Status BadKey(const std::string& problem) {
  return MakeError(absl::StatusCode::kInvalidArgument, "BAD_KEY", problem);
}

absl::StatusOr<std::string> Coordinate(const JsonObject& jwk, const std::string& name) {
  const std::optional<std::string> bytes = DecodeBase64Url(TextMember(jwk, name));
  if (!bytes || bytes->size() != size_t{kP256CoordinateBytes})
    return BadKey("`" + name + "` is not 32 bytes in base64url");
  return *bytes;
}

KeyHandle MakeEdKey(std::string_view point) {
  return KeyHandle(EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, Bytes(point), point.size()));
}

// Null if the point is not on the curve.
KeyHandle MakeEcKey(const std::string& point) {
  char group[] = "P-256";
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, const_cast<char*>(point.data()), point.size()),
      OSSL_PARAM_construct_end()};
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> maker(
      EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr), EVP_PKEY_CTX_free);
  EVP_PKEY* made = nullptr;
  if (maker == nullptr || EVP_PKEY_fromdata_init(maker.get()) != 1 ||
      EVP_PKEY_fromdata(maker.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters) != 1) {
    return nullptr;
  }
  KeyHandle key(made);
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> checker(
      EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr), EVP_PKEY_CTX_free);
  if (checker == nullptr || EVP_PKEY_public_check(checker.get()) != 1) return nullptr;
  return key;
}

// OpenSSL wants DER where RFC 7518 has the two numbers side by side.
std::string DerOf(std::string_view signature) {
  const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair(ECDSA_SIG_new(), ECDSA_SIG_free);
  const int half = kP256CoordinateBytes;
  BIGNUM* r = BN_bin2bn(Bytes(signature), half, nullptr);
  BIGNUM* s = BN_bin2bn(Bytes(signature) + half, half, nullptr);
  if (pair == nullptr || ECDSA_SIG_set0(pair.get(), r, s) != 1) {
    BN_free(r);
    BN_free(s);
    return "";
  }
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &der);
  if (size <= 0) return "";
  std::string bytes(reinterpret_cast<char*>(der), size);
  OPENSSL_free(der);
  return bytes;
}

}  // namespace

std::string_view AlgorithmOf(const EVP_PKEY* key) {
  if (key == nullptr) return "";
  if (EVP_PKEY_is_a(key, "ED25519")) return "EdDSA";
  if (!EVP_PKEY_is_a(key, "EC")) return "";
  char group[32];
  size_t size = 0;
  if (EVP_PKEY_get_group_name(key, group, sizeof(group), &size) != 1) return "";
  return std::string_view(group, size) == "prime256v1" ? "ES256" : "";
}

absl::StatusOr<PublicKey> PublicKey::FromJwk(const JsonObject& jwk) {
  if (FindMember(jwk, "d") != nullptr) return BadKey("it is a private key: the set must hold public keys only");
  const std::string type = TextMember(jwk, "kty");
  const std::string curve = TextMember(jwk, "crv");
  const bool is_ed = type == "OKP" && curve == "Ed25519";
  if (!is_ed && !(type == "EC" && curve == "P-256")) {
    return MakeError(absl::StatusCode::kUnimplemented, "OTHER_KEY_TYPE", "neither P-256 nor Ed25519");
  }
  JIXIAO_ASSIGN_OR_RETURN(std::string point, Coordinate(jwk, "x"));
  if (!is_ed) {
    JIXIAO_ASSIGN_OR_RETURN(const std::string y, Coordinate(jwk, "y"));
    point.insert(0, 1, '\x04').append(y);
  }
  KeyHandle key = is_ed ? MakeEdKey(point) : MakeEcKey(point);
  if (key == nullptr) return BadKey("the point is not on the curve");
  const std::string algorithm = TextMember(jwk, "alg");
  if (!algorithm.empty() && algorithm != AlgorithmOf(key.get())) return BadKey("`alg` does not fit the type of key");
  return PublicKey(std::move(key));
}

bool PublicKey::Verify(std::string_view message, std::string_view signature) const {
  if (signature.size() != kSignatureSize) return false;
  const bool is_ec = algorithm() == "ES256";
  const std::string bytes = is_ec ? DerOf(signature) : std::string(signature);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  return context != nullptr &&
         EVP_DigestVerifyInit_ex(context.get(), nullptr, is_ec ? "SHA256" : nullptr, nullptr, nullptr, key_.get(),
                                 nullptr) == 1 &&
         EVP_DigestVerify(context.get(), Bytes(bytes), bytes.size(), Bytes(message), message.size()) == 1;
}

}  // namespace jixiao
