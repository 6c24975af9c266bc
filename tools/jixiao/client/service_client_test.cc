#include "client/service_client.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "common/testing/status_matchers.h"
#include "jixiao/intake/v1/intake_service.grpc.pb.h"

namespace jixiao::cli {
namespace {

using ::jixiao::testing::IsOk;
using ::jixiao::testing::StatusIs;
using ::testing::AllOf;
using ::testing::Each;
using ::testing::SizeIs;

// Pretends to be an intake that answers with `answers` in turn, then with OK.
class ScriptedIntake final : public intake::v1::IntakeService::Service {
 public:
  explicit ScriptedIntake(std::vector<grpc::StatusCode> answers) : answers_(std::move(answers)) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  ~ScriptedIntake() override { server_->Shutdown(std::chrono::system_clock::now()); }

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  const std::vector<std::string>& request_ids() const { return request_ids_; }

  grpc::Status SubmitReport(grpc::ServerContext*, const intake::v1::SubmitReportRequest* request,
                            intake::v1::SubmitReportResponse*) override {
    request_ids_.push_back(request->request_id());
    const size_t call = request_ids_.size() - 1;
    return call < answers_.size() ? grpc::Status(answers_[call], "scripted") : grpc::Status::OK;
  }

 private:
  std::vector<grpc::StatusCode> answers_;
  std::vector<std::string> request_ids_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

absl::Status Submit(ServiceClient& client) {
  intake::v1::SubmitReportRequest request;
  request.set_request_id("the-same-id");
  return client.Ask<intake::v1::SubmitReportResponse>("SubmitReport", request).status();
}

TEST(ServiceClientTest, RetriesBusyServersWithTheSameRequestId) {
  ScriptedIntake intake({grpc::RESOURCE_EXHAUSTED, grpc::UNAVAILABLE, grpc::RESOURCE_EXHAUSTED});
  ServiceClient client(intake.address(), absl::Seconds(20));

  EXPECT_THAT(Submit(client), IsOk());
  EXPECT_THAT(intake.request_ids(), AllOf(SizeIs(4), Each("the-same-id")));
}

TEST(ServiceClientTest, DoesNotRetryRefusals) {
  ScriptedIntake intake({grpc::FAILED_PRECONDITION});
  ServiceClient client(intake.address(), absl::Seconds(20));

  EXPECT_THAT(Submit(client), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(intake.request_ids(), SizeIs(1));
}

TEST(ServiceClientTest, GivesUpAtTheTimeout) {
  ScriptedIntake intake(std::vector<grpc::StatusCode>(1000, grpc::RESOURCE_EXHAUSTED));
  ServiceClient client(intake.address(), absl::Seconds(1));
  const absl::Time start = absl::Now();

  EXPECT_THAT(Submit(client), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_LT(absl::Now() - start, absl::Seconds(3));
}

TEST(ServiceClientTest, AServerWithoutHealthIsNotServing) {
  ScriptedIntake intake({});
  ServiceClient client(intake.address(), absl::Milliseconds(300));

  EXPECT_FALSE(client.WaitUntilServing().ok());
}

TEST(NewRequestIdTest, IsFreshAndWellFormed) {
  EXPECT_NE(NewRequestId(), NewRequestId());
  EXPECT_THAT(NewRequestId(), ::testing::MatchesRegex("cli-[0-9a-f]{32}"));
}

}  // namespace
}  // namespace jixiao::cli
