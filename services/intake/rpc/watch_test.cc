// Watching a submission over an in-process channel, and how the streams end.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "common/rpc/server.h"
#include "common/rpc/status_conversion.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"
#include "common/testing/wait_until.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/core/review/submission_review.h"
#include "intake/core/tasks/outbox_runner.h"
#include "intake/rpc/intake_service.h"
#include "intake/rpc/watch_hub.h"
#include "intake/testing/believed_callers.h"
#include "intake/testing/fake_clients.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/in_memory_submission_store.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::FakeClock;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::StatusIs;
using ::jixiao::testing::WaitUntil;
using testing::AFiling;
using testing::AKey;
using S = v1::Submission;

// Tells of its commits as the measured store does.
class TellingStore : public testing::InMemorySubmissionStore {
 public:
  using SubmissionStore::Write;
  void Write(WriteTopic topic, Work work, Done done) override {
    InMemorySubmissionStore::Write(topic, std::move(work), [this, topic, done = std::move(done)](absl::Status status) {
      if (status.ok() && topic.submission.has_value() && !is_silent) changes.Tell(*topic.submission);
      done(std::move(status));
    });
  }

  SubmissionChanges changes;
  std::atomic<bool> is_silent{false};  // as if another process had written
};

// Grants that can be taken away.
class RevocableCallers : public Callers {
 public:
  absl::StatusOr<Subject> Identify(const grpc::CallbackServerContext& context) const override {
    if (is_revoked) return Subject{"person/nobody", {}};
    return believed_.Identify(context);
  }
  std::atomic<bool> is_revoked{false};

 private:
  testing::BelievedCallers believed_;
};

class WatchTest : public ::testing::Test {
 protected:
  void SetUp() override { Serve({}); }
  void TearDown() override { Stop(); }

  void Serve(WatchHub::Options options, size_t max_streams = kMaxStreams) {
    Stop();
    streams_ = std::make_unique<OpenStreams>(max_streams);
    hub_ = std::make_unique<WatchHub>(store_, store_.changes, options);
    service_ = std::make_unique<IntakeService>(
        IntakeService::Parts{
            store_, scoring_, callers_, clock_, nullptr, filing_metrics_, *streams_, [] {}, {}, hub_.get()},
        runner_);
    ServerOptions server;
    server.listen = "127.0.0.1:0";
    server.plaintext = true;
    server.drain_pause = absl::ZeroDuration();
    auto started = Server::Start(server, {{v1::IntakeService::service_full_name(), service_.get()}});
    ASSERT_THAT(started, IsOk());
    server_ = *std::move(started);
    stub_ = v1::IntakeService::NewStub(server_->InProcessChannel());
  }

  void Stop() {
    if (streams_ != nullptr) streams_->EndAll();
    server_.reset();
    service_.reset();
    hub_.reset();
  }

  struct Watching {
    grpc::ClientContext context;
    std::unique_ptr<grpc::ClientReader<v1::WatchSubmissionResponse>> reader;

    // The next state; unspecified if the stream ended.
    S Next() {
      v1::WatchSubmissionResponse response;
      return reader->Read(&response) ? response.submission() : S();
    }
  };

  std::unique_ptr<Watching> Watch(const std::string& name = "submissions/430611.NC01.2024.department",
                                  absl::Duration deadline = absl::Seconds(60)) {
    auto watching = std::make_unique<Watching>();
    watching->context.set_deadline(absl::ToChronoTime(absl::Now() + deadline));
    v1::WatchSubmissionRequest request;
    request.set_name(name);
    watching->reader = stub_->WatchSubmission(&watching->context, request);
    return watching;
  }

  void File(const std::string& request_id = "request-1") {
    ASSERT_THAT(WriteAndWait(store_, {AKey(), request_id},
                             [&](SubmissionTransaction& transaction) {
                               return FileReport(transaction, AFiling(request_id, request_id)).status();
                             }),
                IsOk());
  }

  void RunOutbox() {
    OutboxRunner runner(store_, scoring_, publish_, clock_, {.owner = "one", .retry = {}}, 7, [](const TaskReport&) {});
    ASSERT_THAT(runner.RunOnce(), IsOk());
    runner.WaitUntilIdle();
  }

  absl::Status Take(v1::SubmissionEvent::Action action) {
    ReviewStep step;
    step.key = AKey();
    step.action = action;
    step.version = 1;
    step.reason = "因故";
    step.request_id = "review-" + std::to_string(action);
    step.actor = "person/bureau-1";
    step.time = clock_.Now();
    return WriteAndWait(store_, {step.key, step.request_id},
                        [&](SubmissionTransaction& transaction) { return TakeReviewStep(transaction, step); });
  }

  FakeClock clock_;
  TellingStore store_;
  RevocableCallers callers_;
  testing::FakeScoringClient scoring_;
  testing::FakePublishClient publish_;
  Metrics metrics_;
  RpcMetrics rpc_metrics_{metrics_, IntakeMethods()};
  std::unique_ptr<OpenStreams> streams_;
  FilingMetrics filing_metrics_{metrics_};
  CallRunner runner_{CallRunnerOptions{}, rpc_metrics_};
  std::unique_ptr<WatchHub> hub_;
  std::unique_ptr<IntakeService> service_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::IntakeService::Stub> stub_;
};

constexpr absl::Duration kNever = absl::Hours(1);

TEST_F(WatchTest, SeesEveryStateInOrderWithoutPolling) {
  Serve({.poll_interval = kNever});
  File();
  const auto watching = Watch();
  const S first = watching->Next();
  EXPECT_EQ(first.state(), S::STATE_ACCEPTED);
  EXPECT_NE(first.next_step(), "");
  RunOutbox();
  EXPECT_EQ(watching->Next().state(), S::STATE_SCORED);
  ASSERT_THAT(Take(v1::SubmissionEvent::ACTION_APPROVED), IsOk());
  EXPECT_EQ(watching->Next().state(), S::STATE_APPROVED);
  RunOutbox();
  const S published = watching->Next();
  EXPECT_EQ(published.state(), S::STATE_PUBLISHED);
  EXPECT_NE(published.page_path(), "");
  File("request-2");
  EXPECT_EQ(watching->Next().current_version(), 2);
}

TEST_F(WatchTest, SeesWhatAnotherProcessWroteByPolling) {
  Serve({.poll_interval = absl::Milliseconds(20)});
  File();
  const auto watching = Watch();
  EXPECT_EQ(watching->Next().state(), S::STATE_ACCEPTED);
  store_.is_silent = true;

  RunOutbox();

  EXPECT_EQ(watching->Next().state(), S::STATE_SCORED);
}

TEST_F(WatchTest, HoldsOnlyTheLatestForAWatcherThatDoesNotRead) {
  Serve({.poll_interval = kNever});
  File();
  const auto watching = Watch();
  for (int i = 2; i <= 200; ++i) File("request-" + std::to_string(i));

  int messages = 0;
  S last;
  while (last.current_version() < 200) {
    const S next = watching->Next();
    ASSERT_GT(next.current_version(), last.current_version()) << "in order, none twice";
    last = next;
    ++messages;
  }

  EXPECT_LE(messages, 20) << "the one on its way and the latest behind it, not a queue";
}

TEST_F(WatchTest, EndsAtOnceWhenTheServerDrains) {
  Serve({.poll_interval = kNever});
  File();
  const auto one = Watch();
  const auto two = Watch();
  EXPECT_EQ(one->Next().state(), S::STATE_ACCEPTED);
  EXPECT_EQ(two->Next().state(), S::STATE_ACCEPTED);
  const absl::Time start = absl::Now();

  std::thread drain([&] { server_->Drain([&] { streams_->EndAll(); }); });
  EXPECT_EQ(one->Next().state(), S::STATE_UNSPECIFIED);
  // With our reason, unless the transport in this process closes first.
  EXPECT_THAT(FromGrpcStatus(one->reader->Finish()), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(two->Next().state(), S::STATE_UNSPECIFIED);
  drain.join();

  EXPECT_LT(absl::Now() - start, absl::Seconds(5)) << "not its deadline, not the time for draining";
}

TEST_F(WatchTest, EndsWhenTheGrantsAreTakenAway) {
  Serve({.poll_interval = absl::Milliseconds(20)});
  File();
  const auto watching = Watch();
  EXPECT_EQ(watching->Next().state(), S::STATE_ACCEPTED);

  callers_.is_revoked = true;

  EXPECT_EQ(watching->Next().state(), S::STATE_UNSPECIFIED);
  EXPECT_THAT(FromGrpcStatus(watching->reader->Finish()), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(WatchTest, RefusesAsGetSubmissionDoes) {
  const auto end = [&](const std::string& name) { return FromGrpcStatus(Watch(name)->reader->Finish()); };
  EXPECT_THAT(end("submissions/430611.NC09.2024.department"), FailsWith(absl::StatusCode::kNotFound, "NOT_FOUND"));
  EXPECT_THAT(end("nonsense"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(FromGrpcStatus(Watch("submissions/430611.NC01.2024.department", absl::Hours(2))->reader->Finish()),
              FailsWith(absl::StatusCode::kInvalidArgument, "DEADLINE_REQUIRED"));
  callers_.is_revoked = true;
  EXPECT_THAT(end("submissions/430611.NC01.2024.department"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(WatchTest, RefusesMoreWatchersThanItHasPlacesForAndGivesPlacesBack) {
  Serve({.poll_interval = kNever}, 1);
  File();
  auto first = Watch();
  EXPECT_EQ(first->Next().state(), S::STATE_ACCEPTED);
  EXPECT_THAT(FromGrpcStatus(Watch()->reader->Finish()), StatusIs(absl::StatusCode::kResourceExhausted));

  first->context.TryCancel();
  EXPECT_EQ(first->Next().state(), S::STATE_UNSPECIFIED);
  first->reader->Finish();

  EXPECT_TRUE(WaitUntil([&] { return Watch()->Next().state() == S::STATE_ACCEPTED; }));
}

TEST_F(WatchTest, EndsWithTheCallersDeadline) {
  Serve({.poll_interval = kNever});
  File();
  const auto watching = Watch("submissions/430611.NC01.2024.department", absl::Milliseconds(200));
  EXPECT_EQ(watching->Next().state(), S::STATE_ACCEPTED);
  EXPECT_EQ(watching->Next().state(), S::STATE_UNSPECIFIED);
  EXPECT_EQ(watching->reader->Finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
}

}  // namespace
}  // namespace jixiao::intake
