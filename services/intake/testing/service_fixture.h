// The shell over an in-process channel; store, scoring and publish are fakes.
#ifndef JIXIAO_INTAKE_TESTING_SERVICE_FIXTURE_H_
#define JIXIAO_INTAKE_TESTING_SERVICE_FIXTURE_H_

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>

#include "common/rpc/status_conversion.h"
#include "common/testing/fake_clock.h"
#include "intake/core/tasks/outbox_runner.h"
#include "intake/rpc/intake_service.h"
#include "intake/testing/believed_callers.h"
#include "intake/testing/fake_clients.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/in_memory_submission_store.h"

namespace jixiao::intake::testing {

// Reads every document as AReport without its unit's code.
inline absl::StatusOr<report::v1::Report> ReadCodeless(std::string_view) {
  report::v1::Report report = AReport();
  report.mutable_content()->mutable_unit()->clear_code();
  return report;
}

class ServiceFixture : public ::testing::Test {
 protected:
  explicit ServiceFixture(const Callers& callers = Believed(), FilingPolicy policy = {})
      : rpc_metrics_(metrics_, IntakeMethods()),
        filing_metrics_(metrics_),
        runner_(CallRunnerOptions{}, rpc_metrics_),
        service_({store_, scoring_, callers, clock_, ReadCodeless, filing_metrics_, streams_, [this] { ++wakes_; },
                  std::move(policy)},
                 runner_) {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    stub_ = v1::IntakeService::NewStub(server_->InProcessChannel({}));
  }
  ~ServiceFixture() override { server_->Shutdown(); }

  static const Callers& Believed() {
    static const BelievedCallers callers;
    return callers;
  }

  template <typename Request, typename Response>
  absl::Status Call(grpc::Status (v1::IntakeService::Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response& response, const std::string& actor = "") {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
    if (!actor.empty()) context.AddMetadata("x-jixiao-actor", actor);
    return FromGrpcStatus((stub_.get()->*method)(&context, request, &response));
  }

  void ScoreAll() {
    OutboxRunner outbox(store_, scoring_, publish_, clock_, {.owner = "test", .retry = {}}, 1,
                        [](const TaskReport&) {});
    while (*outbox.RunOnce() > 0) outbox.WaitUntilIdle();
  }

  Metrics metrics_;
  RpcMetrics rpc_metrics_;
  FilingMetrics filing_metrics_;
  ::jixiao::testing::FakeClock clock_;
  InMemorySubmissionStore store_;
  FakeScoringClient scoring_;
  FakePublishClient publish_;
  OpenStreams streams_{kMaxStreams};
  std::atomic<int> wakes_{0};
  CallRunner runner_;
  IntakeService service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::IntakeService::Stub> stub_;
};

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_SERVICE_FIXTURE_H_
