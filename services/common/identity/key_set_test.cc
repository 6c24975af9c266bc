#include "common/identity/key_set.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "common/identity/base64url.h"
#include "common/identity/signing_key.h"
#include "common/testing/status_matchers.h"

namespace jixiao {
namespace {

using testing::IsOk;
using ::testing::Not;
using testing::StatusIs;

std::string Set(const std::string& keys) { return fmt::format(R"({{"keys":[{}]}})", keys); }

TEST(KeySetTest, FindsKeysByIdAndLeavesOutOtherTypes) {
  const SigningKey ed = SigningKey::NewEd25519();
  const SigningKey ec = SigningKey::NewP256();
  const std::string rsa = R"({"kty":"RSA","kid":"r","n":"AQAB","e":"AQAB"})";
  const std::string p384 = R"({"kty":"EC","crv":"P-384","kid":"p","x":"AA","y":"AA"})";
  const std::string secret = R"({"kty":"oct","kid":"s","k":"c2VjcmV0"})";
  const std::string encrypts = R"({"kty":"OKP","crv":"Ed25519","use":"enc","kid":"e","x":"AA"})";

  const auto set =
      KeySet::Parse(Set(fmt::format("{},{},{},{},{},{}", ed.Jwk(), rsa, p384, secret, encrypts, ec.Jwk())));

  ASSERT_THAT(set, IsOk());
  EXPECT_EQ(set->size(), 2U);
  ASSERT_NE(set->Find(ed.kid()), nullptr);
  EXPECT_EQ(set->Find(ed.kid())->algorithm(), "EdDSA");
  EXPECT_EQ(set->Find(ec.kid())->algorithm(), "ES256");
  EXPECT_EQ(set->Find("r"), nullptr);
}

TEST(KeySetTest, RefusesBrokenSets) {
  const std::string x = EncodeBase64Url(std::string(32, 'x'));
  const std::string good = SigningKey::NewEd25519().Jwk();
  const std::string rsa = R"({"kty":"RSA","kid":"r","n":"AQAB","e":"AQAB"})";
  for (const std::string& json :
       {std::string(), std::string("[]"), std::string("{}"), std::string(R"({"keys":{}})"), Set(""), Set(rsa), Set("7"),
        Set(good + "," + good),                                                                 // one id twice
        Set(fmt::format(R"({{"kty":"OKP","crv":"Ed25519","x":"{}"}})", x)),                     // no id
        Set(R"({"kty":"OKP","crv":"Ed25519","kid":"k","x":"AAAA"})"),                           // too short
        Set(fmt::format(R"({{"kty":"OKP","crv":"Ed25519","kid":"k","x":"{}="}})", x)),          // padded
        Set(fmt::format(R"({{"kty":"EC","crv":"P-256","kid":"k","x":"{}","y":"{}"}})", x, x)),  // not on the curve
        Set(fmt::format(R"({{"kty":"OKP","crv":"Ed25519","kid":"k","alg":"ES256","x":"{}"}})", x)),
        Set(fmt::format(R"({{"kty":"OKP","crv":"Ed25519","kid":"k","x":"{}","d":"{}"}})", x, x)),  // private
        good + std::string(kMaxKeySetBytes, ' ')}) {
    EXPECT_THAT(KeySet::Parse(json), StatusIs(absl::StatusCode::kInvalidArgument)) << json.substr(0, 200);
  }
}

TEST(SigningKeyTest, ReadsPemAndNothingElse) {
  EXPECT_THAT(SigningKey::FromPem(""), Not(IsOk()));
  EXPECT_THAT(SigningKey::FromPem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"), Not(IsOk()));
  // Made for this test: openssl genpkey -algorithm ED25519.
  const auto key = SigningKey::FromPem(
      "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
      "-----END PRIVATE KEY-----\n");
  ASSERT_THAT(key, IsOk());
  EXPECT_EQ(key->algorithm(), "EdDSA");
  EXPECT_THAT(KeySet::Parse(Set(key->Jwk())), IsOk());
}

}  // namespace
}  // namespace jixiao
