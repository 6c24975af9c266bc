#include "common/identity/token_verifier.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "common/identity/signing_key.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace jixiao {
namespace {

using testing::FailsWith;
using ::testing::HasSubstr;
using testing::IsOk;
using ::testing::Not;
using testing::WriteFile;

const TokenRules kVerifierRules = {.issuer = "issuer", .audience = "audience"};

class TokenVerifierTest : public ::testing::Test {
 protected:
  TokenVerifierTest() { Replace(MakeKeySet({&old_})); }

  void Replace(const std::string& json) {
    WriteFile(path_ + ".new", json);
    std::filesystem::rename(path_ + ".new", path_);
  }
  std::string Token(const SigningKey& key, absl::Duration lifetime = absl::Minutes(10)) {
    return MakeToken(key, {.subject = "person/clerk-1",
                           .issuer = "issuer",
                           .audience = "audience",
                           .issue_time = clock_.Now(),
                           .expire_time = clock_.Now() + lifetime});
  }

  testing::TempDir dir_;
  const std::string path_ = dir_.File("jwks.json");
  testing::FakeClock clock_;
  const SigningKey old_ = SigningKey::NewEd25519();
  const SigningKey next_ = SigningKey::NewP256();
};

TEST_F(TokenVerifierTest, TakesNewKeysAndForgetsOldOnesWithoutARestart) {
  auto verifier = TokenVerifier::Open(path_, kVerifierRules, clock_);
  ASSERT_THAT(verifier, IsOk());
  const std::string token = Token(old_);
  EXPECT_THAT((*verifier)->Verify(token), IsOk());
  EXPECT_THAT((*verifier)->Verify(Token(next_)), Not(IsOk()));

  Replace(MakeKeySet({&old_, &next_}));
  clock_.Advance(absl::Seconds(5));
  EXPECT_THAT((*verifier)->Verify(Token(next_)), IsOk());
  EXPECT_THAT((*verifier)->Verify(token), IsOk());

  Replace(MakeKeySet({&next_}));
  clock_.Advance(absl::Seconds(5));
  EXPECT_THAT((*verifier)->Verify(token), FailsWith(absl::StatusCode::kUnauthenticated, "INVALID_TOKEN"));
}

TEST_F(TokenVerifierTest, KeepsTheLastGoodKeysWhileTheFileIsBroken) {
  auto verifier = TokenVerifier::Open(path_, kVerifierRules, clock_);
  ASSERT_THAT(verifier, IsOk());
  for (const std::string broken : {"", "{\"keys\":[]}", "{\"keys\":["}) {
    Replace(broken);
    clock_.Advance(absl::Seconds(5));
    EXPECT_THAT((*verifier)->Verify(Token(old_)), IsOk()) << broken;
  }
  std::filesystem::remove(path_);
  clock_.Advance(absl::Seconds(5));
  EXPECT_THAT((*verifier)->Verify(Token(old_)), IsOk());
  Replace(MakeKeySet({&next_}));
  clock_.Advance(absl::Seconds(5));
  EXPECT_THAT((*verifier)->Verify(Token(old_)), Not(IsOk()));
}

TEST_F(TokenVerifierTest, ATokenItKnowsStillExpires) {
  auto verifier = TokenVerifier::Open(path_, kVerifierRules, clock_);
  ASSERT_THAT(verifier, IsOk());
  const std::string token = Token(old_, absl::Minutes(10));
  EXPECT_THAT((*verifier)->Verify(token), IsOk());
  clock_.Advance(absl::Minutes(10));
  EXPECT_THAT((*verifier)->Verify(token), IsOk());  // skew
  clock_.Advance(absl::Minutes(1));
  const auto late = (*verifier)->Verify(token);
  EXPECT_THAT(late, Not(IsOk()));
  EXPECT_THAT(std::string(late.status().message()), HasSubstr("已过期"));
}

TEST_F(TokenVerifierTest, DoesNotStartWithoutKeys) {
  const auto missing = TokenVerifier::Open(dir_.File("none.json"), kVerifierRules, clock_);
  ASSERT_THAT(missing, Not(IsOk()));
  EXPECT_THAT(std::string(missing.status().message()), HasSubstr("none.json"));
  Replace(std::string(kMaxKeySetBytes + 1, ' '));
  EXPECT_THAT(TokenVerifier::Open(path_, kVerifierRules, clock_), Not(IsOk()));
}

}  // namespace
}  // namespace jixiao
