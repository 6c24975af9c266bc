#include "common/testing/test_authority.h"

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "absl/time/clock.h"
#include "common/base/digest.h"
#include "common/base/log.h"

namespace jixiao::testing {
namespace {

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

EVP_PKEY* NewKey() { return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"); }

void AddExtension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
      X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()), X509_EXTENSION_free);
  JIXIAO_CHECK(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1);
}

void SetTime(ASN1_TIME* time, absl::Duration from_now) {
  JIXIAO_CHECK(ASN1_TIME_set(time, absl::ToTimeT(absl::Now() + from_now)) != nullptr);
}

// Everything but issuer and signature.
Certificate Draft(EVP_PKEY* key, const std::string& name, absl::Duration starts, absl::Duration ends) {
  Certificate certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), 2);
  unsigned char random[8];
  JIXIAO_CHECK(RAND_bytes(random, sizeof(random)) == 1);
  uint64_t serial = 0;
  for (const unsigned char byte : random) serial = (serial << 8 | byte) >> 1;
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial);
  SetTime(X509_getm_notBefore(certificate.get()), starts);
  SetTime(X509_getm_notAfter(certificate.get()), ends);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  return certificate;
}

std::string Pem(X509* certificate, EVP_PKEY* key) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
  JIXIAO_CHECK(PEM_write_bio_X509(out.get(), certificate) == 1);
  if (key != nullptr) {
    JIXIAO_CHECK(PEM_write_bio_PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
  }
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(out.get(), &bytes);
  return {bytes, static_cast<size_t>(size)};
}

// Signed by `issuer` with `issuer_key`; both null: by itself.
std::string Make(const TestAuthority::Wanted& wanted, X509* issuer, EVP_PKEY* issuer_key) {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(NewKey(), EVP_PKEY_free);
  const Certificate certificate = Draft(key.get(), "test", wanted.starts, wanted.ends);
  if (issuer == nullptr) issuer = certificate.get();
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
  std::string names = "IP:127.0.0.1,DNS:localhost";
  for (const std::string& uri : wanted.uris) names += ",URI:" + uri;
  AddExtension(certificate.get(), issuer, NID_subject_alt_name, names);
  JIXIAO_CHECK(X509_sign(certificate.get(), issuer_key != nullptr ? issuer_key : key.get(), EVP_sha256()) > 0);
  return Pem(certificate.get(), key.get());
}

}  // namespace

TestAuthority::TestAuthority() : key_(NewKey()) {
  // Told apart by name: certificates of these tests have no key identifiers.
  Certificate draft = Draft(key_.get(), "test authority " + RandomHex(8), -absl::Hours(2), absl::Hours(24));
  certificate_.reset(draft.release());
  X509_set_issuer_name(certificate_.get(), X509_get_subject_name(certificate_.get()));
  AddExtension(certificate_.get(), certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
  AddExtension(certificate_.get(), certificate_.get(), NID_key_usage, "critical,keyCertSign");
  JIXIAO_CHECK(X509_sign(certificate_.get(), key_.get(), EVP_sha256()) > 0);
}

std::string TestAuthority::Issue(const Wanted& wanted) const { return Make(wanted, certificate_.get(), key_.get()); }

std::string TestAuthority::IssueFor(const std::string& subject) const {
  return Issue({.uris = {"spiffe://jixiao.local/" + subject}});
}

std::string TestAuthority::SelfSigned(const Wanted& wanted) { return Make(wanted, nullptr, nullptr); }

std::string TestAuthority::ca_pem() const { return Pem(certificate_.get(), nullptr); }

}  // namespace jixiao::testing
