// Real TLS over a real port: who gets in, and that renewing a certificate
// disturbs nobody.
#include "common/rpc/tls/tls.h"

#include <gmock/gmock.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "common/rpc/config/server_config.h"
#include "common/rpc/config/service_callers.h"
#include "common/rpc/raw_message.h"
#include "common/rpc/server.h"
#include "common/rpc/work/call_runner.h"
#include "common/rpc/work/caller_certificate.h"
#include "common/testing/raw_service.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "common/testing/test_authority.h"

namespace jixiao {
namespace {

using testing::FailsWith;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::StatusIs;
using testing::TestAuthority;

constexpr char kWho[] = "/jixiao.test.Who/AmI";
constexpr char kHealth[] = "/grpc.health.v1.Health/Check";
constexpr char kDomain[] = "jixiao.local";

// A server that answers with the subject of its caller.
class TlsTest : public ::testing::Test {
 protected:
  TlsTest() {
    Write("ca.pem", authority_.ca_pem());
    Write("server.pem", authority_.IssueFor("service/intake"));
  }
  ~TlsTest() override { server_.reset(); }

  std::string Write(const std::string& name, const std::string& pem) {
    testing::WriteFile(dir_.File(name + ".new"), pem);
    std::filesystem::rename(dir_.File(name + ".new"), dir_.File(name));
    return dir_.File(name);
  }

  ServerOptions Options() {
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.drain_pause = absl::ZeroDuration();
    options.tls = {.cert = dir_.File("server.pem"),
                   .key = dir_.File("server.pem"),
                   .ca = dir_.File("ca.pem"),
                   .refresh = absl::Seconds(1)};
    return options;
  }

  void Serve(const CallRunnerOptions& runner_options = CallRunnerOptions()) {
    runner_ = std::make_unique<CallRunner>(runner_options, rpc_metrics_);
    auto server = Server::Start(Options(), {{"jixiao.test.Who", &service_}});
    ASSERT_THAT(server, IsOk());
    server_ = *std::move(server);
  }

  // Calls as who holds `pem`, a certificate with its key; empty: as nobody.
  absl::StatusOr<std::string> CallWith(const std::string& pem, const std::string& ca = "ca.pem",
                                       const char* method = kWho) {
    TlsFiles files{.cert = {}, .key = {}, .ca = dir_.File(ca)};
    if (!pem.empty()) files.cert = files.key = Write("client.pem", pem);
    return CallRaw(MakeChannel("127.0.0.1:" + std::to_string(server_->port()), files), method, "",
                   {absl::Now() + absl::Seconds(5), ""});
  }

  const TestAuthority authority_;
  testing::TempDir dir_;
  Metrics metrics_;
  RpcMetrics rpc_metrics_{metrics_, {"AmI"}};
  std::unique_ptr<CallRunner> runner_;
  testing::RawService service_{
      kWho, [this](grpc::CallbackServerContext* context, const grpc::ByteBuffer*, grpc::ByteBuffer* response) {
        return runner_->Run(context, "AmI", [=](const Call&) -> absl::Status {
          const auto subject = SubjectOfCertificate(*context, kDomain);
          if (subject.ok()) *response = ToByteBuffer(*subject);
          return subject.status();
        });
      }};
  std::unique_ptr<Server> server_;
};

TEST_F(TlsTest, KnowsTheSubjectOfAVerifiedCertificate) {
  Serve();

  EXPECT_THAT(CallWith(authority_.IssueFor("system/budget-1")), IsOkAndHolds("system/budget-1"));
  // Who shows none is let in to the health check, and is nobody elsewhere.
  EXPECT_THAT(CallWith("", "ca.pem", kHealth), IsOkAndHolds("\x08\x01"));
  EXPECT_THAT(CallWith(""), FailsWith(absl::StatusCode::kUnauthenticated, "NO_IDENTITY"));
}

TEST_F(TlsTest, RefusesCertificatesThatProveNothing) {
  Serve();
  const std::string uri = "spiffe://jixiao.local/system/budget-1";
  // TLS itself ends these connections.
  const std::vector<std::pair<std::string, std::string>> refused = {
      {"expired", authority_.Issue({.uris = {uri}, .ends = -absl::Minutes(1)})},
      {"not yet valid", authority_.Issue({.uris = {uri}, .starts = absl::Minutes(30)})},
      {"other CA", TestAuthority().Issue({.uris = {uri}})},
      {"self-signed", TestAuthority::SelfSigned({.uris = {uri}})}};
  for (const auto& [what, pem] : refused) {
    EXPECT_THAT(CallWith(pem), StatusIs(absl::StatusCode::kUnavailable)) << what;
    EXPECT_THAT(CallWith(pem, "ca.pem", kHealth), StatusIs(absl::StatusCode::kUnavailable)) << what;
  }
  // These are let in to be told.
  const std::vector<std::pair<std::string, std::vector<std::string>>> useless = {
      {"no URI", {}},
      {"two URIs", {uri, "spiffe://jixiao.local/system/budget-2"}},
      {"the same twice", {uri, uri}},
      {"other domain", {"spiffe://elsewhere.local/system/budget-1"}},
      {"no subject", {"spiffe://jixiao.local/budget-1"}}};
  for (const auto& [what, uris] : useless) {
    EXPECT_THAT(CallWith(authority_.Issue({.uris = uris})),
                FailsWith(absl::StatusCode::kUnauthenticated, "INVALID_CERTIFICATE"))
        << what;
  }
}

TEST_F(TlsTest, ClientsRefuseServersOfAnotherAuthority) {
  Serve();
  Write("other.pem", TestAuthority().ca_pem());

  EXPECT_THAT(CallWith(authority_.IssueFor("service/x"), "other.pem"), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(TlsTest, PlaintextClientsGetNothing) {
  Serve();

  EXPECT_THAT(CallRaw(MakeChannel("127.0.0.1:" + std::to_string(server_->port())), kHealth, "",
                      {absl::Now() + absl::Seconds(5), ""}),
              StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(TlsTest, LetsOnlyTheNamedServicesIn) {
  CallRunnerOptions options;
  options.admit = OnlyCallers({"service/intake"}, kDomain);
  Serve(options);

  EXPECT_THAT(CallWith(authority_.IssueFor("service/intake")), IsOkAndHolds("service/intake"));
  EXPECT_THAT(CallWith(authority_.IssueFor("service/scoring")),
              FailsWith(absl::StatusCode::kPermissionDenied, "CALLER_NOT_ALLOWED"));
  EXPECT_THAT(CallWith(authority_.IssueFor("person/service-intake")),
              FailsWith(absl::StatusCode::kPermissionDenied, "CALLER_NOT_ALLOWED"));
  EXPECT_THAT(CallWith(""), FailsWith(absl::StatusCode::kUnauthenticated, "NO_IDENTITY"));
  EXPECT_THAT(CallWith("", "ca.pem", kHealth), IsOk());
}

// The server's certificate, and with it the authority, is replaced three times
// while two clients call; one of them connects anew each time.
TEST_F(TlsTest, RenewedCertificatesDisturbNobody) {
  Serve();
  TlsFiles files{.cert = {}, .key = {}, .ca = dir_.File("ca.pem"), .refresh = absl::Seconds(1)};
  files.cert = files.key = Write("caller.pem", authority_.IssueFor("system/budget-1"));
  const std::string address = "127.0.0.1:" + std::to_string(server_->port());
  std::atomic<bool> is_over{false};
  std::atomic<int> calls{0};
  std::atomic<int> failures{0};
  const auto call = [&](bool anew) {
    auto channel = MakeChannel(address, files);
    while (!is_over) {
      if (anew) channel = MakeChannel(address, files);
      const auto answer = CallRaw(channel, kWho, "", {absl::Now() + absl::Seconds(5), ""});
      ++calls;
      if (!answer.ok()) ++failures;
    }
  };
  std::thread steady(call, false);
  std::thread anew(call, true);

  const TestAuthority next;
  // Both authorities are believed while certificates change over.
  Write("ca.pem", authority_.ca_pem() + next.ca_pem());
  absl::SleepFor(absl::Seconds(2));
  Write("server.pem", next.IssueFor("service/intake"));
  Write("caller.pem", next.IssueFor("system/budget-1"));
  absl::SleepFor(absl::Seconds(2));
  Write("ca.pem", next.ca_pem());
  absl::SleepFor(absl::Seconds(2));
  is_over = true;
  steady.join();
  anew.join();

  EXPECT_EQ(failures, 0);
  EXPECT_GT(calls, 50);
  // The old authority is out.
  EXPECT_THAT(CallWith(authority_.IssueFor("system/budget-1")), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(CallWith(next.IssueFor("system/budget-1")), IsOkAndHolds("system/budget-1"));
}

TEST_F(TlsTest, SaysWhatIsWrongWithFiles) {
  const std::string good = dir_.File("server.pem");
  const std::string other = Write("other.pem", authority_.IssueFor("service/x"));
  const std::string old = Write("old.pem", authority_.Issue({.ends = -absl::Minutes(1)}));
  const auto problem = [](const TlsFiles& files) {
    const auto problems = ProblemsWith(files);
    return problems.empty() ? std::string() : problems.front();
  };
  EXPECT_EQ(problem({.cert = good, .key = good, .ca = dir_.File("ca.pem")}), "");
  EXPECT_THAT(problem({.cert = good, .key = {}, .ca = {}}), HasSubstr("without its key"));
  EXPECT_THAT(problem({.cert = good, .key = other, .ca = {}}), HasSubstr("another certificate's"));
  EXPECT_THAT(problem({.cert = old, .key = old, .ca = {}}), HasSubstr("has run out"));
  EXPECT_THAT(problem({.cert = dir_.File("none"), .key = good, .ca = {}}), HasSubstr("cannot be read"));
  EXPECT_THAT(problem({.cert = good, .key = Write("x", "x"), .ca = {}}), HasSubstr("no private key"));
  EXPECT_THAT(problem({.cert = {}, .key = {}, .ca = Write("x", "x")}), HasSubstr("no certificate"));
}

TEST_F(TlsTest, ServicesThatOnlyServicesCallNeedAnAuthority) {
  ServerConfig config;
  config.tls = {.cert = dir_.File("server.pem"), .key = dir_.File("server.pem"), .ca = {}};
  EXPECT_THAT(Validate(ServiceCallers{{"service/intake"}}, config), ::testing::ElementsAre(HasSubstr("--client_ca")));
  config.tls.ca = dir_.File("ca.pem");
  EXPECT_THAT(Validate(ServiceCallers{{"service/intake"}}, config), ::testing::IsEmpty());
  EXPECT_THAT(Validate(ServiceCallers{{"intake"}}, config),
              ::testing::ElementsAre(HasSubstr("`intake` is no service")));
  EXPECT_TRUE(WithCallers({{"service/intake"}}, config).admit);
  config.plaintext = true;
  EXPECT_FALSE(WithCallers({{"service/intake"}}, config).admit);
}

}  // namespace
}  // namespace jixiao
