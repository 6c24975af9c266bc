// Checks tokens against the issuer's key file, again and again for the same
// callers: a token that was good is not verified anew until the keys change.
#ifndef JIXIAO_COMMON_IDENTITY_TOKEN_VERIFIER_H_
#define JIXIAO_COMMON_IDENTITY_TOKEN_VERIFIER_H_

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/identity/token.h"
#include "common/identity/watched_file.h"

namespace jixiao {

// Thread-safe.
class TokenVerifier {
 public:
  // Fails with a sentence for the operator if the key file is missing or broken.
  // `clock` outlives it.
  static absl::StatusOr<std::unique_ptr<TokenVerifier>> Open(const std::string& key_file, TokenRules rules,
                                                             const Clock& clock);

  // The subject, or as VerifyToken and CheckTokenTime.
  absl::StatusOr<std::string> Verify(std::string_view token);

 private:
  TokenVerifier(std::unique_ptr<WatchedFile<KeySet>> keys, TokenRules rules, const Clock& clock)
      : keys_(std::move(keys)), rules_(std::move(rules)), clock_(clock) {}

  const std::unique_ptr<WatchedFile<KeySet>> keys_;
  const TokenRules rules_;
  const Clock& clock_;

  std::mutex mutex_;
  std::shared_ptr<const KeySet> known_by_;    // the keys that `known_` was checked with
  std::map<std::string, TokenClaims> known_;  // by digest of the token
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_IDENTITY_TOKEN_VERIFIER_H_
