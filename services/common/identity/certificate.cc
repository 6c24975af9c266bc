#include "common/identity/certificate.h"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

#include "common/identity/public_key.h"

namespace jixiao {
namespace {

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Source = std::unique_ptr<BIO, decltype(&BIO_free)>;

Source Open(std::string_view pem) { return {BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free}; }

Certificate FirstCertificate(std::string_view pem) {
  return {PEM_read_bio_X509(Open(pem).get(), nullptr, nullptr, nullptr), X509_free};
}

}  // namespace

std::string ProblemWithCertificate(std::string_view cert_pem, std::string_view key_pem) {
  const Certificate certificate = FirstCertificate(cert_pem);
  if (certificate == nullptr) return "it holds no certificate in PEM";
  // An empty password instead of a question on the terminal.
  char no_password[] = "";
  const KeyHandle key(PEM_read_bio_PrivateKey(Open(key_pem).get(), nullptr, nullptr, no_password));
  if (key == nullptr) return "its key is no private key in PEM, or has a password";
  if (X509_check_private_key(certificate.get(), key.get()) != 1) return "the key is another certificate's";
  if (X509_cmp_current_time(X509_get0_notAfter(certificate.get())) < 0) return "it has run out";
  return "";
}

bool HoldsCertificate(std::string_view pem) { return FirstCertificate(pem) != nullptr; }

}  // namespace jixiao
