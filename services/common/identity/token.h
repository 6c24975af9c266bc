// Checks signed tokens (RFC 7519 in the compact form of RFC 7515) as RFC 8725
// advises: what is believed is decided here and not by the token.
#ifndef JIXIAO_COMMON_IDENTITY_TOKEN_H_
#define JIXIAO_COMMON_IDENTITY_TOKEN_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/identity/key_set.h"

namespace jixiao {

inline constexpr size_t kMaxTokenBytes = 4096;

struct TokenRules {
  std::string issuer;    // `iss`, exactly
  std::string audience;  // in `aud`, exactly
  absl::Duration skew = absl::Seconds(60);
};

// What a token proves.
struct TokenClaims {
  std::string subject;  // `person/…` or `system/…`
  absl::Time not_before = absl::InfinitePast();
  absl::Time expire_time;
};

// Everything but the time. UNAUTHENTICATED (reason INVALID_TOKEN) with a sentence
// that says how to mend it. Header fields that bring keys along (`jwk`, `jku`,
// `x5u`, `x5c`) are not looked at; `crit` is refused, since no extension is
// understood.
absl::StatusOr<TokenClaims> VerifyToken(std::string_view token, const KeySet& keys, const TokenRules& rules);

// Whether `claims` hold at `now`; same failures.
absl::Status CheckTokenTime(const TokenClaims& claims, absl::Duration skew, absl::Time now);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_IDENTITY_TOKEN_H_
