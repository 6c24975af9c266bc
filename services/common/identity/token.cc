#include "common/identity/token.h"

#include <algorithm>
#include <optional>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/identity/base64url.h"
#include "common/identity/subject.h"

namespace jixiao {
namespace {

absl::Status Refused(const std::string& sentence) {
  return MakeError(absl::StatusCode::kUnauthenticated, "INVALID_TOKEN", sentence);
}

// Before the signature is known to be good, nothing more is said.
absl::Status NotOurs() {
  return Refused("身份凭证无效：请重新登录，换用新的凭证；反复出现时请联系系统管理员核对凭证签发方");
}

struct Parts {
  std::string_view signed_bytes;  // header and claims as they stand
  JsonObject header;
  std::string claims;  // JSON
  std::string signature;
};

std::optional<Parts> Split(std::string_view token) {
  const size_t first = token.find('.');
  const size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  // A third full stop is no base64url and fails below.
  const auto header = DecodeBase64Url(token.substr(0, first));
  auto claims = DecodeBase64Url(token.substr(first + 1, second - first - 1));
  auto signature = DecodeBase64Url(token.substr(second + 1));
  if (!header || !claims || !signature) return std::nullopt;
  absl::StatusOr<JsonObject> object = ParseJsonObject(*header);
  if (!object.ok()) return std::nullopt;
  return Parts{token.substr(0, second), *std::move(object), *std::move(claims), *std::move(signature)};
}

bool IsHeaderGood(const JsonObject& header, const PublicKey& key) {
  if (FindMember(header, "crit") != nullptr) return false;
  const std::string type = TextMember(header, "typ");
  if (FindMember(header, "typ") != nullptr && type != "JWT" && type != "at+jwt") return false;
  return TextMember(header, "alg") == key.algorithm();
}

bool IsFor(const JsonObject& claims, const std::string& audience) {
  const JsonValue* value = FindMember(claims, "aud");
  if (value == nullptr) return false;
  if (!value->has_list_value()) return value->string_value() == audience;
  const auto& list = value->list_value().values();
  return std::any_of(list.begin(), list.end(), [&](const JsonValue& each) { return each.string_value() == audience; });
}

absl::StatusOr<TokenClaims> ReadClaims(const std::string& json, const TokenRules& rules) {
  const absl::StatusOr<JsonObject> claims = ParseJsonObject(json);
  if (!claims.ok()) return NotOurs();
  if (TextMember(*claims, "iss") != rules.issuer || !IsFor(*claims, rules.audience)) {
    return Refused("身份凭证不是签发给本系统的：请登录本系统取得凭证");
  }
  TokenClaims read;
  read.subject = TextMember(*claims, "sub");
  // Services have certificates: a stolen token must not make one.
  if (!IsSubject(read.subject) || IsService(read.subject)) return NotOurs();
  const std::optional<int64_t> expires = DateMember(*claims, "exp");
  if (!expires) return NotOurs();
  read.expire_time = absl::FromUnixSeconds(*expires);
  for (const char* name : {"nbf", "iat"}) {
    if (FindMember(*claims, name) == nullptr) continue;
    const std::optional<int64_t> date = DateMember(*claims, name);
    if (!date) return NotOurs();
    read.not_before = std::max(read.not_before, absl::FromUnixSeconds(*date));
  }
  return read;
}

}  // namespace

absl::StatusOr<TokenClaims> VerifyToken(std::string_view token, const KeySet& keys, const TokenRules& rules) {
  if (token.size() > kMaxTokenBytes) return NotOurs();
  const std::optional<Parts> parts = Split(token);
  if (!parts) return NotOurs();
  const PublicKey* key = keys.Find(TextMember(parts->header, "kid"));
  if (key == nullptr || !IsHeaderGood(parts->header, *key)) return NotOurs();
  if (!key->Verify(parts->signed_bytes, parts->signature)) return NotOurs();
  return ReadClaims(parts->claims, rules);
}

absl::Status CheckTokenTime(const TokenClaims& claims, absl::Duration skew, absl::Time now) {
  if (now >= claims.expire_time + skew) return Refused("身份凭证已过期：请重新登录，换用新的凭证");
  if (now < claims.not_before - skew) return Refused("身份凭证尚未生效：请核对本机时间，重新登录后再试");
  return absl::OkStatus();
}

}  // namespace jixiao
