#include "common/identity/token_verifier.h"

#include <optional>
#include <utility>

#include "common/base/digest.h"
#include "common/base/status_macros.h"

namespace jixiao {
namespace {

// Bounds memory; beyond it all are forgotten and verified anew.
constexpr size_t kMaxKnown = 10'000;

}  // namespace

absl::StatusOr<std::unique_ptr<TokenVerifier>> TokenVerifier::Open(const std::string& key_file, TokenRules rules,
                                                                   const Clock& clock) {
  JIXIAO_ASSIGN_OR_RETURN(
      auto keys, WatchedFile<KeySet>::Open({.path = key_file,
                                            .max_bytes = kMaxKeySetBytes,
                                            .parse = [](const std::string& json) { return KeySet::Parse(json); }},
                                           clock));
  return std::unique_ptr<TokenVerifier>(new TokenVerifier(std::move(keys), std::move(rules), clock));
}

absl::StatusOr<std::string> TokenVerifier::Verify(std::string_view token) {
  const std::shared_ptr<const KeySet> keys = keys_->Get();
  const std::string digest = token.size() > kMaxTokenBytes ? std::string() : ContentDigest(token);
  std::optional<TokenClaims> claims;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (known_by_ != keys || known_.size() >= kMaxKnown) known_.clear();
    known_by_ = keys;
    if (const auto found = known_.find(digest); found != known_.end()) claims = found->second;
  }
  const bool is_known = claims.has_value();
  if (!is_known) {
    JIXIAO_ASSIGN_OR_RETURN(claims, VerifyToken(token, *keys, rules_));
  }
  JIXIAO_RETURN_IF_ERROR(CheckTokenTime(*claims, rules_.skew, clock_.Now()));
  if (!is_known) {
    const std::lock_guard<std::mutex> lock(mutex_);
    // The keys may have changed meanwhile.
    if (known_by_ == keys) known_.emplace(digest, *claims);
  }
  return claims->subject;
}

}  // namespace jixiao
