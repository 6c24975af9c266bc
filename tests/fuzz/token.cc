// Signed tokens and key sets, from strangers: nothing is accepted that the one
// key did not sign.
#include "common/identity/token.h"

#include <cstddef>
#include <cstdint>

#include "common/base/log.h"
#include "common/identity/signing_key.h"

namespace jixiao {
namespace {

struct Fixture {
  const SigningKey key = SigningKey::NewP256();
  const KeySet keys = *KeySet::Parse(MakeKeySet({&key}));
  const TokenRules rules = {.issuer = "i", .audience = "a"};
};

void CheckToken(std::string_view text) {
  static const auto* const fixture = new Fixture();
  JIXIAO_CHECK(!VerifyToken(text, fixture->keys, fixture->rules).ok());
  if (const auto set = KeySet::Parse(text); set.ok()) JIXIAO_CHECK(set->size() > 0);
  // Behind a good signature: header and claims as they come, cut at a line feed.
  const size_t cut = text.find('\n');
  if (cut == std::string_view::npos || text.size() > 2000) return;
  const auto claims =
      VerifyToken(fixture->key.Sign(text.substr(0, cut), text.substr(cut + 1)), fixture->keys, fixture->rules);
  if (claims.ok()) JIXIAO_CHECK(text.find("\"i\"") != std::string_view::npos && !claims->subject.empty());
}

}  // namespace
}  // namespace jixiao

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  jixiao::CheckToken({reinterpret_cast<const char*>(data), size});
  return 0;
}
