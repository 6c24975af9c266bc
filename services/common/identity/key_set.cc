#include "common/identity/key_set.h"

#include <fmt/format.h>

#include "common/base/errors.h"
#include "common/base/status_macros.h"

namespace jixiao {
namespace {

absl::Status BadKeySet(const std::string& problem) {
  return MakeError(absl::StatusCode::kInvalidArgument, "BAD_KEY_SET", problem);
}

}  // namespace

absl::StatusOr<KeySet> KeySet::Parse(std::string_view json) {
  if (json.size() > kMaxKeySetBytes) return BadKeySet(fmt::format("more than {} bytes", kMaxKeySetBytes));
  JIXIAO_ASSIGN_OR_RETURN(const JsonObject object, ParseJsonObject(json));
  const JsonValue* keys = FindMember(object, "keys");
  if (keys == nullptr || !keys->has_list_value()) return BadKeySet("there is no list `keys`");
  KeySet set;
  for (int i = 0; i < keys->list_value().values_size(); ++i) {
    const JsonObject& jwk = keys->list_value().values(i).struct_value();
    const std::string kid = TextMember(jwk, "kid");
    if (kid.empty() || kid.size() > 128) return BadKeySet(fmt::format("keys[{}]: `kid` is missing or too long", i));
    const std::string use = TextMember(jwk, "use");
    if (!use.empty() && use != "sig") continue;
    absl::StatusOr<PublicKey> key = PublicKey::FromJwk(jwk);
    if (key.status().code() == absl::StatusCode::kUnimplemented) continue;
    if (!key.ok()) return BadKeySet(fmt::format("keys[{}]: {}", i, std::string(key.status().message())));
    if (!set.keys_.emplace(kid, *std::move(key)).second) {
      return BadKeySet(fmt::format("keys[{}]: another key has the same `kid`", i));
    }
  }
  if (set.keys_.empty()) return BadKeySet("no key is of P-256 or Ed25519");
  return set;
}

const PublicKey* KeySet::Find(const std::string& kid) const {
  const auto found = keys_.find(kid);
  return found == keys_.end() ? nullptr : &found->second;
}

}  // namespace jixiao
