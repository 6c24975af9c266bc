// For tests that start the real intake: a registry, an issuer of tokens, and the
// flags that make intake believe both, in plaintext on this machine.
#ifndef JIXIAO_COMMON_TESTING_TEST_IDENTITIES_H_
#define JIXIAO_COMMON_TESTING_TEST_IDENTITIES_H_

#include <string>
#include <vector>

#include "common/identity/signing_key.h"
#include "common/testing/temp_dir.h"

namespace jixiao::testing {

class TestIdentities {
 public:
  // Everywhere in provinces 41 and 43: `system/budget` files, `person/reviewer`
  // reviews, `person/manager` keeps seasons, `person/auditor` reads; and
  // `person/clerk` files for unit NC01 of 430611.
  TestIdentities();
  // This registry instead, as textproto.
  explicit TestIdentities(const std::string& registry);

  // `--plaintext --identities=… --jwks=…`.
  std::vector<std::string> Flags() const;

  // Good for an hour.
  std::string Token(const std::string& subject) const;
  // The same in a file, for `jixiao --token-file`.
  std::string TokenFile(const std::string& subject) const;

 private:
  TempDir dir_;
  SigningKey key_ = SigningKey::NewEd25519();
};

}  // namespace jixiao::testing

#endif  // JIXIAO_COMMON_TESTING_TEST_IDENTITIES_H_
