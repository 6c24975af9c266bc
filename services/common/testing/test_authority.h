// For tests: a certificate authority that signs whatever a test needs, wrong
// certificates included.
#ifndef JIXIAO_COMMON_TESTING_TEST_AUTHORITY_H_
#define JIXIAO_COMMON_TESTING_TEST_AUTHORITY_H_

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace jixiao::testing {

class TestAuthority {
 public:
  TestAuthority();

  // For 127.0.0.1 and localhost, plus these SAN URIs.
  struct Wanted {
    std::vector<std::string> uris = {};
    absl::Duration starts = -absl::Hours(1);  // from now
    absl::Duration ends = absl::Hours(1);
  };

  // A fresh key and its certificate, both in one PEM text.
  std::string Issue(const Wanted& wanted) const;
  // `spiffe://jixiao.local/{subject}`.
  std::string IssueFor(const std::string& subject) const;

  // Signed by its own key.
  static std::string SelfSigned(const Wanted& wanted);

  std::string ca_pem() const;

 private:
  struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
  };
  std::unique_ptr<EVP_PKEY, Free> key_;
  std::unique_ptr<X509, Free> certificate_;
};

}  // namespace jixiao::testing

#endif  // JIXIAO_COMMON_TESTING_TEST_AUTHORITY_H_
