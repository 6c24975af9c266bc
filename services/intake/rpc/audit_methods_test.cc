#include <gmock/gmock.h>

#include <chrono>

#include "common/rpc/status_conversion.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"
#include "common/testing/wait_until.h"
#include "intake/core/audit/audit_chain.h"
#include "intake/core/audit/verify_audit.h"
#include "intake/rpc/intake_service.h"
#include "intake/testing/fake_clients.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/in_memory_submission_store.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FakeClock;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::StatusIs;
using ::jixiao::testing::WaitUntil;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const AuditShard kShard{"430600", 2024};

// Whoever a test says.
class ScriptedCallers final : public Callers {
 public:
  Subject subject;
  absl::StatusOr<Subject> Identify(const grpc::CallbackServerContext&) const override { return subject; }
};

class AuditMethodsTest : public ::testing::Test {
 protected:
  AuditMethodsTest()
      : rpc_metrics_(metrics_, IntakeMethods()),
        filing_metrics_(metrics_),
        runner_(CallRunnerOptions{}, rpc_metrics_),
        service_({store_, scoring_, callers_, clock_, [](std::string_view) { return testing::AReport(); },
                  filing_metrics_, streams_, [] {}},
                 runner_) {
    callers_.subject = {"person/auditor-1", {{Role::kAuditor, {Scope::Kind::kSubtree, "430000", "", 0, 9999}}}};
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    stub_ = v1::IntakeService::NewStub(server_->InProcessChannel({}));
  }
  ~AuditMethodsTest() override { server_->Shutdown(); }

  void Append(int count, const std::string& division_code = "430611", int year = 2024) {
    ASSERT_THAT(WriteAndWait(store_,
                             [&](SubmissionTransaction& t) {
                               for (int i = 0; i < count; ++i) {
                                 const AuditedOperation operation{division_code, year,       "SET_SEASON",
                                                                  "seasons/x",   "sm3:0",    "person/manager-1",
                                                                  "request-1",   absl::Now()};
                                 if (absl::Status s = AppendOperation(t, operation); !s.ok()) return s;
                               }
                               return absl::OkStatus();
                             }),
                IsOk());
  }

  absl::Status Read(const std::string& name, int64_t after, std::vector<v1::ReadAuditLogResponse>& messages,
                    std::chrono::seconds timeout = std::chrono::seconds(10)) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + timeout);
    v1::ReadAuditLogRequest request;
    request.set_name(name);
    request.set_after_sequence(after);
    const auto stream = stub_->ReadAuditLog(&context, request);
    messages.clear();
    for (v1::ReadAuditLogResponse message; stream->Read(&message);) messages.push_back(message);
    return FromGrpcStatus(stream->Finish());
  }

  Metrics metrics_;
  RpcMetrics rpc_metrics_;
  FilingMetrics filing_metrics_;
  FakeClock clock_;
  ScriptedCallers callers_;
  testing::InMemorySubmissionStore store_;
  testing::FakeScoringClient scoring_;
  OpenStreams streams_{10};
  CallRunner runner_;
  IntakeService service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::IntakeService::Stub> stub_;
  std::vector<v1::ReadAuditLogResponse> messages_;
};

TEST_F(AuditMethodsTest, StreamsAChainThatVerifies) {
  Append(1234);
  ASSERT_THAT(Read("auditlogs/430600.2024", 0, messages_), IsOk());

  ChainVerifier verifier(kShard, {});
  for (const auto& message : messages_) {
    for (const v1::AuditRecord& record : message.records()) ASSERT_TRUE(verifier.Add(record));
    EXPECT_EQ(message.has_head(), &message == &messages_.back());
  }
  EXPECT_THAT(messages_, SizeIs(3));
  const v1::AuditCheckpoint& head = messages_.back().head();
  EXPECT_EQ(head.name(), "auditlogs/430600.2024");
  EXPECT_EQ(head.sequence(), 1234);
  EXPECT_FALSE(verifier.Finish({head.sequence(), head.hash()}).has_value());
}

TEST_F(AuditMethodsTest, GoesOnWhereTheCallerStopped) {
  Append(10);
  ASSERT_THAT(Read("auditlogs/430600.2024", 7, messages_), IsOk());
  ASSERT_THAT(messages_, SizeIs(1));
  ASSERT_THAT(messages_[0].records(), SizeIs(3));
  v1::AuditEntry entry;
  ASSERT_TRUE(entry.ParseFromString(messages_[0].records(0).entry()));
  EXPECT_EQ(entry.sequence(), 8);

  ASSERT_THAT(Read("auditlogs/430600.2024", 10, messages_), IsOk());
  ASSERT_THAT(messages_, SizeIs(1));
  EXPECT_THAT(messages_[0].records(), SizeIs(0));
  EXPECT_EQ(messages_[0].head().sequence(), 10);
}

TEST_F(AuditMethodsTest, SaysThatALogIsEmpty) {
  ASSERT_THAT(Read("auditlogs/430600.2024", 0, messages_), IsOk());
  ASSERT_THAT(messages_, SizeIs(1));
  EXPECT_EQ(messages_[0].head().sequence(), 0);
}

TEST_F(AuditMethodsTest, NamesTheLogsOfTheCallerOnly) {
  Append(2, "430611");
  Append(1, "430100");
  Append(1, "440100");
  callers_.subject.grants = {{Role::kAuditor, {Scope::Kind::kSubtree, "430600", "", 0, 9999}},
                             {Role::kAuditor, {Scope::Kind::kSubtree, "440000", "", 0, 9999}},
                             {Role::kReviewer, {Scope::Kind::kSubtree, "430000", "", 0, 9999}}};

  ASSERT_THAT(Read("auditlogs/-", 0, messages_), IsOk());

  std::vector<std::string> names;
  for (const auto& message : messages_) names.push_back(message.head().name());
  EXPECT_THAT(names, ElementsAre("auditlogs/430600.2024", "auditlogs/440100.2024"));
}

TEST_F(AuditMethodsTest, RefusesWhoIsNoAuditorOfIt) {
  Append(1);
  callers_.subject.grants = {{Role::kReviewer, {Scope::Kind::kSubtree, "430000", "", 0, 9999}}};
  EXPECT_THAT(Read("auditlogs/430600.2024", 0, messages_), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(messages_, IsEmpty());
  ASSERT_THAT(Read("auditlogs/-", 0, messages_), IsOk());
  EXPECT_THAT(messages_, IsEmpty());

  // The chain of a prefecture is not a county's.
  callers_.subject.grants = {{Role::kAuditor, {Scope::Kind::kSubtree, "430611", "", 0, 9999}}};
  EXPECT_THAT(Read("auditlogs/430600.2024", 0, messages_), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(AuditMethodsTest, RefusesNamesAndCallsOutOfForm) {
  EXPECT_THAT(Read("auditlogs/430611.2024", 0, messages_), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Read("auditlogs/430600.2024", -1, messages_), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Read("auditlogs/430600.2024", 0, messages_, std::chrono::seconds(3600)),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(AuditMethodsTest, OpensNoStreamWhileStopping) {
  streams_.EndAll();

  EXPECT_THAT(Read("auditlogs/430600.2024", 0, messages_), StatusIs(absl::StatusCode::kResourceExhausted));
}

TEST_F(AuditMethodsTest, OutlivesAReaderThatGoesAway) {
  Append(3000);
  for (int i = 0; i < 20; ++i) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
    v1::ReadAuditLogRequest request;
    request.set_name("auditlogs/430600.2024");
    const auto stream = stub_->ReadAuditLog(&context, request);
    v1::ReadAuditLogResponse message;
    if (i % 2 == 0) stream->Read(&message);
    context.TryCancel();
    EXPECT_FALSE(stream->Finish().ok());
  }

  // Streams give their places back as they end.
  EXPECT_TRUE(WaitUntil([this] { return Read("auditlogs/430600.2024", 2999, messages_).ok(); }));
}

}  // namespace
}  // namespace jixiao::intake
