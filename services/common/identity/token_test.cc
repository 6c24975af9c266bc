#include "common/identity/token.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "common/identity/base64url.h"
#include "common/identity/signing_key.h"
#include "common/testing/status_matchers.h"

namespace jixiao {
namespace {

using testing::FailsWith;
using testing::IsOk;
using ::testing::Not;

constexpr auto kUnauthenticated = absl::StatusCode::kUnauthenticated;
constexpr int64_t kNow = 1'750'000'000;
const TokenRules kRules = {.issuer = "https://login.example", .audience = "jixiao-intake"};

class TokenTest : public ::testing::Test {
 protected:
  static KeySet Keys(const std::vector<const SigningKey*>& keys) { return *KeySet::Parse(MakeKeySet(keys)); }

  std::string Header(const SigningKey& key) const {
    return fmt::format(R"({{"alg":"{}","typ":"JWT","kid":"{}"}})", key.algorithm(), key.kid());
  }
  static std::string Claims(const std::string& more = "", const std::string& subject = "person/clerk-1") {
    return fmt::format(R"({{"iss":"https://login.example","aud":"jixiao-intake","sub":"{}","exp":{}{}}})", subject,
                       kNow + 600, more);
  }

  // Whether a token over these is let in at kNow.
  absl::StatusOr<std::string> Try(const std::string& token) const {
    const absl::StatusOr<TokenClaims> claims = VerifyToken(token, keys_, kRules);
    if (!claims.ok()) return claims.status();
    const absl::Status time = CheckTokenTime(*claims, kRules.skew, absl::FromUnixSeconds(kNow));
    if (!time.ok()) return time;
    return claims->subject;
  }
  absl::StatusOr<std::string> TryClaims(const std::string& claims) const { return Try(ed_.Sign(Header(ed_), claims)); }
  absl::StatusOr<std::string> TryHeader(const std::string& header) const { return Try(ed_.Sign(header, Claims())); }

  const SigningKey ed_ = SigningKey::NewEd25519();
  const SigningKey ec_ = SigningKey::NewP256();
  const KeySet keys_ = Keys({&ed_, &ec_});
};

TEST_F(TokenTest, TakesWhatBothKindsOfKeySign) {
  for (const SigningKey* key : {&ed_, &ec_}) {
    EXPECT_EQ(Try(key->Sign(Header(*key), Claims())).value_or(""), "person/clerk-1") << key->algorithm();
    EXPECT_THAT(Try(MakeToken(*key, {.subject = "system/budget-1",
                                     .issuer = kRules.issuer,
                                     .audience = kRules.audience,
                                     .issue_time = absl::FromUnixSeconds(kNow),
                                     .expire_time = absl::FromUnixSeconds(kNow + 60)})),
                IsOk());
  }
}

TEST_F(TokenTest, RefusesAlgorithmsThatTheKeyDoesNotHave) {
  // What libraries fell for: no signature, and the public key as an HMAC secret.
  const std::string signed_with_nothing = fmt::format(
      "{}.{}.", EncodeBase64Url(fmt::format(R"({{"alg":"none","kid":"{}"}})", ed_.kid())), EncodeBase64Url(Claims()));
  EXPECT_THAT(Try(signed_with_nothing), FailsWith(kUnauthenticated, "INVALID_TOKEN"));
  for (const char* algorithm :
       {"none", "None", "HS256", "HS512", "RS256", "PS256", "ES384", "ES256", "ES256K", "eddsa", ""}) {
    EXPECT_THAT(TryHeader(fmt::format(R"({{"alg":"{}","kid":"{}"}})", algorithm, ed_.kid())),
                FailsWith(kUnauthenticated, "INVALID_TOKEN"))
        << algorithm;
  }
  EXPECT_THAT(TryHeader(fmt::format(R"({{"kid":"{}"}})", ed_.kid())), Not(IsOk()));
  EXPECT_THAT(TryHeader(fmt::format(R"({{"alg":["EdDSA"],"kid":"{}"}})", ed_.kid())), Not(IsOk()));
}

TEST_F(TokenTest, UsesTheKeyIdOnlyToLookUp) {
  for (const char* kid : {"", "../../etc/passwd", "/dev/null", "' OR 1=1", "http://evil.example/key", "\\u0000"}) {
    EXPECT_THAT(TryHeader(fmt::format(R"({{"alg":"EdDSA","kid":"{}"}})", kid)), Not(IsOk())) << kid;
  }
  EXPECT_THAT(TryHeader(R"({"alg":"EdDSA"})"), Not(IsOk()));
  // The id of another key: its algorithm, or its signature, does not fit.
  EXPECT_THAT(TryHeader(fmt::format(R"({{"alg":"EdDSA","kid":"{}"}})", ec_.kid())), Not(IsOk()));
  const SigningKey stranger = SigningKey::NewEd25519();
  EXPECT_THAT(Try(stranger.Sign(Header(ed_), Claims())), Not(IsOk()));
  EXPECT_THAT(Try(stranger.Sign(Header(stranger), Claims())), Not(IsOk()));
}

TEST_F(TokenTest, LooksAtNoKeyThatATokenBringsAlong) {
  const SigningKey stranger = SigningKey::NewEd25519();
  for (const std::string& brought :
       {fmt::format(R"("jwk":{})", stranger.Jwk()), std::string(R"("jku":"https://evil.example/jwks.json")"),
        std::string(R"("x5u":"https://evil.example/cert.pem")"), std::string(R"("x5c":["MIIB"])")}) {
    const std::string header = fmt::format(R"({{"alg":"EdDSA","kid":"{}",{}}})", ed_.kid(), brought);
    EXPECT_THAT(Try(stranger.Sign(header, Claims())), Not(IsOk())) << header;
    EXPECT_THAT(Try(ed_.Sign(header, Claims())), IsOk()) << header;
  }
}

TEST_F(TokenTest, RefusesExtensionsAndOddTypes) {
  for (const char* more : {R"("crit":["exp"])", R"("crit":[])", R"("typ":"JWS")", R"("typ":7)", R"("typ":"")"}) {
    EXPECT_THAT(TryHeader(fmt::format(R"({{"alg":"EdDSA","kid":"{}",{}}})", ed_.kid(), more)), Not(IsOk())) << more;
  }
  EXPECT_THAT(TryHeader(fmt::format(R"({{"alg":"EdDSA","kid":"{}","typ":"at+jwt"}})", ed_.kid())), IsOk());
}

TEST_F(TokenTest, RefusesWhatStandsTwice) {
  EXPECT_THAT(TryHeader(fmt::format(R"({{"alg":"none","alg":"EdDSA","kid":"{}"}})", ed_.kid())), Not(IsOk()));
  EXPECT_THAT(TryClaims(Claims(R"(,"sub":"person/other")")), Not(IsOk()));
  EXPECT_THAT(TryClaims(Claims(R"(,"\u0073ub":"person/other")")), Not(IsOk()));
  EXPECT_THAT(TryClaims(Claims(fmt::format(R"(,"exp":{})", kNow + 9999))), Not(IsOk()));
}

TEST_F(TokenTest, WantsTheExactIssuerAndAudience) {
  const auto claims = [](const std::string& issuer, const std::string& audience) {
    return fmt::format(R"({{"iss":{},"aud":{},"sub":"person/clerk-1","exp":{}}})", issuer, audience, kNow + 600);
  };
  const std::string issuer = R"("https://login.example")";
  const std::string audience = R"("jixiao-intake")";
  EXPECT_THAT(TryClaims(claims(issuer, audience)), IsOk());
  EXPECT_THAT(TryClaims(claims(issuer, R"(["other","jixiao-intake"])")), IsOk());
  for (const char* other : {R"("https://login.example/")", R"("https://login.example.evil")", R"("")", "null", "7",
                            R"(["https://login.example"])"}) {
    EXPECT_THAT(TryClaims(claims(other, audience)), Not(IsOk())) << other;
  }
  for (const char* other : {R"("jixiao")", R"("jixiao-intake2")", R"("JIXIAO-INTAKE")", R"([])", R"(["jixiao"])",
                            "null", R"({"jixiao-intake":1})"}) {
    EXPECT_THAT(TryClaims(claims(issuer, other)), Not(IsOk())) << other;
  }
}

TEST_F(TokenTest, AllowsAMinuteOfSkewAndNoMore) {
  const auto claims = [](const std::string& times) {
    return fmt::format(R"({{"iss":"https://login.example","aud":"jixiao-intake","sub":"person/a",{}}})", times);
  };
  EXPECT_THAT(TryClaims(claims(fmt::format(R"("exp":{})", kNow - 59))), IsOk());
  EXPECT_THAT(TryClaims(claims(fmt::format(R"("exp":{})", kNow - 60))), Not(IsOk()));
  EXPECT_THAT(TryClaims(claims(fmt::format(R"("exp":{},"nbf":{})", kNow + 600, kNow + 60))), IsOk());
  EXPECT_THAT(TryClaims(claims(fmt::format(R"("exp":{},"nbf":{})", kNow + 600, kNow + 61))), Not(IsOk()));
  EXPECT_THAT(TryClaims(claims(fmt::format(R"("exp":{},"iat":{})", kNow + 600, kNow + 61))), Not(IsOk()));
  for (const char* never : {R"("exp":"1750000600")", R"("exp":null)", R"("exp":-1)", R"("exp":1e300)", R"("nbf":1)",
                            R"("exp":1750000600,"nbf":"1")", R"("exp":1750000600,"iat":null)"}) {
    EXPECT_THAT(TryClaims(claims(never)), Not(IsOk())) << never;
  }
}

TEST_F(TokenTest, ProvesPersonsAndSystemsOnly) {
  EXPECT_THAT(TryClaims(Claims("", "system/budget-430600")), IsOk());
  for (const char* subject : {"service/intake", "clerk-1", "person/", "person/a/b", "person/张三", "root", "",
                              "person/../service/intake", "person/a\\u0000b"}) {
    EXPECT_THAT(TryClaims(Claims("", subject)), Not(IsOk())) << subject;
  }
}

TEST_F(TokenTest, RefusesLongTokensAndOtherForms) {
  EXPECT_THAT(TryClaims(Claims(fmt::format(R"(,"x":"{}")", std::string(2000, 'x')))), IsOk());
  EXPECT_THAT(TryClaims(Claims(fmt::format(R"(,"x":"{}")", std::string(10'000, 'x')))), Not(IsOk()));
  const std::string token = ed_.Sign(Header(ed_), Claims());
  ASSERT_THAT(Try(token), IsOk());
  const size_t first = token.find('.');
  for (const std::string& other :
       {std::string(), std::string("."), std::string(".."), std::string("..."), token + ".", token + "=", token + "\n",
        " " + token, token.substr(0, first), token.substr(first), token + "." + token, "{\"payload\":\"\"}" + token}) {
    EXPECT_THAT(Try(other), FailsWith(kUnauthenticated, "INVALID_TOKEN")) << other;
  }
  for (const std::string claims : {"", "[]", "null", "\"x\"", "{", "{}", "{\"exp\":}"}) {
    EXPECT_THAT(TryClaims(claims), Not(IsOk())) << claims;
  }
}

// Every single bit counts, also those that a lenient base64 reader drops.
TEST_F(TokenTest, RefusesEveryTokenWithOneBitChanged) {
  int refused = 0;
  for (const SigningKey* key : {&ed_, &ec_}) {
    const std::string token = key->Sign(Header(*key), Claims());
    for (size_t i = 0; i < token.size(); ++i) {
      for (int bit = 0; bit < 8; ++bit) {
        std::string changed = token;
        changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
        EXPECT_THAT(Try(changed), Not(IsOk())) << "byte " << i << " bit " << bit;
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, 4000);
}

TEST_F(TokenTest, RefusesEveryTruncation) {
  const std::string token = ec_.Sign(Header(ec_), Claims());
  for (size_t length = 0; length < token.size(); ++length) {
    EXPECT_THAT(Try(token.substr(0, length)), Not(IsOk())) << length;
  }
}

TEST(Base64UrlTest, HasOneSpellingForBytes) {
  EXPECT_EQ(DecodeBase64Url(EncodeBase64Url("\xff\xfe-x")), "\xff\xfe-x");
  EXPECT_EQ(DecodeBase64Url("YQ"), "a");
  for (const char* text : {"YQ==", "YQ=", "YR", "Y", "Y Q", "YQ\n", "Y+", "Y/", "YQ.", "汉"}) {
    EXPECT_EQ(DecodeBase64Url(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace jixiao
