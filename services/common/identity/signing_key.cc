#include "common/identity/signing_key.h"

#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <vector>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/identity/base64url.h"

namespace jixiao {
namespace {

// The numbers of a DER signature side by side, as RFC 7518 has them.
std::string RawOf(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair(
      d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())), ECDSA_SIG_free);
  JIXIAO_CHECK(pair != nullptr);
  std::string raw(2 * kP256CoordinateBytes, '\0');
  auto* out = reinterpret_cast<unsigned char*>(raw.data());
  JIXIAO_CHECK(BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), out, kP256CoordinateBytes) == kP256CoordinateBytes);
  JIXIAO_CHECK(BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), out + kP256CoordinateBytes, kP256CoordinateBytes) ==
               kP256CoordinateBytes);
  return raw;
}

std::string PublicBytes(const EVP_PKEY* key) {
  unsigned char bytes[128];
  size_t size = 0;
  JIXIAO_CHECK(EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, bytes, sizeof(bytes), &size) == 1);
  return {reinterpret_cast<char*>(bytes), size};
}

}  // namespace

SigningKey::SigningKey(KeyHandle key)
    : key_(std::move(key)), kid_(ContentDigest(PublicBytes(key_.get())).substr(sizeof("sha256:") - 1, 16)) {}

absl::StatusOr<SigningKey> SigningKey::FromPem(std::string_view pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> source(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                         BIO_free);
  KeyHandle key(PEM_read_bio_PrivateKey(source.get(), nullptr, nullptr, nullptr));
  if (AlgorithmOf(key.get()).empty()) {
    return MakeError(absl::StatusCode::kInvalidArgument, "BAD_KEY", "no private key of P-256 or Ed25519 in PEM");
  }
  return SigningKey(std::move(key));
}

SigningKey SigningKey::NewEd25519() { return SigningKey(KeyHandle(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"))); }
SigningKey SigningKey::NewP256() { return SigningKey(KeyHandle(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"))); }

std::string SigningKey::Jwk() const {
  const std::string bytes = PublicBytes(key_.get());
  if (algorithm() == "EdDSA") {
    return fmt::format(R"({{"kty":"OKP","crv":"Ed25519","use":"sig","alg":"EdDSA","kid":"{}","x":"{}"}})", kid_,
                       EncodeBase64Url(bytes));
  }
  // An uncompressed point: 04, x, y.
  const std::string_view point(bytes);
  return fmt::format(R"({{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"{}","x":"{}","y":"{}"}})", kid_,
                     EncodeBase64Url(point.substr(1, kP256CoordinateBytes)),
                     EncodeBase64Url(point.substr(1 + kP256CoordinateBytes)));
}

std::string SigningKey::Sign(std::string_view header, std::string_view claims) const {
  const std::string message = fmt::format("{}.{}", EncodeBase64Url(header), EncodeBase64Url(claims));
  const bool is_ec = algorithm() == "ES256";
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  JIXIAO_CHECK(EVP_DigestSignInit_ex(context.get(), nullptr, is_ec ? "SHA256" : nullptr, nullptr, nullptr, key_.get(),
                                     nullptr) == 1);
  std::string signature(128, '\0');
  size_t size = signature.size();
  JIXIAO_CHECK(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                              reinterpret_cast<const unsigned char*>(message.data()), message.size()) == 1);
  signature.resize(size);
  return fmt::format("{}.{}", message, EncodeBase64Url(is_ec ? RawOf(signature) : signature));
}

std::string MakeToken(const SigningKey& key, const TokenDraft& draft) {
  const std::string header = fmt::format(R"({{"alg":"{}","typ":"JWT","kid":"{}"}})", key.algorithm(), key.kid());
  return key.Sign(header, fmt::format(R"({{"iss":{},"aud":{},"sub":{},"iat":{},"exp":{}}})", JsonQuote(draft.issuer),
                                      JsonQuote(draft.audience), JsonQuote(draft.subject),
                                      absl::ToUnixSeconds(draft.issue_time), absl::ToUnixSeconds(draft.expire_time)));
}

std::string MakeKeySet(const std::vector<const SigningKey*>& keys) {
  std::string list;
  for (const SigningKey* key : keys) list += fmt::format("{}{}", list.empty() ? "" : ",", key->Jwk());
  return fmt::format(R"({{"keys":[{}]}})", list);
}

}  // namespace jixiao
