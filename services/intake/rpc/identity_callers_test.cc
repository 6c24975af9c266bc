// Who is believed, over real TLS and in plaintext.
#include "intake/rpc/identity_callers.h"

#include <gmock/gmock.h>
#include <grpcpp/impl/client_unary_call.h>

#include <filesystem>

#include "absl/time/clock.h"
#include "common/identity/signing_key.h"
#include "common/rpc/channel.h"
#include "common/rpc/raw_message.h"
#include "common/rpc/server.h"
#include "common/rpc/status_conversion.h"
#include "common/rpc/work/call_runner.h"
#include "common/testing/fake_clock.h"
#include "common/testing/raw_service.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "common/testing/test_authority.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::FakeClock;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::IsOkAndHolds;
using ::jixiao::testing::TempDir;
using ::jixiao::testing::TestAuthority;
using ::jixiao::testing::WriteFile;
using ::testing::HasSubstr;

constexpr auto kUnauthenticated = absl::StatusCode::kUnauthenticated;
constexpr char kWho[] = "/jixiao.test.Who/AmI";
constexpr char kRegistry[] = R"pb(
  identities {
    subject: "person/clerk-1"
    grants { role: ROLE_CLERK unit: "divisions/430611/units/NC01" first_fiscal_year: 2024 last_fiscal_year: 2025 }
  }
  identities {
    subject: "system/budget-1"
    grants { role: ROLE_BUDGET_SYSTEM subtree: "430600" }
    grants { role: ROLE_AUDITOR own_level: "430600" }
  }
  identities { subject: "person/left" is_suspended: true }
)pb";

class IdentityCallersTest : public ::testing::Test {
 protected:
  IdentityCallersTest() {
    Replace("identities", kRegistry);
    Replace("jwks", MakeKeySet({&key_}));
    Replace("ca.pem", authority_.ca_pem());
    Replace("server.pem", authority_.IssueFor("service/intake"));
    callers_ = Open(true);
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.drain_pause = absl::ZeroDuration();
    options.tls = {.cert = dir_.File("server.pem"), .key = dir_.File("server.pem"), .ca = dir_.File("ca.pem")};
    server_ = *Server::Start(options, {{"jixiao.test.Who", &service_}});
  }
  ~IdentityCallersTest() override { server_.reset(); }

  void Replace(const std::string& name, const std::string& content) {
    WriteFile(dir_.File(name + ".new"), content);
    std::filesystem::rename(dir_.File(name + ".new"), dir_.File(name));
  }

  std::unique_ptr<IdentityCallers> Open(bool with_tokens) {
    IdentityCallers::Parts parts;
    parts.trust_domain = "jixiao.local";
    parts.registry = *WatchedFile<IdentityRegistry>::Open(
        {.path = dir_.File("identities"),
         .max_bytes = kMaxRegistryBytes,
         .parse = [](const std::string& text) { return IdentityRegistry::Parse(text); }},
        clock_);
    if (with_tokens) {
      parts.tokens = *TokenVerifier::Open(dir_.File("jwks"), {.issuer = "i", .audience = "a"}, clock_);
    }
    return std::make_unique<IdentityCallers>(std::move(parts));
  }

  std::string Token(const std::string& subject) {
    return MakeToken(key_, {.subject = subject,
                            .issuer = "i",
                            .audience = "a",
                            .issue_time = clock_.Now(),
                            .expire_time = clock_.Now() + absl::Minutes(10)});
  }

  // Calls with these headers and the certificate of `certified`; empty: none.
  absl::StatusOr<std::string> Call(const std::vector<std::string>& authorization, const std::string& certified = "") {
    TlsFiles files{.cert = {}, .key = {}, .ca = dir_.File("ca.pem")};
    if (!certified.empty()) {
      Replace("client.pem", authority_.IssueFor(certified));
      files.cert = files.key = dir_.File("client.pem");
    }
    const auto channel = MakeChannel("127.0.0.1:" + std::to_string(server_->port()), files);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
    for (const std::string& value : authorization) context.AddMetadata("authorization", value);
    grpc::ByteBuffer answer;
    const grpc::Status status = grpc::internal::BlockingUnaryCall<grpc::ByteBuffer, grpc::ByteBuffer>(
        channel.get(), grpc::internal::RpcMethod(kWho, grpc::internal::RpcMethod::NORMAL_RPC), &context,
        ToByteBuffer(""), &answer);
    if (!status.ok()) return FromGrpcStatus(status);
    return ToBytes(answer);
  }
  absl::StatusOr<std::string> CallAs(const std::string& subject) { return Call({"Bearer " + Token(subject)}); }

  TempDir dir_;
  FakeClock clock_;
  const SigningKey key_ = SigningKey::NewEd25519();
  const TestAuthority authority_;
  Metrics metrics_;
  RpcMetrics rpc_metrics_{metrics_, {"AmI"}};
  CallRunner runner_{CallRunnerOptions{}, rpc_metrics_};
  std::unique_ptr<IdentityCallers> callers_;
  std::vector<Grant> grants_;
  ::jixiao::testing::RawService service_{
      kWho, [this](grpc::CallbackServerContext* context, const grpc::ByteBuffer*, grpc::ByteBuffer* response) {
        return runner_.Run(context, "AmI", [=, this](const ::jixiao::Call&) -> absl::Status {
          const auto subject = callers_->Identify(*context);
          if (!subject.ok()) return subject.status();
          grants_ = subject->grants;
          *response = ToByteBuffer(std::string(subject->id));
          return absl::OkStatus();
        });
      }};
  std::unique_ptr<Server> server_;
};

TEST_F(IdentityCallersTest, TakesTokensAndCertificatesAndTheRegistrysGrants) {
  EXPECT_THAT(CallAs("person/clerk-1"), IsOkAndHolds("person/clerk-1"));
  ASSERT_EQ(grants_.size(), 1U);
  EXPECT_EQ(grants_[0].role, Role::kClerk);
  EXPECT_EQ(grants_[0].scope.kind, Scope::Kind::kUnit);
  EXPECT_EQ(grants_[0].scope.division_code, "430611");
  EXPECT_EQ(grants_[0].scope.unit_code, "NC01");
  EXPECT_EQ(grants_[0].scope.first_fiscal_year, 2024);
  EXPECT_EQ(grants_[0].scope.last_fiscal_year, 2025);

  EXPECT_THAT(Call({}, "system/budget-1"), IsOkAndHolds("system/budget-1"));
  ASSERT_EQ(grants_.size(), 2U);
  EXPECT_EQ(grants_[0].role, Role::kBudgetSystem);
  EXPECT_EQ(grants_[0].scope.kind, Scope::Kind::kSubtree);
  EXPECT_EQ(grants_[1].role, Role::kAuditor);
  EXPECT_EQ(grants_[1].scope.kind, Scope::Kind::kOwnLevel);
  EXPECT_EQ(grants_[1].scope.last_fiscal_year, 9999);
}

TEST_F(IdentityCallersTest, ATokenWinsOverTheCertificateBesideIt) {
  EXPECT_THAT(Call({"Bearer " + Token("person/clerk-1")}, "system/budget-1"), IsOkAndHolds("person/clerk-1"));
  EXPECT_THAT(Call({"Bearer nonsense"}, "system/budget-1"), FailsWith(kUnauthenticated, "INVALID_TOKEN"));
  EXPECT_THAT(Call({""}, "system/budget-1"), FailsWith(kUnauthenticated, "INVALID_TOKEN"));
}

TEST_F(IdentityCallersTest, SaysHowToMendWhatIsMissing) {
  EXPECT_THAT(Call({}), FailsWith(kUnauthenticated, "NO_IDENTITY"));
  EXPECT_THAT(std::string(Call({}).status().message()), HasSubstr("--token-file"));
  EXPECT_THAT(CallAs("person/stranger"), FailsWith(kUnauthenticated, "UNKNOWN_IDENTITY"));
  EXPECT_THAT(CallAs("person/left"), FailsWith(kUnauthenticated, "UNKNOWN_IDENTITY"));
  // A good certificate alone gives no rights.
  EXPECT_THAT(Call({}, "system/stranger"), FailsWith(kUnauthenticated, "UNKNOWN_IDENTITY"));
  EXPECT_THAT(std::string(Call({}, "system/stranger").status().message()), HasSubstr("system/stranger"));
}

TEST_F(IdentityCallersTest, RefusesOddHeaders) {
  const std::string token = Token("person/clerk-1");
  EXPECT_THAT(Call({"bearer " + token}), IsOk());
  EXPECT_THAT(Call({token}), FailsWith(kUnauthenticated, "INVALID_TOKEN"));
  EXPECT_THAT(Call({"Basic " + token}), FailsWith(kUnauthenticated, "INVALID_TOKEN"));
  EXPECT_THAT(Call({"Bearer " + token, "Bearer " + token}), FailsWith(kUnauthenticated, "INVALID_TOKEN"));
  callers_ = Open(false);
  EXPECT_THAT(Call({"Bearer " + token}), FailsWith(kUnauthenticated, "INVALID_TOKEN"));
}

TEST_F(IdentityCallersTest, RightsEndWithinAMinuteOfTheRegistrysChange) {
  const std::string token = "Bearer " + Token("person/clerk-1");
  EXPECT_THAT(Call({token}), IsOk());
  Replace("identities", R"pb(identities { subject: "person/clerk-1" is_suspended: true })pb");
  clock_.Advance(absl::Seconds(10));
  EXPECT_THAT(Call({token}), FailsWith(kUnauthenticated, "UNKNOWN_IDENTITY"));
  // A broken file changes nothing.
  Replace("identities", "identities {");
  clock_.Advance(absl::Seconds(10));
  EXPECT_THAT(Call({token}), FailsWith(kUnauthenticated, "UNKNOWN_IDENTITY"));
  Replace("identities", kRegistry);
  clock_.Advance(absl::Seconds(10));
  EXPECT_THAT(Call({token}), IsOk());
}

}  // namespace
}  // namespace jixiao::intake
